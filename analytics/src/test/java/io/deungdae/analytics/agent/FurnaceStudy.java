package io.deungdae.analytics.agent;

import io.deungdae.analytics.Effect;
import io.deungdae.analytics.Judgement;
import io.deungdae.analytics.Judgement.Cause;
import io.deungdae.analytics.Remedy;
import io.deungdae.simulators.plant.Fault;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Scores detection, diagnosis and remedy on the simulated furnace, each fault at several sizes,
 * each trial with a seed of its own. Prints a table. Takes minutes; run by hand.
 */
public final class FurnaceStudy {

  static final String SETTINGS =
      """
      step: 12s
      lags: [1min, 4min, 12min]
      smoothing: 24s
      objectiveWindow: 15min
      lookBack: 1min
      train: {after: 2h, window: 24h, every: 30d, seed: 7, load: 1}
      quality:
        scrap: furnace.scrap_rate
        good: furnace.good_rate
        measures:
          - {tag: furnace.hardness, low: 44.5, high: 49.5}
          - {tag: furnace.distortion, high: 0.32}
      faults: FAULTS
      """;

  /** Added to every seed; choices were made at 0. */
  private static final int SEEDS = Integer.getInteger("seeds", 0);

  private static final double HOUR = 3600;
  private final PrintStream out;
  private final Path models;
  private final String settings;

  private FurnaceStudy(PrintStream out, Path models, String settings) {
    this.out = out;
    this.models = models;
    this.settings = settings;
  }

  /** Runs; arguments: the fault library, hours of training, sizes of the faults. */
  public static void main(String[] args) throws IOException {
    Path models = Files.createTempDirectory("study");
    String settings = SETTINGS.replace("FAULTS", Path.of(args[0]).toAbsolutePath().toString());
    settings = settings.replace("seed: 7", "seed: 7, net: " + !Boolean.getBoolean("linear"));
    double hours = Double.parseDouble(args[1]);
    settings = settings.replace("after: 2h", "after: " + (int) (hours * 60) + "min");
    FurnaceStudy study = new FurnaceStudy(System.out, models, settings);
    study.learn(hours);
    if (args.length > 2) {
      study.falseAlarms(11 + SEEDS, 12);
      for (int i = 2; i < args.length; i++) {
        study.faults(Double.parseDouble(args[i]));
      }
    }
  }

  /** Settings that adopt what was learnt and never train anew, not even for an unknown product. */
  private String neverAgain() {
    return settings.replaceFirst("after: [0-9a-z]+, window: 24h", "after: 300d, window: 301d");
  }

  private void learn(double hours) throws IOException {
    FurnaceSite site = new FurnaceSite(1 + SEEDS, models, settings);
    long from = System.nanoTime();
    Judgement last = site.run((hours + 0.3) * HOUR);
    out.printf(
        Locale.ROOT,
        "trained %s state=%s in %.1f s%n",
        last.modelId(),
        last.state(),
        (System.nanoTime() - from) / 1e9);
    try {
      new io.deungdae.analytics.registry.ModelRegistry(models)
          .card(last.modelId()).scores().entrySet().stream()
              .sorted(java.util.Map.Entry.comparingByKey())
              .forEach(e -> out.printf(Locale.ROOT, "  %-45s %.4f%n", e.getKey(), e.getValue()));
    } catch (io.deungdae.analytics.registry.ModelRefusedException e) {
      out.println(e);
    }
  }

  private void falseAlarms(int seed, double hours) throws IOException {
    for (boolean remote : new boolean[] {false, true}) {
      FurnaceSite site = new FurnaceSite(seed, models, neverAgain());
      site.run(0.5 * HOUR);
      if (remote) {
        site.recipe();
      }
      int opened = 0;
      int rows = 0;
      int above = 0;
      int open = 0;
      int outside = 0;
      double largest = 0;
      boolean was = false;
      for (double t = 0; t < hours * HOUR; t += FurnaceSite.STEP.toSeconds()) {
        Judgement j = site.step();
        if (remote) {
          site.beat();
        }
        rows++;
        above += j.score() > 1 ? 1 : 0;
        largest = Math.max(largest, j.score());
        open += j.anomaly() != null ? 1 : 0;
        outside += j.state() != Judgement.State.READY ? 1 : 0;
        if (j.anomaly() != null && !was) {
          opened++;
          out.printf(
              Locale.ROOT,
              "    false alarm at %.2f h product=%.0f score=%.2f %s %s%n",
              t / HOUR,
              site.value("furnace.product"),
              j.score(),
              describe(j),
              j.anomaly().contributions().stream()
                  .limit(4)
                  .map(c -> c.tag() + String.format(Locale.ROOT, "%+.1f", c.deviation()))
                  .toList());
        }
        was = j.anomaly() != null;
      }
      out.printf(
          Locale.ROOT,
          "normal %s %.0f h: above %.2f %%, open %.2f %%, opened %d, not ready %.1f %%, largest"
              + " %.2f%n",
          remote ? "REMOTE" : "LOCAL",
          hours,
          100.0 * above / rows,
          100.0 * open / rows,
          opened,
          100.0 * outside / rows,
          largest);
    }
  }

