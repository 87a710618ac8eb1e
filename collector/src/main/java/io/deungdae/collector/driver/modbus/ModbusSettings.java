package io.deungdae.collector.driver.modbus;

import io.deungdae.collector.settings.Section;
import io.deungdae.collector.settings.TextCode;
import java.nio.charset.Charset;
import java.time.Duration;

/**
 * How to talk to one Modbus device.
 *
 * @param link how it is reached
 * @param unit unit identifier, 0 to 255
 * @param timeout longest wait for an answer, beside the time that the bytes take on a serial line
 * @param firstAddress the number that addresses give to the first cell, 0 or 1
 * @param order order of words and bytes where a tag gives none
 * @param maxBlock most registers in one read
 * @param maxGap most registers read along without need
 * @param retryRejected how often an address that the device refused is tried again
 * @param fast how tags of scan class {@code fast} are read
 * @param fastRest least time between two rounds of the fast loop
 * @param bitWrite how a bit within a register is written
 * @param registerWrite how a single register is written
 * @param coilWrite how a coil is written
 * @param charset of text
 */
record ModbusSettings(
    LinkSettings link,
    int unit,
    Duration timeout,
    int firstAddress,
    Order order,
    int maxBlock,
    int maxGap,
    Duration retryRejected,
    Fast fast,
    Duration fastRest,
    BitWrite bitWrite,
    CellWrite registerWrite,
    CellWrite coilWrite,
    Charset charset) {

  /** How tags of scan class {@code fast} are read. */
  enum Fast {
    /** Once a period, like every class. */
    SCAN,
    /** Between every two other requests, and all the time when there are none. */
    LOOP
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

  /** How a single register or coil is written. */
  enum CellWrite {
    /** Function 6 for a register, 5 for a coil. */
    SINGLE,
    /** Function 16 or 15, for devices that lack the other. */
    MULTIPLE
  }

  /** Reads the section {@code modbus} of a device. */
  static ModbusSettings read(Section s) {
    Duration shortest = Duration.ofMillis(10);
    Duration longest = Duration.ofMinutes(1);
    ModbusSettings settings =
        new ModbusSettings(
            LinkSettings.read(s),
            s.integer("unit", 1, 0, 255),
            s.duration("timeout", Duration.ofSeconds(1), shortest, longest),
            s.choice("addressing", Addressing.ZERO) == Addressing.ONE ? 1 : 0,
            Order.of(
                s.choice("wordOrder", WordOrder.HIGH_FIRST) == WordOrder.LOW_FIRST,
                s.choice("byteOrder", ByteOrder.BIG) == ByteOrder.LITTLE),
            s.integer("maxBlock", 120, 1, 125), // Modbus Application Protocol V1.1b3 §6.3
            s.integer("maxGap", 10, 0, 125),
            s.duration(
                "retryRejected", Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofDays(1)),
            s.choice("fast", Fast.SCAN),
            s.duration("fastRest", Duration.ofNanos(500_000), Duration.ZERO, shortest),
            s.choice("bitWrite", BitWrite.READ_MODIFY_WRITE),
            s.choice("registerWrite", CellWrite.SINGLE),
            s.choice("coilWrite", CellWrite.SINGLE),
            s.choice("charset", TextCode.UTF_8).charset());
    if (settings.link().framing() != LinkSettings.Framed.TCP && settings.unit() == 0) {
      s.problem("unit", "0", "1 to 255, because 0 is every unit of the line and none answers");
    }
    s.done();
    return settings;
  }

  /** Where the device is, for people. */
  String endpoint() {
    return link.endpoint() + " unit " + unit;
  }
}
