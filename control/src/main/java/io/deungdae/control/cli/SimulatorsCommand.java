package io.deungdae.control.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code deungdae simulators}: the simulated plants' own command line, in a process of its own. */
@Command(
    name = "simulators",
    description = {
      "Simulated plants behind real protocol servers; see docs/simulators.md.",
      "  deungdae simulators --help",
      "  deungdae simulators serve --site config/example/simulators.yaml",
      "  deungdae simulators run plating --hours 100 --csv plating.csv"
    })
final class SimulatorsCommand implements Callable<Integer> {

  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return JavaProcess.simulators(arguments()).inheritIO().start().waitFor();
  }

  /** What the simulators' own command line is given. */
  List<String> arguments() {
    return arguments.isEmpty() ? List.of("--help") : arguments;
  }
}