  private void faults(double size) throws IOException {
    int seed = 100 + SEEDS;
    double delays = 0;
    int found = 0;
    int right = 0;
    int count = 0;
    int cheaper = 0;
    int dearer = 0;
    int remedied = 0;
    FurnaceSite names = new FurnaceSite(1, models, settings);
    for (Fault fault : names.plant.faults()) {
      seed++;
      count++;
      Trial trial = trial(fault.id(), size, seed);
      delays += trial.delay >= 0 ? trial.delay : 0;
      found += trial.delay >= 0 ? 1 : 0;
      right += trial.right ? 1 : 0;
      double share = 1 - trial.remedied / trial.faulty;
      if (trial.kept + trial.undone > 0) {
        cheaper += share > 0.01 ? 1 : 0;
        dearer += share < -0.01 ? 1 : 0;
        remedied++;
      }
      out.printf(
          Locale.ROOT,
          "%.2f %-26s delay %5.1f min  %s  cost sound %.1f, faulty %.1f,"
              + " remedied %.1f (%+.0f %%; %d kept,"
              + " %d undone)  %s%n",
          size,
          fault.id(),
          trial.delay / 60,
          trial.right ? "right" : "WRONG",
          trial.normal,
          trial.faulty,
          trial.remedied,
          -100 * share,
          trial.kept,
          trial.undone,
          trial.words);
    }
    out.printf(
        Locale.ROOT,
        "size %.2f: found %d/%d, mean delay %.1f min, right cause %d/%d; of %d with remedies %d"
            + " ended cheaper than without, %d dearer%n",
        size,
        found,
        count,
        delays / Math.max(1, found) / 60,
        right,
        count,
        remedied,
        cheaper,
        dearer);
  }

  private static final class Trial {
    double delay = -1;
    boolean right;
    double normal;
    double faulty;
    double remedied;
    int kept;
    int undone;
    String words = "";
  }

  private Trial trial(String id, double size, int seed) throws IOException {
    Trial trial = new Trial();
    FurnaceSite site = prepared(seed);
    site.plant.start(site.fault(id), size);
    double began = site.plant.time();
    Judgement judgement = await(site, 2 * HOUR);
    if (judgement != null) {
      trial.delay = site.plant.time() - began;
      site.objectiveOver(900);
      judgement = site.step();
      trial.words = describe(judgement);
      trial.right = !trial.words.isEmpty() && trial.words.startsWith(id);
      remedies(site, trial);
    }
    double spent = site.plant.time() - began;
    trial.remedied = site.objectiveOver(HOUR);
    trial.faulty = twin(seed, id, size, spent);
    trial.normal = twin(seed, "", 0, spent);
    return trial;
  }

  private FurnaceSite prepared(int seed) throws IOException {
    FurnaceSite site = new FurnaceSite(seed, models, neverAgain());
    site.run(0.5 * HOUR);
    site.recipe();
    site.objectiveOver(0.75 * HOUR);
    return site;
  }

  private double twin(int seed, String id, double size, double spent) throws IOException {
    FurnaceSite site = prepared(seed);
    if (!id.isEmpty()) {
      site.plant.start(site.fault(id), size);
    }
    for (double t = 0; t < spent; t += FurnaceSite.STEP.toSeconds()) {
      site.advance();
      site.beat();
    }
    return site.objectiveOver(HOUR);
  }

  private static @Nullable Judgement await(FurnaceSite site, double seconds) {
    for (double t = 0; t < seconds; t += FurnaceSite.STEP.toSeconds()) {
      Judgement judgement = site.step();
      site.beat();
      if (judgement.anomaly() != null) {
        return judgement;
      }
    }
    return null;
  }

  private void remedies(FurnaceSite site, Trial trial) {
    for (int i = 0; i < 6; i++) {
      Remedy remedy = next(site, 1.2 * HOUR);
      if (remedy == null) {
        return;
      }
      Effect effect = site.carryOut(remedy);
      trial.kept += effect.fate() == Effect.Fate.KEPT ? 1 : 0;
      trial.undone += effect.fate() == Effect.Fate.ROLLED_BACK ? 1 : 0;
      if (Boolean.getBoolean("moves")) {
        out.printf(
            Locale.ROOT,
            "    %s measured %.2f -> %.2f %s; %s%n",
            effect.fate(),
            effect.before(),
            effect.after(),
            remedy.rationale().en(),
            remedy.activeConstraints());
      }
    }
  }

  private static @Nullable Remedy next(FurnaceSite site, double seconds) {
    for (double t = 0; t < seconds; t += FurnaceSite.STEP.toSeconds()) {
      Judgement judgement = site.step();
      site.beat();
      Remedy remedy = judgement.remedy();
      if (remedy != null && !remedy.fault().equals(RemedyDesk.OPTIMISE)) {
        return remedy;
      }
    }
    return null;
  }

  private static String describe(Judgement judgement) {
    if (judgement.anomaly() == null) {
      return "";
    }
    StringBuilder words = new StringBuilder();
    for (Cause cause :
        judgement.anomaly().causes().subList(0, Math.min(3, judgement.anomaly().causes().size()))) {
      words.append(String.format(Locale.ROOT, "%s %.2f; ", cause.fault(), cause.confidence()));
    }
    judgement.anomaly().contributions().stream()
        .limit(Integer.getInteger("shown", 0))
        .forEach(c -> words.append(String.format(Locale.ROOT, " %s%+.1f", c.tag(), c.deviation())));
    return words.toString();
  }
}
