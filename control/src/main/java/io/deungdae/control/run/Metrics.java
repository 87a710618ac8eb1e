package io.deungdae.control.run;

import io.deungdae.collector.driver.DeviceAgent;
import io.deungdae.collector.driver.DeviceStatus;
import io.deungdae.collector.driver.LinkState;
import io.deungdae.collector.forward.Forwarder;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.store.Historian;
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
import java.util.Collection;
import java.util.List;
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
      Collection<DeviceAgent> devices,
      Historian historian,
      List<Forwarder> forwarders,
      LoopRunner runner,
      Clock clock) {
    devices.forEach(this::device);
    historian(historian);
    forwarders.forEach(forwarder -> forwarder(forwarder, clock));
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

  private void device(DeviceAgent device) {
    Tags tags = Tags.of("device", device.name(), "protocol", device.status().protocol());
    count("deungdae.device.samples", "samples delivered", tags, device, d -> d.status().samples());
    count(
        "deungdae.device.samples.bad",
        "bad samples delivered",
        tags,
        device,
        d -> d.status().badSamples());
    count(
        "deungdae.device.requests",
        "exchanges on the wire",
        tags,
        device,
        d -> d.status().requests());
    count("deungdae.device.errors", "failures", tags, device, d -> d.status().errors());
    count(
        "deungdae.device.reconnects",
        "times the link was made again",
        tags,
        device,
        d -> d.status().reconnects());
    count("deungdae.device.overruns", "scans begun late", tags, device, d -> d.status().overruns());
    count("deungdae.device.writes", "setpoints written", tags, device, d -> d.status().writes());
    gauge("deungdae.device.up", "1 while values flow", tags, device, d -> up(d.status()));
    gauge(
        "deungdae.device.round.trip.seconds",
        "last exchange",
        tags,
        device,
        d -> d.status().roundTripMicros() / 1e6);
  }

  private static double up(DeviceStatus status) {
    return status.state() == LinkState.UP ? 1 : 0;
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

  private void forwarder(Forwarder forwarder, Clock clock) {
    Tags tags = Tags.of("forwarder", forwarder.status(clock.now()).name());
    count(
        "deungdae.forwarder.sent",
        "rows taken by the receiver",
        tags,
        forwarder,
        f -> f.status(clock.now()).sent());
    count(
        "deungdae.forwarder.refused",
        "rows refused",
        tags,
        forwarder,
        f -> f.status(clock.now()).refused());
    gauge(
        "deungdae.forwarder.lag.rows",
        "rows not sent yet",
        tags,
        forwarder,
        f -> f.status(clock.now()).lagRows());
    gauge(
        "deungdae.forwarder.lag.seconds",
        "age of the oldest row not sent",
        tags,
        forwarder,
        f -> f.status(clock.now()).lag().toMillis() / 1000.0);
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
