package io.deungdae.collector.driver.opcua;

import java.time.Duration;

/**
 * How a server is asked to watch one node.
 *
 * @param sampling how often the server looks; {@link Duration#ZERO} for the period of the tag's
 *     scan class
 * @param queue changes kept between two publishings; 0 for the device's own setting
 * @param deadband least change that is told; 0 for every change
 * @param measure what the deadband is measured in
 * @param trigger what counts as a change
 * @param polled true when the node is read in a loop although others are subscribed
 */
record Monitoring(
    Duration sampling,
    int queue,
    double deadband,
    Measure measure,
    Trigger trigger,
    boolean polled) {

  /** As the device's settings say, every change. */
  static final Monitoring PLAIN =
      new Monitoring(Duration.ZERO, 0, 0, Measure.RAW, Trigger.VALUE, false);

  /** What a deadband is measured in. */
  enum Measure {
    /** Raw units. */
    RAW,
    /** Percent of the node's EURange (OPC UA Part 8 §6.2). */
    PERCENT
  }

  /** What counts as a change (OPC UA Part 4 §7.22.2). */
  enum Trigger {
    /** A change of the status alone. */
    STATUS,
    /** A change of the status or the value. */
    VALUE,
    /** A change of the status, the value or the source's time stamp. */
    TIMESTAMP
  }

  /** True when a server that knows no filter cannot give what is asked for. */
  boolean needsFilter() {
    return deadband > 0 || trigger != Trigger.VALUE;
  }

  Monitoring withSampling(Duration every) {
    return new Monitoring(every, queue, deadband, measure, trigger, polled);
  }

  Monitoring withQueue(int size) {
    return new Monitoring(sampling, size, deadband, measure, trigger, polled);
  }

  Monitoring withDeadband(double least, Measure in) {
    return new Monitoring(sampling, queue, least, in, trigger, polled);
  }

  Monitoring withTrigger(Trigger on) {
    return new Monitoring(sampling, queue, deadband, measure, on, polled);
  }

  Monitoring withPolling() {
    return new Monitoring(sampling, queue, deadband, measure, trigger, true);
  }

  /** For people, as an address has it: {@code deadband=0.5% trigger=status}; may be empty. */
  String filter() {
    String band =
        deadband > 0 ? "deadband=" + deadband + (measure == Measure.PERCENT ? "%" : "") : "";
    String on =
        trigger == Trigger.VALUE
            ? ""
            : "trigger=" + trigger.name().toLowerCase(java.util.Locale.ROOT);
    return (band + " " + on).strip();
  }
}
