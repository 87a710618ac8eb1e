package io.deungdae.collector.driver;

import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A device that does as told and keeps a list of what was asked of it. */
final class ScriptedDevice implements Device, DeviceSpec {

  final List<String> calls = new CopyOnWriteArrayList<>();
  final Map<Tag, Double> held = new ConcurrentHashMap<>();
  final Deque<DeviceException> openFailures = new ArrayDeque<>();
  final Deque<Exception> serviceFailures = new ArrayDeque<>();
  final Deque<Exception> writeFailures = new ArrayDeque<>();
  final Deque<WriteResult> writeResults = new ArrayDeque<>();
  Duration period = Duration.ofMillis(100);
  Runnable duringService = () -> {};
  private @Nullable SampleSink sink;

  @Override
  public String endpoint() {
    return "nowhere";
  }

  @Override
  public Device build(SampleSink samples, Clock clock, Runnable wake) {
    this.sink = samples;
    return this;
  }

  @Override
  public void open() throws DeviceException {
    calls.add("open");
    if (!openFailures.isEmpty()) {
      throw openFailures.poll();
    }
  }

  @Override
  public long service(long nowNs) throws DeviceException {
    calls.add("service");
    fail(serviceFailures);
    duringService.run();
    return nowNs + period.toNanos();
  }

  @Override
  public WriteResult write(Tag tag, double value, Confirmation confirmation)
      throws DeviceException {
    calls.add("write " + tag + "=" + value + " " + confirmation);
    fail(writeFailures);
    WriteResult scripted = writeResults.poll();
    if (scripted != null) {
      return scripted;
    }
    held.put(tag, value);
    return new WriteResult.Done(confirmation == Confirmation.READ_BACK ? value : Double.NaN);
  }

  @Override
  public void close() {
    calls.add("close");
  }

  void deliver(Sample sample) {
    if (sink != null) {
      sink.accept(List.of(sample));
    }
  }

  List<String> writes() {
    return calls.stream().filter(call -> call.startsWith("write")).toList();
  }

  private static void fail(Deque<Exception> failures) throws DeviceException {
    Exception failure = failures.poll();
    if (failure instanceof DeviceException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
  }
}
