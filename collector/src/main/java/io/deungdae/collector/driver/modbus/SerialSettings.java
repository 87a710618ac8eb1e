package io.deungdae.collector.driver.modbus;

import com.fazecast.jSerialComm.SerialPort;
import io.deungdae.collector.settings.Section;
import java.time.Duration;

/**
 * A serial port and how it is set.
 *
 * @param port name in the system: {@code /dev/ttyUSB0}, {@code COM3}; empty for none
 * @param baud bits per second
 * @param dataBits 7 or 8
 * @param parity parity bit
 * @param stopBits 1 or 2
 * @param turnaround least silence before a request; zero for what the protocol asks for
 * @param rs485 true when the driver of the port is to switch an RS-485 sender
 */
record SerialSettings(
    String port,
    int baud,
    int dataBits,
    Parity parity,
    int stopBits,
    Duration turnaround,
    boolean rs485) {

  private static final double SILENT_CHARACTERS = 3.5; // Modbus over Serial Line V1.02 §2.5.1.1
  private static final int FIXED_SILENCE_ABOVE = 19_200; // likewise
  private static final long FIXED_SILENCE_NS = 1_750_000; // likewise
  private static final long NS_PER_S = 1_000_000_000;

  /** Parity bit. */
  enum Parity {
    NONE(SerialPort.NO_PARITY),
    ODD(SerialPort.ODD_PARITY),
    EVEN(SerialPort.EVEN_PARITY);

    private final int code;

    Parity(int code) {
      this.code = code;
    }

    /** The serial library's number for it. */
    int code() {
      return code;
    }
  }

  /** Reads the section {@code serial} of a Modbus device. */
  static SerialSettings read(Section s) {
    SerialSettings settings =
        new SerialSettings(
            s.text("port", ""),
            s.integer("baud", 19_200, 300, 4_000_000),
            s.integer("dataBits", 8, 7, 8),
            s.choice("parity", Parity.EVEN),
            s.integer("stopBits", 1, 1, 2),
            s.duration("turnaround", Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1)),
            s.flag("rs485", false));
    s.done();
    return settings;
  }

  /** How long one character takes. */
  long characterNs() {
    int bits = 1 + dataBits + (parity == Parity.NONE ? 0 : 1) + stopBits;
    return bits * NS_PER_S / baud;
  }

  /** The silence between two frames. */
  long silenceNs() {
    long asked =
        baud > FIXED_SILENCE_ABOVE ? FIXED_SILENCE_NS : (long) (SILENT_CHARACTERS * characterNs());
    return Math.max(asked, turnaround.toNanos());
  }
}
