package io.deungdae.control.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts programs of the distribution in Java machines of their own. */
final class JavaProcess {

  private static final String SIMULATORS_MAIN = "io.deungdae.simulators.SimulatorsMain";
  private static final String GATEWAY_MAIN = "io.deungdae.control.DeungdaeMain";

  private JavaProcess() {}

  /** The simulated plants. */
  static ProcessBuilder simulators(List<String> arguments) {
    List<String> command =
        new ArrayList<>(List.of(java(), "-Xmx384m", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8"));
    command.addAll(List.of("-cp", home().resolve("lib/simulators") + "/*", SIMULATORS_MAIN));
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }

  /** The gateway, with the memory and the options that this program was started with. */
  static ProcessBuilder gateway(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(java()));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", home().resolve("lib/gateway") + "/*", GATEWAY_MAIN));
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }

  /** The folder of the distribution. */
  static Path home() {
    Path home = Path.of(System.getProperty("deungdae.home", ".")).toAbsolutePath().normalize();
    if (!Files.isDirectory(home.resolve("lib/gateway"))) {
      throw new IllegalStateException(
          "start the program with the launcher: " + home + " is not a distribution");
    }
    return home;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
