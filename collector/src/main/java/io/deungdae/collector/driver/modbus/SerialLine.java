package io.deungdae.collector.driver.modbus;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import io.deungdae.collector.signal.Clock;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A serial port of the gateway. Between two frames it keeps the silence that tells them apart.
 * Modbus over Serial Line V1.02 §2.5.1.1.
 */
final class SerialLine implements Line {

  /** The port's own waits are in tenths of a second; anything finer is watched for. */
  private static final int PORT_WAIT_MS = 100;

  private static final long PORT_WAIT_NS = PORT_WAIT_MS * 1_000_000L;
  private static final long LOOK_NS = 300_000;

  private final SerialSettings settings;
  private final Clock clock;
  private @Nullable SerialPort port;
  private long busyUntilNs;

  SerialLine(SerialSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void open() throws IOException {
    close();
    SerialPort fresh = named(settings.port());
    fresh.setComPortParameters(
        settings.baud(), settings.dataBits(), settings.stopBits(), settings.parity().code());
    fresh.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
    fresh.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, PORT_WAIT_MS, 0);
    if (settings.rs485()) {
      fresh.setRs485ModeParameters(true, true, false, false, 0, 0);
    }
    if (!fresh.openPort(0)) {
      throw new IOException(
          "cannot be opened (error "
              + fresh.getLastErrorCode()
              + "): is it there, does this account have the right to it, does another program use"
              + " it?");
    }
    fresh.flushIOBuffers();
    port = fresh;
    busyUntilNs = clock.nanoTime() + settings.silenceNs();
  }

  private static SerialPort named(String name) throws IOException {
    try {
      return SerialPort.getCommPort(name);
    } catch (SerialPortInvalidPortException e) {
      throw new IOException("there is no such port", e);
    }
  }

  private SerialPort opened() throws IOException {
    SerialPort open = port;
    if (open == null) {
      throw new IOException("not open");
    }
    return open;
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    SerialPort open = opened();
    rest(busyUntilNs - clock.nanoTime());
    if (open.writeBytes(bytes, bytes.length) != bytes.length) {
      throw new IOException("did not take what was written");
    }
    busyUntilNs = clock.nanoTime() + carryNs(bytes.length) + settings.silenceNs();
  }

  @Override
  public int read(byte[] buffer, int from, long waitNs) throws IOException {
    SerialPort open = opened();
    long endNs = clock.nanoTime() + waitNs;
    while (true) {
      int come = open.bytesAvailable();
      if (come < 0) {
        throw new IOException("has gone");
      }
      long leftNs = endNs - clock.nanoTime();
      if (come == 0 && leftNs <= 0) {
        return 0;
      }
      if (come > 0 || leftNs >= PORT_WAIT_NS) {
        int count = open.readBytes(buffer, room(buffer, from, come), from);
        if (count < 0) {
          throw new IOException("has gone");
        }
        if (count > 0) {
          busyUntilNs = clock.nanoTime() + settings.silenceNs();
          return count;
        }
      } else {
        rest(Math.min(leftNs, LOOK_NS));
      }
    }
  }

  private static int room(byte[] buffer, int from, int come) {
    int left = buffer.length - from;
    return come > 0 ? Math.min(come, left) : Math.min(1, left);
  }

  private static void rest(long restNs) {
    if (restNs > 0) {
      LockSupport.parkNanos(restNs);
    }
  }

  @Override
  public long carryNs(int bytes) {
    return bytes * settings.characterNs();
  }

  @Override
  public boolean canHangUp() {
    return false;
  }

  @Override
  public void close() {
    SerialPort open = port;
    port = null;
    if (open != null) {
      open.closePort();
    }
  }
}
