package io.deungdae.bench;

import io.deungdae.analytics.Judgement;
import io.deungdae.collector.driver.Device;
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
import io.deungdae.control.decision.Verification;
import io.deungdae.control.guard.Interlock;
import io.deungdae.control.guard.Mode;
import io.deungdae.control.loop.HandshakeSettings;
import io.deungdae.control.loop.InputSettings;
import io.deungdae.control.loop.LoopSettings;
import io.deungdae.control.loop.ModelSettings;
import io.deungdae.control.loop.MoveSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Units that stand still, behind a device that keeps what is written to it. */
final class BenchSite implements Device, DeviceSpec {

  static final String DEVICE = "bench-plc";

  private final List<Tag> list = new ArrayList<>();
  private final List<PlantUnit> units = new ArrayList<>();
  private final List<List<Tag>> flags = new ArrayList<>();
  private final Map<Tag, Double> values = new ConcurrentHashMap<>();
  private final TagTable table;

  BenchSite(int unitCount, int variables, int tagCount) {
    for (int u = 0; u < unitCount; u++) {
      units.add(unit("unit" + u, variables));
    }
    while (list.size() < tagCount) {
      tag("extra" + list.size(), Kind.NUMBER, null);
    }
    table = new TagTable(list);
  }

  private PlantUnit unit(String name, int variables) {
    List<PlantUnit.Manipulated> manipulated = new ArrayList<>();
    for (int v = 0; v < variables; v++) {
      Tag sp = tag(name + ".v" + v + ".sp", Kind.NUMBER, policy(new Range(800, 900)));
      manipulated.add(
          new PlantUnit.Manipulated(sp, tag(name + ".v" + v + ".pv", Kind.NUMBER, null), null));
    }
    Tag power = tag(name + ".power", Kind.NUMBER, null);
    Tag good = tag(name + ".good", Kind.NUMBER, null);
    flags.add(
        List.of(
            tag(name + ".remote", Kind.FLAG, null),
            tag(name + ".watchdog", Kind.FLAG, null),
            tag(name + ".heartbeat", Kind.WHOLE, policy(new Range(0, 65535))),
            tag(name + ".interlock", Kind.FLAG, null)));
    return new PlantUnit(
        name,
        Label.of(name),
        manipulated,
        List.of(),
        List.of(power),
        new PlantUnit.Objective(
            PlantUnit.Objective.Direction.MINIMISE,
            List.of(new PlantUnit.Objective.Term(power, 120)),
            good,
            new Unit("KRW/part")));
  }

  private static WritePolicy policy(Range range) {
    return new WritePolicy(
        range, 1e6, Double.POSITIVE_INFINITY, Duration.ofSeconds(5), Double.NaN, 0.01);
  }

  private Tag tag(String name, Kind kind, @Nullable WritePolicy write) {
    Tag tag = new Tag(list.size(), name, DEVICE, kind, Unit.NONE, Range.ALL, Label.of(name), write);
    list.add(tag);
    values.put(tag, name.endsWith("remote") || name.endsWith("watchdog") ? 1.0 : 850.0);
    if (name.endsWith("interlock")) {
      values.put(tag, 0.0);
    }
    return tag;
  }

  TagTable tags() {
    return table;
  }

  List<PlantUnit> units() {
    return units;
  }

  Tag setpoint(int variable) {
    return units.get(0).manipulated().get(variable).setpoint();
  }

  LoopSettings settings(int unit) {
    List<Tag> flag = flags.get(unit);
    return new LoopSettings(
        Duration.ofMillis(50),
        Mode.AUTONOMOUS,
        new HandshakeSettings(
            flag.get(0),
            flag.get(1),
            flag.get(2),
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            false),
        List.of(new Interlock(flag.get(3), 0)),
        new InputSettings(
            List.of(),
            List.of(),
            Duration.ofSeconds(5),
            Duration.ofMinutes(2),
            Duration.ofSeconds(30)),
        new MoveSettings(
            Duration.ofMillis(10),
            Duration.ofSeconds(1),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofMinutes(2),
            3,
            0.001,
            Duration.ofSeconds(2),
            1),
        new ModelSettings(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ZERO),
        new Verification(
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Verification.Reference.NO_ACTION,
            0.3,
            0.25,
            3));
  }

  List<Sample> scan(Instant now, long nowNs) {
    List<Sample> scan = new ArrayList<>(list.size());
    for (Tag tag : list) {
      double value = values.getOrDefault(tag, 0.0);
      scan.add(
          tag.kind() == Kind.FLAG
              ? new Sample(tag, Value.of(value != 0), Quality.GOOD, now, now, nowNs)
              : Sample.number(tag, value, now, now, nowNs));
    }
    return scan;
  }

  Judgement judgement(int unit, Instant now, long nowNs) {
    return new Judgement(
        units.get(unit).name(),
        now,
        nowNs,
        Judgement.State.READY,
        "bench",
        1,
        0.2,
        null,
        500,
        500,
        null);
  }

  @Override
  public String endpoint() {
    return "in process";
  }

  @Override
  public Device build(SampleSink sink, Clock clock, Runnable wake) {
    return this;
  }

  @Override
  public void open() {}

  @Override
  public long service(long nowNs) {
    return nowNs + 100_000_000L;
  }

  @Override
  public WriteResult write(Tag tag, double value, Confirmation confirmation) {
    values.put(tag, value);
    return new WriteResult.Done(value);
  }

  @Override
  public void close() {}
}
