package io.deungdae.collector.driver.modbus;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.signal.Clock;
import org.jspecify.annotations.Nullable;

/**
 * One device's share of a bus. A request is sent when the device waits for its answer and its turn
 * has come. A read that waits for its turn keeps its place while the device does something else, so
 * that a setpoint can go before it.
 */
final class BusLink implements Link {

  private static final int PATIENCE = 3;

  /** How long a read waits for its turn before a setpoint is looked for. */
  private static final long LOOK_NS = 10_000_000;

  private final String device;
  private final ModbusSettings settings;
  private final Buses buses;
  private final Clock clock;
  private @Nullable Bus bus;
  private @Nullable Waiting read;
  private @Nullable Waiting setpoint;
  private boolean answered;

  /** A request that has not been sent. */
  private static final class Waiting {
    final int ticket;
    final byte[] pdu;
    final Object place;
    final long sinceNs;

    Waiting(int ticket, byte[] pdu, Object place, long sinceNs) {
      this.ticket = ticket;
      this.pdu = pdu;
      this.place = place;
      this.sinceNs = sinceNs;
    }
  }

  BusLink(String device, ModbusSettings settings, Buses buses, Clock clock) {
    this.device = device;
    this.settings = settings;
    this.buses = buses;
    this.clock = clock;
  }

  @Override
  public void open() throws DeviceException {
    close();
    answered = false;
    Bus joined = buses.join(device, settings.link(), this::fresh);
    bus = joined;
    Object place = joined.queue(Urgency.IN_TURN);
    if (!joined.await(place, Bus.LONGEST_WAIT_NS)) {
      joined.leave(place);
      throw neverFree();
    }
    joined.open();
  }

  private Bus fresh() {
    LinkSettings link = settings.link();
    return new Bus(
        link,
        new FramedLink(link.place(), settings, link.line(clock), link.frames(), clock),
        clock);
  }

  private Bus joined() throws DeviceException {
    Bus joined = bus;
    if (joined == null) {
      throw new DeviceException(Kind.CONNECT, device, settings.endpoint() + " is not connected");
    }
    return joined;
  }

  private DeviceException neverFree() {
    return new DeviceException(
        Kind.TIMEOUT, device, settings.link().place() + " was in use by others all the time");
  }

  @Override
  public int room() {
    return 1;
  }

  @Override
  public void send(int ticket, byte[] pdu, Urgency urgency) throws DeviceException {
    Bus joined = joined();
    joined.waitForQuiet(settings.unit());
    Waiting waiting = new Waiting(ticket, pdu, joined.queue(urgency), clock.nanoTime());
    if (urgency == Urgency.FIRST) {
      setpoint = waiting;
    } else {
      read = waiting;
    }
  }

  @Override
  public @Nullable Answer receive() throws DeviceException {
    Bus joined = joined();
    Waiting next = setpoint == null ? read : setpoint;
    if (next == null) {
      throw new IllegalStateException("nothing was asked");
    }
    if (!joined.await(next.place, LOOK_NS)) {
      if (Thread.interrupted() || clock.nanoTime() - next.sinceNs > Bus.LONGEST_WAIT_NS) {
        throw neverFree();
      }
      return null;
    }
    if (next == setpoint) {
      setpoint = null;
    } else {
      read = null;
    }
    Answer answer =
        joined.exchange(
            settings.unit(), next.ticket, next.pdu, settings.timeout().toNanos(), answered);
    answered |= answer.pdu() != null;
    return answer;
  }

  /** A unit that has never answered holds up the others only once before it is left alone. */
  @Override
  public int patience() {
    return answered ? PATIENCE : 1;
  }

  @Override
  public void close() {
    Bus joined = bus;
    if (joined != null) {
      forget(joined, read);
      forget(joined, setpoint);
      read = null;
      setpoint = null;
      bus = null;
      buses.leave(settings.link().place());
    }
  }

  private static void forget(Bus joined, @Nullable Waiting waiting) {
    if (waiting != null) {
      joined.leave(waiting.place);
    }
  }
}
