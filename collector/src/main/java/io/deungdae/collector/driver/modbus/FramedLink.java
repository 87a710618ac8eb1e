package io.deungdae.collector.driver.modbus;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.driver.modbus.Framing.Found;
import io.deungdae.collector.signal.Clock;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Frames over a line: one connection.
 *
 * <p>The messages are j2mod's, the frames and the waits are ours: j2mod's transport begins its
 * time-out anew with every byte, reports a time-out and a broken connection alike, and may connect
 * again on its own in the middle of an exchange.
 */
final class FramedLink implements Link {

  private static final int PATIENCE_WITH_NUMBERS = 3;
  private static final int LAST_NUMBER = 0xFFFF;
  private static final int UNIT_AND_CHECKSUM = 3;
  private static final int NO_UNIT = 0xFF; // like 0: a device that is not behind a gateway

  private final String device;
  private final ModbusSettings settings;
  private final Line line;
  private final Framing framing;
  private final Clock clock;
  private final byte[] buffer = new byte[4 * Framing.LONGEST];
  private final Deque<Asked> underWay = new ArrayDeque<>();
  private int received;
  private int number;
  private long timeoutNs;
  private long sinceNs;
  private long pauseUntilNs;

  /**
   * A link that is not yet open.
   *
   * @param device name of the device, or of the first of those on a bus, for messages
   * @param settings time-outs, unit and how many requests may be under way
   */
  FramedLink(String device, ModbusSettings settings, Line line, Framing framing, Clock clock) {
    this.device = device;
    this.settings = settings;
    this.line = line;
    this.framing = framing;
    this.clock = clock;
    this.timeoutNs = settings.timeout().toNanos();
  }

  @Override
  public void open() throws DeviceException {
    close();
    try {
      line.open();
    } catch (IOException e) {
      throw new DeviceException(
          Kind.CONNECT, device, "no connection to " + endpoint() + ": " + reason(e), e);
    }
    pauseFromNow();
  }

  private void pauseFromNow() {
    pauseUntilNs = clock.nanoTime() + settings.link().pause().toNanos();
  }

  /** Some devices and gateways want to be left alone for a moment between two requests. */
  private void pause() {
    if (settings.link().pause().isZero()) {
      return;
    }
    long leftNs = pauseUntilNs - clock.nanoTime();
    while (leftNs > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(leftNs);
      leftNs = pauseUntilNs - clock.nanoTime();
    }
  }

  private String endpoint() {
    return settings.link().endpoint();
  }

  @Override
  public int room() {
    return framing.numbersRequests() ? settings.link().outstanding() : 1;
  }

  @Override
  public void send(int ticket, byte[] pdu, Urgency urgency) throws DeviceException {
    send(ticket, settings.unit(), pdu, settings.timeout().toNanos());
  }

  /** Sends a request to one of the units on the line. */
  void send(int ticket, int unit, byte[] pdu, long longestNs) throws DeviceException {
    try {
      pause();
      if (!framing.numbersRequests()) {
        discardLeftovers();
      }
      number = (number + 1) & LAST_NUMBER;
      Asked request = new Asked(ticket, number, unit, pdu);
      byte[] frame = framing.wrap(request);
      int answer = Pdu.answerLength(pdu) + UNIT_AND_CHECKSUM;
      timeoutNs = longestNs + line.carryNs(frame.length + answer);
      underWay.add(request);
      line.write(frame);
      if (underWay.size() == 1) {
        sinceNs = clock.nanoTime();
      }
    } catch (IOException e) {
      throw broke(e);
    }
  }

  /** What came before we asked cannot be an answer to it. */
  private void discardLeftovers() throws IOException {
    do {
      received = line.read(buffer, 0, 0);
    } while (received > 0);
  }

  @Override
  public Answer receive() throws DeviceException {
    try {
      while (true) {
        Found found = framing.look(buffer, received);
        if (found != Found.WHOLE && droppedNoise()) {
          continue;
        }
        if (found == Found.GARBAGE) {
          throw garbage("bytes that are no Modbus frame");
        }
        if (found == Found.WHOLE) {
          Answer answer = takeFrame();
          if (answer != null) {
            return answer;
          }
        } else if (!readMore()) {
          return giveUpOldest();
        }
      }
    } catch (IOException e) {
      throw broke(e);
    }
  }

  private boolean droppedNoise() {
    Asked request = underWay.peek();
    int noise = request == null ? 0 : framing.noise(buffer, received, request);
    drop(noise);
    return noise > 0;
  }

  private void drop(int bytes) {
    System.arraycopy(buffer, bytes, buffer, 0, received - bytes);
    received -= bytes;
  }

  private boolean readMore() throws IOException {
    long leftNs = sinceNs + timeoutNs - clock.nanoTime();
    if (leftNs <= 0) {
      return false;
    }
    int count = line.read(buffer, received, leftNs);
    received += count;
    return count > 0;
  }

  /** Each lost answer may hold up those behind it for one time-out. */
  private Answer giveUpOldest() {
    sinceNs = clock.nanoTime();
    pauseFromNow();
    return Answer.lost(underWay.remove().ticket);
  }

  private @Nullable Answer takeFrame() throws DeviceException {
    Asked request = takeAsked();
    int unit = framing.unit(buffer);
    byte[] pdu = framing.unwrap(buffer);
    drop(framing.frameLength(buffer));
    if (request == null) {
      return null; // late: whoever asked has given up
    }
    if (unit != request.unit && unit != 0 && unit != NO_UNIT) {
      throw garbage("an answer of unit " + unit + " to a request to unit " + request.unit);
    }
    if (!Pdu.fits(pdu, request.pdu)) {
      throw garbage("an answer that does not fit function " + request.pdu[0]);
    }
    sinceNs = clock.nanoTime();
    pauseFromNow();
    return Answer.of(request.ticket, pdu);
  }

  private @Nullable Asked takeAsked() {
    for (Iterator<Asked> requests = underWay.iterator(); requests.hasNext(); ) {
      Asked request = requests.next();
      if (framing.answers(buffer, request)) {
        requests.remove();
        return request;
      }
    }
    return null;
  }

  private DeviceException garbage(String what) {
    return new DeviceException(Kind.PROTOCOL, device, endpoint() + " sent " + what);
  }

  private DeviceException broke(IOException e) {
    return new DeviceException(
        Kind.CONNECT, device, "connection to " + endpoint() + " broke: " + reason(e), e);
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /** True when answers tell which requests they answer. */
  boolean numbersRequests() {
    return framing.numbersRequests();
  }

  /** True when a late answer can come only on the connection it was asked for on. */
  boolean canHangUp() {
    return line.canHangUp();
  }

  @Override
  public int patience() {
    return framing.numbersRequests() ? PATIENCE_WITH_NUMBERS : 1;
  }

  /** Forgets what is under way and what has come, but keeps the line. */
  void forget() {
    underWay.clear();
    received = 0;
  }

  @Override
  public void close() {
    forget();
    line.close();
  }
}
