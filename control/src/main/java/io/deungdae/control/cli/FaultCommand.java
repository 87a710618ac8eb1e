package io.deungdae.control.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deungdae fault}: makes something go wrong in a running demo. */
@Command(
    name = "fault",
    mixinStandardHelpOptions = true,
    description = {
      "Starts and stops faults in the simulated plants of a running demo.",
      "  deungdae fault list",
      "  deungdae fault start heater-zone2-degraded --size 0.8",
      "  deungdae fault stop heater-zone2-degraded",
      "  deungdae fault stop-all"
    })
final class FaultCommand implements Callable<Integer> {

  @Option(names = "--folder", description = "the demo's folder (default: ${DEFAULT-VALUE})")
  private Path folder = DemoCommand.DEFAULT_FOLDER;

  @Parameters(
      arity = "1..*",
      paramLabel = "ACTION",
      description = "list, start ID, stop ID, stop-all, and their options")
  private List<String> action = List.of();

  @picocli.CommandLine.Unmatched private List<String> options = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("fault"));
    arguments.addAll(action);
    arguments.addAll(options);
    arguments.addAll(List.of("--folder", folder.resolve("plants").toString()));
    return JavaProcess.simulators(arguments).inheritIO().start().waitFor();
  }
}
