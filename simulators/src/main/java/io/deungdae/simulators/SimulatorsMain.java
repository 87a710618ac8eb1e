package io.deungdae.simulators;

import io.deungdae.simulators.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The simulators' command line. Exit codes: 0 done, 1 failed, 2 used wrongly. */
@Command(
    name = "simulators",
    description = "Simulated plants behind real protocol servers.",
    subcommands = {
      ServeCommand.class,
      FaultCommand.class,
      OperatorCommand.class,
      SimulatorsMain.Truth.class,
      TroubleCommand.class,
      SensorCommand.class,
      StaffCommand.class,
      RunCommand.class,
      SimulatorsMain.Study.class,
      SimulatorsMain.Tags.class
    })
public final class SimulatorsMain {

  private SimulatorsMain() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String[] args) {
    // A library brings a logback.xml of its own; ours has another name, whatever comes first.
    System.setProperty("logback.configurationFile", "logback-simulators.xml");
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.exit(commandLine().execute(args));
  }

  /** The command line, for tests too. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new SimulatorsMain());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          boolean missing = failure instanceof NoSuchFileException;
          String what = (missing ? "there is no file " : "") + failure.getMessage();
          command.getErr().println("simulators: " + what);
          return missing || failure instanceof YamlException ? 2 : 1;
        });
    addHelp(line);
    return line;
  }

  /** Every command tells its options. */
  private static void addHelp(CommandLine line) {
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this help and ends.")
                .build());
    line.getSubcommands().values().forEach(SimulatorsMain::addHelp);
  }

  /** Where the running site is. */
  static final class SiteFolder {

    @Option(
        names = "--folder",
        paramLabel = "DIR",
        defaultValue = "data/simulators",
        description = "Folder of the running site (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("data/simulators");

    ControlClient client() throws IOException {
      return new ControlClient(folder);
    }
  }

  /** Prints what is true. */
  @Command(name = "truth", description = "Prints what is true in each plant, and its faults.")
  static final class Truth implements Callable<Integer> {

    @Mixin private SiteFolder site = new SiteFolder();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
      spec.commandLine().getOut().println(site.client().get("/truth").toPrettyString());
      return 0;
    }
  }

  /** Prints the tables of a plant's documentation. */
  @Command(
      name = "study",
      description = "Searches optimum and remedies of a plant and prints the tables (minutes).")
  static final class Study implements Callable<Integer> {

    @Spec private CommandSpec spec = CommandSpec.create();

    @CommandLine.Parameters(
        paramLabel = "KIND",
        defaultValue = "furnace",
        description = "furnace, moulding, plating or melting (default: ${DEFAULT-VALUE}).")
    private String kind = "furnace";

    @Option(
        names = "--pictures",
        paramLabel = "DIR",
        description = "Draws the step responses into this folder instead, as SVG.")
    private @Nullable Path pictures;

    @Option(
        names = "--grid",
        paramLabel = "N",
        description =
            "Puts the optimum found by descent beside that of a grid over four setpoints with so"
                + " many values of each, 2 to 20, and prints both (minutes).")
    private @Nullable Integer grid;

    @Override
    public Integer call() throws IOException {
      if (!PlantKind.ids().contains(kind)) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "KIND is one of " + PlantKind.ids());
      }
      if (grid != null && !(grid >= 2 && grid <= 20)) {
        throw new CommandLine.ParameterException(spec.commandLine(), "--grid is from 2 to 20");
      }
      if (grid != null) {
        PlantKind.of(kind).grid(spec.commandLine().getOut(), grid);
      } else if (pictures == null) {
        PlantKind.of(kind).study(spec.commandLine().getOut());
      } else {
        Files.createDirectories(pictures);
        PlantKind.of(kind).draw(pictures);
      }
      return 0;
    }
  }

  /** Writes the tag lists. */
  @Command(name = "tags", description = "Writes the demo site's tag lists, furnace and energy.")
  static final class Tags implements Callable<Integer> {

    @CommandLine.Parameters(description = "Folder they are written to.")
    private Path folder = Path.of(".");

    @Override
    public Integer call() throws IOException {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("furnace.csv"), TagLists.furnace());
      Files.writeString(folder.resolve("energy.csv"), TagLists.energy());
      return 0;
    }
  }
}
