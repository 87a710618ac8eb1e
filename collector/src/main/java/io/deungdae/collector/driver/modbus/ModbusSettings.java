package io.deungdae.collector.driver.modbus;

import io.deungdae.collector.settings.Section;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * How to talk to one Modbus device.
 *
 * @param host name or address
 * @param port TCP port
 * @param unit unit identifier, 0 to 255
 * @param framing how frames look on the connection
 * @param timeout longest wait for an answer
 * @param connectTimeout longest wait for a connection
 * @param firstAddress the number that addresses give to the first cell, 0 or 1
 * @param order order of words and bytes where a tag gives none
 * @param maxBlock most registers in one read
 * @param maxGap most registers read along without need
 * @param retryRejected how often an address that the device refused is tried again
 * @param bitWrite how a bit within a register is written
 * @param registerWrite how a single register is written
 * @param charset of text
 */
record ModbusSettings(
    String host,
    int port,
    int unit,
    FramingKind framing,
    Duration timeout,
    Duration connectTimeout,
    int firstAddress,
    Order order,
    int maxBlock,
    int maxGap,
    Duration retryRejected,
    BitWrite bitWrite,
    RegisterWrite registerWrite,
    Charset charset) {

  private static final int UDP_AND_TCP_PORT = 502; // registered for Modbus by IANA

  /** How frames look on the connection. */
  enum FramingKind {
    /** Modbus TCP. */
    TCP,
    /** RTU frames with their checksum, as serial device servers pass them on. */
    RTU_OVER_TCP
  }

  /** How addresses are counted. */
  enum Addressing {
    ZERO,
    ONE
  }

  /** Which word of a longer value comes first. */
  enum WordOrder {
    HIGH_FIRST,
    LOW_FIRST
  }

  /** Which byte of a register comes first. */
  enum ByteOrder {
    BIG,
    LITTLE
  }

  /** How a bit within a register is written. */
  enum BitWrite {
    /** Read the register, change the bit, write the register. */
    READ_MODIFY_WRITE,
    /** Function 22, in one step; few devices have it. */
    MASK_WRITE
  }

  /** How a single register is written. */
  enum RegisterWrite {
    /** Function 6. */
    SINGLE,
    /** Function 16, for devices that lack function 6. */
    MULTIPLE
  }

  /** Charset of text. */
  enum TextCode {
    UTF_8,
    MS949
  }

  /** Reads the section {@code modbus} of a device. */
  static ModbusSettings read(Section s) {
    Duration shortest = Duration.ofMillis(10);
    Duration longest = Duration.ofMinutes(1);
    ModbusSettings settings =
        new ModbusSettings(
            s.text("host"),
            s.integer("port", UDP_AND_TCP_PORT, 1, 65_535),
            s.integer("unit", 1, 0, 255),
            s.choice("framing", FramingKind.TCP),
            s.duration("timeout", Duration.ofSeconds(1), shortest, longest),
            s.duration("connectTimeout", Duration.ofSeconds(3), shortest, longest),
            s.choice("addressing", Addressing.ZERO) == Addressing.ONE ? 1 : 0,
            Order.of(
                s.choice("wordOrder", WordOrder.HIGH_FIRST) == WordOrder.LOW_FIRST,
                s.choice("byteOrder", ByteOrder.BIG) == ByteOrder.LITTLE),
            s.integer("maxBlock", 120, 1, 125), // Modbus Application Protocol V1.1b3 §6.3
            s.integer("maxGap", 10, 0, 125),
            s.duration(
                "retryRejected", Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofDays(1)),
            s.choice("bitWrite", BitWrite.READ_MODIFY_WRITE),
            s.choice("registerWrite", RegisterWrite.SINGLE),
            charset(s.choice("charset", TextCode.UTF_8)));
    s.done();
    return settings;
  }

  private static Charset charset(TextCode code) {
    return code == TextCode.UTF_8 ? StandardCharsets.UTF_8 : Charset.forName("x-windows-949");
  }

  String endpoint() {
    return host + ":" + port + " unit " + unit;
  }
}
