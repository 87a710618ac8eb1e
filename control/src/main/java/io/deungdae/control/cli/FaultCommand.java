package io.deungdae.control.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deungdae fault}: makes something go wrong in simulated plants. */
@Command(
    name = "fault",
    mixinStandardHelpOptions = true,
    description = {
      "Starts and stops faults in the simulated plants of a running demo, or of a site.",
      "  deungdae fault list --plant furnace",
      "  deungdae fault start heater-zone2-degraded --size 0.8",
      "  deungdae fault start belt-slip --slope 0.5 --folder data/simulators",
      "  deungdae fault stop heater-zone2-degraded",
      "  deungdae fault stop-all"
    })
final class FaultCommand implements Callable<Integer> {

  @Option(
      names = "--folder",
      description = "the demo's folder, or the simulators' (default: ${DEFAULT-VALUE})")
  private Path folder = DemoCommand.DEFAULT_FOLDER;

  @Parameters(
      arity = "1..2",
      paramLabel = "ACTION",
      description = "list, start ID, stop ID, stop-all")
  private List<String> action = List.of();

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      description = "how bad, from 0 to 1 (with start; default: 1)")
  private @Nullable String size;

  @Option(
      names = "--slope",
      paramLabel = "SLOPE",
      description = "growth per hour of plant time up to the size (with start; default: at once)")
  private @Nullable String slope;

  @Option(names = "--plant", paramLabel = "PLANT", description = "only in this plant, e.g. furnace")
  private @Nullable String plant;

  @Override
  public Integer call() throws IOException, InterruptedException {
    return JavaProcess.simulators(arguments()).inheritIO().start().waitFor();
  }

  /** What the simulators' own command line is given. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of("fault"));
    arguments.addAll(action);
    option(arguments, "--size", size);
    option(arguments, "--slope", slope);
    option(arguments, "--plant", plant);
    boolean site = Files.exists(folder.resolve("ready.json"));
    arguments.addAll(List.of("--folder", (site ? folder : folder.resolve("plants")).toString()));
    return arguments;
  }

  private static void option(List<String> arguments, String name, @Nullable String value) {
    if (value != null) {
      arguments.addAll(List.of(name, value));
    }
  }
}
