package io.deungdae.collector.driver.xgt;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a PLC tells about itself in each header, said in the log when it changes. */
final class Station {

  private static final Logger LOG = LoggerFactory.getLogger(Station.class);

  private final String device;
  private final Cpu expected;
  private @Nullable Header last;

  Station(String device, Cpu expected) {
    this.device = device;
    this.expected = expected;
  }

  /** Forgets what was told: the next header is news. */
  void linkUp() {
    last = null;
  }

  /** Takes the header of an answer. */
  void told(Header header) {
    Header before = last;
    last = header;
    if (before != null && before.plcInfo() == header.plcInfo() && before.cpu() == header.cpu()) {
      return;
    }
    LOG.info(
        "plc device={} cpu=\"{}\" model=\"{}\" mode=\"{}\"",
        device,
        Cpu.nameOf(header.cpu()),
        header.model(),
        header.mode());
    boolean news = before == null || before.cpu() != header.cpu();
    if (news && expected.isContradictedBy(header.cpu())) {
      LOG.warn(
          "plc is of another family than the settings say device={} settings={} plc={}: correct"
              + " xgt.cpu, because addresses differ between families",
          device,
          expected.text(),
          Cpu.nameOf(header.cpu()));
    }
  }

  @Nullable Header header() {
    return last;
  }
}
