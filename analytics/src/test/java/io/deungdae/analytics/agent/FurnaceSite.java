package io.deungdae.analytics.agent;

import io.deungdae.analytics.Effect;
import io.deungdae.analytics.Judgement;
import io.deungdae.analytics.Remedy;
import io.deungdae.analytics.Slot;
import io.deungdae.analytics.dl4j.NetTrainer;
import io.deungdae.analytics.registry.ModelRegistry;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.SettingsFile;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.PlantUnit;
import io.deungdae.collector.signal.PlantUnit.Manipulated;
import io.deungdae.collector.signal.PlantUnit.Objective;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.signal.Unit;
import io.deungdae.collector.signal.WritePolicy;
import io.deungdae.collector.store.Board;
import io.deungdae.collector.store.Frame;
import io.deungdae.simulators.furnace.FurnaceSettings;
import io.deungdae.simulators.furnace.QuenchFurnace;
import io.deungdae.simulators.plant.Fault;
import io.deungdae.simulators.plant.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A furnace line, the gateway's board and history, and an analytics agent, all in one thread and in
 * plant time. Moves are carried out and verified as control would, without its guards.
 */
final class FurnaceSite {

  static final Duration STEP = Duration.ofSeconds(12);
  static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  static final double SETTLE_SECONDS = 1500;
  private static final double WINDOW_SECONDS = 900;

  final QuenchFurnace plant;
  final TagTable tags;
  final Board board;
  final PlantUnit unit;
  final AnalyticsSettings settings;
  final AnalyticsAgent agent;
  final Slot<Judgement> judgements = new Slot<>();
  private final List<Signal> signals = new ArrayList<>();
  private final List<double[]> rows = new ArrayList<>();

