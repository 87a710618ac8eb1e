package io.deungdae.simulators;

import io.deungdae.simulators.plant.SharedPlant;
import io.deungdae.simulators.plant.Signal;
import io.deungdae.simulators.plant.WallClock;
import io.deungdae.simulators.scenario.Scenario;
import io.deungdae.simulators.scenario.Stage;
import io.deungdae.simulators.yaml.YamlException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs one plant without servers, as fast as it goes, and writes down what it shows and is. */
@Command(
    name = "run",
    description = "Runs one plant without servers, as fast as it goes: hours in seconds.")
final class RunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "KIND", description = "furnace, moulding, plating or melting.")
  private String kind = "";

  @Option(
      names = "--hours",
      paramLabel = "HOURS",
      defaultValue = "24",
      description = "Plant time (default: ${DEFAULT-VALUE}).")
  private double hours = 24;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description = "What is to happen; the plant is called as its kind.")
  private @Nullable Path scenario;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "File for all signals (sensor faults included), truths and sizes of faults.")
  private @Nullable Path csv;

  @Option(
      names = "--every",
      paramLabel = "S",
      defaultValue = "60",
      description = "Plant seconds between two rows (default: ${DEFAULT-VALUE}).")
  private double every = 60;

  @Override
  public Integer call() throws IOException, YamlException {
    if (!PlantKind.ids().contains(kind) || !(hours > 0) || !(every > 0)) {
      throw new ParameterException(
          spec.commandLine(),
          "KIND is one of " + PlantKind.ids() + ", --hours and --every above 0");
    }
    SharedPlant<?> plant =
        new SharedPlant<>(PlantKind.of(kind).make(seed, 300, Double.POSITIVE_INFINITY, 0), kind);
    if (scenario != null) {
      Scenario.read(scenario).plan(new Stage(Map.of(kind, plant), Map.of()));
    }
    WallClock clock = WallClock.system();
    long beganNs = clock.nanoTime();
    run(plant);
    PrintWriter out = spec.commandLine().getOut();
    plant.truth().forEach((name, value) -> out.printf(Locale.ROOT, "%-24s %.6g%n", name, value));
    out.printf(
        Locale.ROOT,
        "%s: %.0f plant-hours in %.1f s (processor time of the thread %.1f s)%n",
        kind,
        plant.time() / 3600,
        (clock.nanoTime() - beganNs) / 1e9,
        ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9);
    out.flush();
    return 0;
  }

  private void run(SharedPlant<?> plant) throws IOException {
    if (csv == null) {
      plant.step(hours * 3600);
      return;
    }
    try (BufferedWriter file = Files.newBufferedWriter(csv)) {
      file.write(head(plant));
      for (double left = hours * 3600; left > 0; left -= every) {
        plant.step(Math.min(left, every));
        file.write(row(plant));
      }
    }
  }

  private static String head(SharedPlant<?> plant) {
    List<String> cells = new ArrayList<>(List.of("time_s"));
    plant.signals().forEach(signal -> cells.add(signal.name()));
    plant.truth().keySet().forEach(name -> cells.add("truth." + name));
    plant.faults().forEach(fault -> cells.add("fault." + fault.id()));
    return String.join(",", cells) + "\n";
  }

  private static String row(SharedPlant<?> plant) {
    List<String> cells = new ArrayList<>(List.of(Double.toString(plant.time())));
    for (Signal signal : plant.signals()) {
      double value = plant.read(signal);
      cells.add(Double.isNaN(value) ? "" : Double.toString(value));
    }
    plant.truth().values().forEach(value -> cells.add(value.toString()));
    plant
        .faults()
        .forEach(
            fault ->
                cells.add(
                    plant.active().stream()
                        .filter(on -> on.id().equals(fault.id()))
                        .map(on -> Double.toString(on.now()))
                        .findFirst()
                        .orElse("0")));
    return String.join(",", cells) + "\n";
  }
}
