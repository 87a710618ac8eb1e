package io.deungdae.control.loop;

import io.deungdae.collector.driver.Device;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceSpec;
import io.deungdae.collector.driver.SampleSink;
import io.deungdae.collector.driver.WriteResult;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.PlantUnit;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.signal.Unit;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.signal.WritePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Two heated zones behind a PLC, as a device without sockets: setpoints are floats, process values
 * follow with a lag and noise, energy has its best at a zone temperature of {@link #best}, the PLC
 * watches the heartbeat and has a key switch.
 */
final class SmallPlant implements Device, DeviceSpec {

  static final Duration HOLD = Duration.ofSeconds(5);
  private static final double WATCHDOG_SECONDS = 5;

  private final List<Tag> tags = new ArrayList<>();
  final Tag sp1 = writable("oven.zone1.sp", 800, 900, Double.NaN);
  final Tag pv1 = number("oven.zone1.pv");
  final Tag sp2 = writable("oven.zone2.sp", 800, 900, 850);
  final Tag pv2 = number("oven.zone2.pv");
  final Tag power = number("oven.power");
  final Tag scrap = number("oven.scrap_rate");
  final Tag good = number("oven.good_rate");
  final Tag remote = tag("oven.remote", Kind.FLAG, null);
  final Tag watchdog = tag("oven.watchdog_ok", Kind.FLAG, null);
  final Tag heartbeat =
      tag(
          "oven.heartbeat",
          Kind.WHOLE,
          new WritePolicy(new Range(0, 65535), 1e9, Double.POSITIVE_INFINITY, HOLD, Double.NaN, 0));
  final Tag interlock = tag("oven.interlock", Kind.FLAG, null);
  final Tag product = tag("oven.product", Kind.WHOLE, null);
  final TagTable table = new TagTable(tags);

  // ---- what a test may turn
  double best = 860;
  boolean linkUp = true;
  boolean key = true;
  boolean localAtNextWrite;
  boolean tripped;
  boolean frozen;
  int productCode = 7;
  double stuckAt = Double.NaN;
  @Nullable Quality pvQuality;

  // ---- the plant
  final float[] setpoints = {850, 850};
  final double[] temperatures = {850, 850};
  final List<String> writes = new ArrayList<>();
  private final Random noise = new Random(7);
  private double sinceBeat = 1e9;
  private int beats;
  private boolean opened;
  private double lastPv1 = 850;
  private @Nullable SampleSink sink;
  private @Nullable Clock clock;

  PlantUnit unit() {
    return new PlantUnit(
        "oven",
        new Label("Oven", "오븐"),
        List.of(
            new PlantUnit.Manipulated(sp1, pv1, null), new PlantUnit.Manipulated(sp2, pv2, null)),
        List.of(product),
        List.of(power),
        new PlantUnit.Objective(
            PlantUnit.Objective.Direction.MINIMISE,
            List.of(
                new PlantUnit.Objective.Term(power, 120), new PlantUnit.Objective.Term(scrap, 900)),
            good,
            new Unit("KRW/part")));
  }

  /** The objective of a steady plant at these temperatures. */
  double cost(double zone1, double zone2) {
    return (powerAt(zone1, zone2) * 120 + 5 * 900) / 200;
  }

  private double powerAt(double zone1, double zone2) {
    return 100 + 0.05 * Math.pow(zone1 - best, 2) + 0.02 * Math.pow(zone2 - best, 2);
  }

  int beats() {
    return beats;
  }

  boolean watchdogOk() {
    return sinceBeat <= WATCHDOG_SECONDS;
  }

  boolean remoteNow() {
    return key && watchdogOk();
  }

  /** Plant time passes. */
  void step(double seconds) {
    sinceBeat += seconds;
    for (int i = 0; i < 2; i++) {
      temperatures[i] += (setpoints[i] - temperatures[i]) * (1 - Math.exp(-seconds / 5));
    }
  }

  // ---- as a device

  @Override
  public String endpoint() {
    return "in process";
  }

  @Override
  public Device build(SampleSink samples, Clock time, Runnable wake) {
    this.sink = samples;
    this.clock = time;
    return this;
  }

  @Override
  public void open() throws DeviceException {
    check();
    opened = true;
  }

  @Override
  public long service(long nowNs) throws DeviceException {
    check();
    if (sink == null || clock == null) {
      throw new IllegalStateException("not built");
    }
    sink.accept(scan(clock));
    return nowNs + 100_000_000L;
  }

  private List<Sample> scan(Clock at) {
    if (!frozen) {
      lastPv1 = temperatures[0] + noise.nextGaussian() * 0.05;
    }
    List<Sample> scan = new ArrayList<>();
    scan.add(sample(sp1, setpoints[0], at));
    scan.add(
        pvQuality == null
            ? sample(pv1, lastPv1, at)
            : new Sample(pv1, Value.of(lastPv1), pvQuality, at.now(), at.now(), at.nanoTime()));
    scan.add(sample(sp2, setpoints[1], at));
    scan.add(sample(pv2, temperatures[1] + noise.nextGaussian() * 0.05, at));
    scan.add(
        sample(power, powerAt(temperatures[0], temperatures[1]) + noise.nextGaussian() * 0.5, at));
    scan.add(sample(scrap, 5, at));
    scan.add(sample(good, 200, at));
    scan.add(value(remote, Value.of(remoteNow()), at));
    scan.add(value(watchdog, Value.of(watchdogOk()), at));
    scan.add(value(interlock, Value.of(tripped), at));
    scan.add(value(product, Value.of((long) productCode), at));
    return scan;
  }

  private static Sample sample(Tag tag, double number, Clock at) {
    return Sample.number(tag, number, at.now(), at.now(), at.nanoTime());
  }

  private static Sample value(Tag tag, Value value, Clock at) {
    return new Sample(tag, value, Quality.GOOD, at.now(), at.now(), at.nanoTime());
  }

  @Override
  public WriteResult write(Tag tag, double value, Confirmation confirmation)
      throws DeviceException {
    check();
    if (tag.equals(heartbeat)) {
      beats++;
      sinceBeat = 0;
      return new WriteResult.Done(Double.NaN);
    }
    writes.add(tag.name() + "=" + (float) value);
    key &= !localAtNextWrite;
    if (!remoteNow()) {
      return new WriteResult.Refused("the PLC is in LOCAL");
    }
    int zone = tag.equals(sp1) ? 0 : 1;
    setpoints[zone] = Double.isNaN(stuckAt) ? (float) value : (float) stuckAt;
    return new WriteResult.Done(setpoints[zone]);
  }

  private void check() throws DeviceException {
    if (!linkUp) {
      opened = false;
      throw new DeviceException(DeviceException.Kind.CONNECT, "plc", "no link");
    }
  }

  boolean isOpened() {
    return opened;
  }

  @Override
  public void close() {
    opened = false;
  }

  // ---- tags

  private Tag number(String name) {
    return tag(name, Kind.NUMBER, null);
  }

  private Tag writable(String name, double low, double high, double safe) {
    return tag(
        name, Kind.NUMBER, new WritePolicy(new Range(low, high), 0.5, 120, HOLD, safe, 0.01));
  }

  private Tag tag(String name, Kind kind, @Nullable WritePolicy write) {
    Tag tag =
        new Tag(tags.size(), name, "plc", kind, new Unit("°C"), Range.ALL, Label.of(name), write);
    tags.add(tag);
    return tag;
  }

  List<Tag> all() {
    return List.copyOf(tags);
  }
}