  FurnaceSite(long seed, Path models, String yaml) throws IOException {
    plant = new QuenchFurnace(FurnaceSettings.demo(seed, 60));
    plant.remote(false);
    tags = table();
    board = new Board(tags);
    unit = unit();
    Path file = Files.createTempFile(models, "site", ".yaml");
    Files.writeString(file, yaml);
    Problems problems = new Problems();
    settings = AnalyticsSettings.read(SettingsFile.read(file, Overrides.none(), problems), unit);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.all().toString());
    }
    agent =
        new AnalyticsAgent(
            unit,
            settings,
            new AnalyticsAgent.Surroundings(
                board,
                this::frame,
                new ModelRegistry(models),
                Runnable::run,
                new NetTrainer(Clock.system(), 1),
                "test"),
            judgements,
            START);
  }

  private TagTable table() {
    List<Tag> all = new ArrayList<>();
    for (Signal signal : plant.signals()) {
      signals.add(signal);
      all.add(tag(all.size(), "furnace." + signal.name(), signal));
    }
    all.add(meter(all.size(), "energy.furnace.power", "kW", 500, "Furnace power", "소입로 전력"));
    all.add(meter(all.size(), "energy.furnace.gas", "kW", 500, "Furnace gas", "소입로 가스"));
    all.add(meter(all.size(), "ambient.temperature", "°C", 60, "Hall temperature", "실내 온도"));
    return new TagTable(all);
  }

  private static Tag tag(int index, String name, Signal signal) {
    Kind kind =
        switch (signal.kind()) {
          case NUMBER -> Kind.NUMBER;
          case WHOLE -> Kind.WHOLE;
          case FLAG -> Kind.FLAG;
        };
    Range range = new Range(signal.low(), signal.high());
    WritePolicy write =
        signal.writable() && signal.name().endsWith(".sp")
            ? new WritePolicy(
                range, 1, Double.POSITIVE_INFINITY, Duration.ofSeconds(60), Double.NaN, 0.5)
            : null;
    return new Tag(
        index,
        name,
        "furnace-plc",
        kind,
        new Unit(signal.unit()),
        range,
        new Label(signal.en(), signal.ko()),
        write);
  }

  private static Tag meter(int index, String name, String unit, double high, String en, String ko) {
    return new Tag(
        index,
        name,
        "energy-meters",
        Kind.NUMBER,
        new Unit(unit),
        new Range(-50, high),
        new Label(en, ko),
        null);
  }

  private PlantUnit unit() {
    List<Manipulated> moved = new ArrayList<>();
    for (int zone = 1; zone <= 4; zone++) {
      moved.add(loop("furnace.zone" + zone, true));
    }
    moved.add(loop("furnace.cp", true));
    moved.add(loop("furnace.belt", false));
    moved.add(loop("furnace.salt", true));
    return new PlantUnit(
        "furnace",
        new Label("Quench furnace line", "소입로"),
        moved,
        List.of(tags.get("furnace.product"), tags.get("ambient.temperature")),
        List.of(
            tags.get("furnace.dryer.pv"),
            tags.get("furnace.washer.pv"),
            tags.get("furnace.hardness"),
            tags.get("furnace.distortion"),
            tags.get("furnace.throughput")),
        new Objective(
            Objective.Direction.MINIMISE,
            List.of(
                new Objective.Term(tags.get("energy.furnace.power"), 150),
                new Objective.Term(tags.get("energy.furnace.gas"), 80),
                new Objective.Term(tags.get("furnace.scrap_rate"), 900)),
            tags.get("furnace.good_rate"),
            new Unit("KRW/part")));
  }

  private Manipulated loop(String name, boolean output) {
    @Nullable Tag op = output ? tags.get(name + ".op") : null;
    return new Manipulated(tags.get(name + ".sp"), tags.get(name + ".pv"), op);
  }

  Instant now() {
    return START.plusMillis((long) (plant.time() * 1000));
  }

  long nowNs() {
    return (long) (plant.time() * 1e9);
  }

  /** One step of plant time, a scan of all signals, and a tick of the agent. */
  Judgement step() {
    advance();
    agent.tick(now(), nowNs());
    Judgement judgement = judgements.latest();
    if (judgement == null) {
      throw new AssertionError("a tick gives a judgement");
    }
    return judgement;
  }

  /** The same without the agent. */
  void advance() {
    plant.step((double) STEP.toSeconds());
    List<Sample> batch = new ArrayList<>();
    double[] row = new double[tags.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = read(i);
      batch.add(Sample.number(tags.at(i), row[i], now(), now(), nowNs()));
    }
    rows.add(row);
    board.put(batch);
  }

  private double read(int index) {
    if (index < signals.size()) {
      return plant.read(signals.get(index));
    }
    return switch (index - signals.size()) {
      case 0 -> plant.electricPower();
      case 1 -> plant.gasPower();
      default -> plant.ambientTemperature();
    };
  }

  private Frame frame(
      List<Tag> wanted, Instant from, Instant to, Duration step, Duration lookBack) {
    int last = (int) (Duration.between(START, to).toMillis() / step.toMillis());
    int first =
        (int)
            Math.max(1, -Math.floorDiv(-Duration.between(START, from).toMillis(), step.toMillis()));
    int count = Math.max(0, Math.min(last, rows.size()) - first + 1);
    long[] times = new long[count];
    double[][] values = new double[count][wanted.size()];
    for (int r = 0; r < count; r++) {
      times[r] = START.toEpochMilli() + (first + r) * step.toMillis();
      for (int c = 0; c < wanted.size(); c++) {
        values[r][c] = rows.get(first + r - 1)[wanted.get(c).index()];
      }
    }
    return new Frame(wanted, times, values);
  }

  double value(String tag) {
    return read(tags.get(tag).index());
  }

  /** The last judgement after this much plant time. */
  Judgement run(double seconds) {
    Judgement last = step();
    for (double t = STEP.toSeconds(); t < seconds; t += STEP.toSeconds()) {
      last = step();
    }
    return last;
  }

  Fault fault(String id) {
    return plant.faults().stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow();
  }

  /** Turns the key to REMOTE and sets the standing recipe. */
  void recipe() {
    plant.remote(true);
    beat();
    for (int zone = 1; zone <= 4; zone++) {
      write("furnace.zone" + zone + ".sp", 860);
    }
    write("furnace.cp.sp", 0.45);
    write("furnace.belt.sp", 235);
    write("furnace.salt.sp", 332);
  }

  private int beats;

  /** The heartbeat, as the gateway writes it. */
  void beat() {
    beats = (beats + 1) % 60_000;
    write("furnace.heartbeat", beats);
  }

  boolean write(String tag, double value) {
    return plant.write(signals.get(tags.get(tag).index()), value);
  }

  /** Mean of the true objective over this much plant time; the agent ticks along. */
  double objectiveOver(double seconds) {
    double sum = 0;
    double parts = 0;
    for (double t = 0; t < seconds; t += STEP.toSeconds()) {
      step();
      beat();
      sum +=
          value("energy.furnace.power") * 150
              + value("energy.furnace.gas") * 80
              + value("furnace.scrap_rate") * 900;
      parts += value("furnace.good_rate");
    }
    return sum / parts;
  }

  /**
   * Carries a remedy out, waits, measures, undoes it when it did not help or when the product has
   * changed meanwhile; tells the agent.
   */
  Effect carryOut(Remedy remedy) {
    double product = value("furnace.product");
    double before = objectiveOver(WINDOW_SECONDS);
    for (Remedy.Move move : remedy.moves()) {
      write(move.tag().name(), move.to());
    }
    objectiveOver(SETTLE_SECONDS);
    double after = objectiveOver(WINDOW_SECONDS);
    boolean comparable = value("furnace.product") == product;
    boolean helped = comparable && after < before;
    if (!helped) {
      for (Remedy.Move move : remedy.moves()) {
        write(move.tag().name(), move.from());
      }
    }
    Effect effect =
        new Effect(
            remedy.id(), helped ? Effect.Fate.KEPT : Effect.Fate.ROLLED_BACK, now(), before, after);
    agent.effect(effect);
    return effect;
  }
}
