package io.deungdae.collector.driver.xgt;

import io.deungdae.collector.settings.Section;
import io.deungdae.collector.settings.TextCode;
import java.nio.charset.Charset;
import java.time.Duration;

/**
 * How to talk to one PLC.
 *
 * @param host name or address of the PLC or its Ethernet module
 * @param port TCP port
 * @param cpu its family
 * @param company what frames begin with
 * @param base base of the Ethernet module, 0 to 15
 * @param slot slot of the Ethernet module, 0 to 15
 * @param timeout longest wait for an answer
 * @param connectTimeout longest wait for a connection
 * @param outstanding most requests under way at once, 1 to 16
 * @param maxBlock most bytes in one continuous read; never more than the family takes
 * @param maxGap most bytes read along without need
 * @param scattered how places far from others are read
 * @param retryRejected how often an address that the PLC refused is tried again
 * @param wordOrder order of words where a tag gives none
 * @param bitIndex how bits are named when they are written
 * @param charset of text
 */
record XgtSettings(
    String host,
    int port,
    Cpu cpu,
    Company company,
    int base,
    int slot,
    Duration timeout,
    Duration connectTimeout,
    int outstanding,
    int maxBlock,
    int maxGap,
    Scattered scattered,
    Duration retryRejected,
    WordOrder wordOrder,
    BitIndex bitIndex,
    Charset charset) {

  private static final int PORT = 2004; // XGL-EFMF manual §7.1.1
  private static final int MOST_BYTES = 1400;

  /** How places far from others are read. */
  enum Scattered {
    /** Up to 16 words by name in one request. */
    INDIVIDUAL,
    /** Each in a continuous read of its own. */
    CONTINUOUS
  }

  /** Which word of a longer value comes first. */
  enum WordOrder {
    LOW_FIRST,
    HIGH_FIRST
  }

  /** How bits are named when they are written. */
  enum BitIndex {
    /** As the family usually wants it. */
    CPU,
    /** Counted from the first bit of the area, decimal: bit C of M172 is {@code %MX2764}. */
    DECIMAL,
    /** Word in decimal, then the bit in hexadecimal: bit C of M172 is {@code %MX172C}. */
    HEX
  }

  /** Reads the section {@code xgt} of a device. */
  static XgtSettings read(Section s) {
    Duration shortest = Duration.ofMillis(10);
    Duration longest = Duration.ofMinutes(1);
    XgtSettings settings =
        new XgtSettings(
            s.text("host"),
            s.integer("port", PORT, 1, 65_535),
            s.choice("cpu", Cpu.XGK),
            s.choice("company", Company.LSIS_XGT),
            s.integer("base", 0, 0, 15),
            s.integer("slot", 0, 0, 15),
            s.duration("timeout", Duration.ofSeconds(1), shortest, longest),
            s.duration("connectTimeout", Duration.ofSeconds(3), shortest, longest),
            s.integer("outstanding", 1, 1, 16),
            s.integer("maxBlock", MOST_BYTES, 8, MOST_BYTES),
            s.integer("maxGap", 32, 0, MOST_BYTES),
            s.choice("scattered", Scattered.INDIVIDUAL),
            s.duration(
                "retryRejected", Duration.ofMinutes(1), Duration.ofSeconds(1), Duration.ofDays(1)),
            s.choice("wordOrder", WordOrder.LOW_FIRST),
            s.choice("bitIndex", BitIndex.CPU),
            s.choice("charset", TextCode.UTF_8).charset());
    s.done();
    return settings;
  }

  /** Most bytes in one continuous read. */
  int mostBytes() {
    return Math.min(maxBlock, cpu.mostBytes());
  }

  /** How bits are named, {@link BitIndex#CPU} resolved. */
  BitIndex bitNames() {
    return bitIndex == BitIndex.CPU ? cpu.bitIndex() : bitIndex;
  }

  /** The Ethernet module's place as a header has it. */
  int position() {
    return (base << 4) | slot;
  }

  String endpoint() {
    return host + ":" + port + " " + cpu.text();
  }
}
