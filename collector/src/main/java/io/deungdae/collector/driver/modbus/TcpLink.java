package io.deungdae.collector.driver.modbus;

import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceException.Kind;
import io.deungdae.collector.driver.modbus.Framing.Found;
import io.deungdae.collector.signal.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection to a device.
 *
 * <p>The messages are j2mod's, the frames and the waits are ours: j2mod's transport begins its
 * time-out anew with every byte, reports a time-out and a broken connection alike, and may connect
 * again on its own in the middle of an exchange.
 */
final class TcpLink implements Link {

  private final String device;
  private final ModbusSettings settings;
  private final Clock clock;
  private final byte[] buffer = new byte[2 * Framing.LONGEST];
  private Framing framing = new MbapFraming();
  private @Nullable Socket socket;
  private int received;

  TcpLink(String device, ModbusSettings settings, Clock clock) {
    this.device = device;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void open() throws DeviceException {
    close();
    framing =
        settings.framing() == ModbusSettings.FramingKind.TCP ? new MbapFraming() : new RtuFraming();
    received = 0;
    Socket fresh = new Socket();
    socket = fresh;
    try {
      fresh.setTcpNoDelay(true);
      fresh.setKeepAlive(true);
      fresh.connect(
          new InetSocketAddress(settings.host(), settings.port()),
          (int) settings.connectTimeout().toMillis());
    } catch (IOException e) {
      throw new DeviceException(
          Kind.CONNECT, device, "no connection to " + settings.endpoint() + ": " + reason(e), e);
    }
  }

  @Override
  public ModbusResponse exchange(ModbusRequest request) throws DeviceException {
    byte[] pdu = Pdu.of(request);
    long deadlineNs = clock.nanoTime() + settings.timeout().toNanos();
    try {
      refuseLeftovers();
      connected().getOutputStream().write(framing.wrap(settings.unit(), pdu));
      return decode(receive(deadlineNs), request);
    } catch (SocketTimeoutException e) {
      throw new DeviceException(
          Kind.TIMEOUT,
          device,
          "no answer from " + settings.endpoint() + " in " + settings.timeout().toMillis() + " ms",
          e);
    } catch (IOException e) {
      throw new DeviceException(
          Kind.CONNECT, device, "connection to " + settings.endpoint() + " broke: " + reason(e), e);
    }
  }

  private Socket connected() throws IOException {
    Socket open = socket;
    if (open == null) {
      throw new IOException("not connected");
    }
    return open;
  }

  /** What nobody asked for cannot be told from an answer where requests have no numbers. */
  private void refuseLeftovers() throws IOException, DeviceException {
    if (!framing.numbersRequests()
        && (received > 0 || connected().getInputStream().available() > 0)) {
      throw garbage("bytes that nobody asked for");
    }
  }

  private byte[] receive(long deadlineNs) throws IOException, DeviceException {
    while (true) {
      Found found = framing.look(buffer, received);
      if (found == Found.GARBAGE) {
        throw garbage("bytes that are no Modbus frame");
      }
      if (found == Found.PART) {
        readMore(deadlineNs);
        continue;
      }
      byte[] pdu = framing.unwrap(buffer);
      int used = framing.frameLength(buffer);
      System.arraycopy(buffer, used, buffer, 0, received - used);
      received -= used;
      if (found == Found.ANSWER) {
        return pdu;
      }
    }
  }

  private void readMore(long deadlineNs) throws IOException {
    long leftMs = (deadlineNs - clock.nanoTime()) / 1_000_000;
    if (leftMs <= 0) {
      throw new SocketTimeoutException("deadline passed");
    }
    Socket open = connected();
    open.setSoTimeout((int) leftMs);
    int count = open.getInputStream().read(buffer, received, buffer.length - received);
    if (count < 0) {
      throw new IOException("closed by the device");
    }
    received += count;
  }

  private ModbusResponse decode(byte[] pdu, ModbusRequest request) throws DeviceException {
    Optional<ModbusResponse> response = Pdu.answer(pdu, request.getFunctionCode());
    if (response.isEmpty()) {
      throw garbage("an answer that does not fit function " + request.getFunctionCode());
    }
    return response.get();
  }

  private DeviceException garbage(String what) {
    return new DeviceException(Kind.PROTOCOL, device, settings.endpoint() + " sent " + what);
  }

  private static String reason(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  @Override
  public boolean survivesTimeout() {
    return framing.numbersRequests();
  }

  @Override
  public void close() {
    Socket open = socket;
    socket = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // it is gone either way
      }
    }
  }
}
