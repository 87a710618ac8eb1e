package io.deungdae.control.run;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.store.Board;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.KeepStatus.Room;
import io.deungdae.control.loop.CycleStats;
import io.deungdae.control.loop.LoopRunner;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.ToDoubleFunction;

/**
 * What a Prometheus server may scrape. Everything is read when it is scraped; nothing is counted
 * twice.
 */
final class Metrics {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();

  Metrics(
      Devices devices,
      Board board,
      Historian historian,
      Forwarders forwarders,
      LoopRunner runner,
      Clock clock) {
    registry.getPrometheusRegistry().register(new DeviceMetrics(devices, board, clock));
    historian(historian);
    keeping(historian);
    registry.getPrometheusRegistry().register(new ForwarderMetrics(forwarders, clock));
    control(runner);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    gc.bindTo(registry);
  }

  /** The text to be scraped. */
  String scrape() {
    return registry.scrape();
  }

  private void historian(Historian historian) {
    Tags none = Tags.empty();
    count(
        "deungdae.historian.rows",
        "highest row number",
        none,
        historian,
        h -> h.status().lastSeq());
    count(
        "deungdae.historian.failures",
        "failed attempts to write",
        none,
        historian,
        h -> h.status().failures());
    gauge(
        "deungdae.historian.waiting",
        "samples that wait for the disk",
        none,
        historian,
        h -> h.status().waiting());
    gauge(
        "deungdae.historian.commit.seconds",
        "last commit",
        none,
        historian,
        h -> h.status().lastCommit().toNanos() / 1e9);
    gauge(
        "deungdae.historian.disk.bytes",
        "size on disk",
        none,
        historian,
        h -> h.status().diskBytes());
  }

  private void keeping(Historian historian) {
    Tags none = Tags.empty();
    count(
        "deungdae.historian.refused",
        "samples not taken because nothing could be written",
        none,
        historian,
        h -> h.status().keep().refused());
    count(
        "deungdae.historian.rollups",
        "roll-ups made",
        none,
        historian,
        h -> h.status().keep().rolledUp());
    gauge(
        "deungdae.historian.rollups.behind",
        "rows that the roll-ups have not looked at",
        none,
        historian,
        h -> h.status().keep().behind());
    count(
        "deungdae.historian.deleted",
        "days and months deleted",
        none,
        historian,
        h -> h.status().keep().deleted());
    gauge(
        "deungdae.historian.free.bytes",
        "space left on the disk",
        none,
        historian,
        h -> h.status().freeBytes());
    gauge(
        "deungdae.historian.room",
        "0 enough, 1 no roll-ups, 2 oldest days are deleted, 3 nothing is written",
        none,
        historian,
        h -> room(h.status().keep().room()));
  }

  private static double room(Room room) {
    return switch (room) {
      case ENOUGH -> 0;
      case LITTLE -> 1;
      case SHORT -> 2;
      case NONE -> 3;
    };
  }

  private void control(LoopRunner runner) {
    Tags none = Tags.empty();
    count("deungdae.control.cycles", "control cycles", none, runner, r -> r.stats().cycles());
    count(
        "deungdae.control.overruns",
        "cycles that began late or took too long",
        none,
        runner,
        r -> r.stats().overruns());
    micros("deungdae.control.jitter", runner, CycleStats::jitterP50, CycleStats::jitterP99);
    micros("deungdae.control.duration", runner, CycleStats::durationP50, CycleStats::durationP99);
  }

  private void micros(
      String name,
      LoopRunner runner,
      ToDoubleFunction<CycleStats> p50,
      ToDoubleFunction<CycleStats> p99) {
    gauge(
        name + ".seconds",
        "since start",
        Tags.of("quantile", "0.5"),
        runner,
        r -> p50.applyAsDouble(r.stats()) / 1e6);
    gauge(
        name + ".seconds",
        "since start",
        Tags.of("quantile", "0.99"),
        runner,
        r -> p99.applyAsDouble(r.stats()) / 1e6);
  }

  private <T> void count(
      String name, String description, Tags tags, T source, ToDoubleFunction<T> value) {
    FunctionCounter.builder(name, source, value)
        .description(description)
        .tags(tags)
        .register(registry);
  }

  private <T> void gauge(
      String name, String description, Tags tags, T source, ToDoubleFunction<T> value) {
    Gauge.builder(name, source, value).description(description).tags(tags).register(registry);
  }
}
