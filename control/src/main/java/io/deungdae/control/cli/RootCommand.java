package io.deungdae.control.cli;

import io.deungdae.collector.settings.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code deungdae}. */
@Command(
    name = "deungdae",
    header =
        "Deungdae (등대): an edge gateway that collects, understands and controls a small factory.",
    mixinStandardHelpOptions = true,
    versionProvider = RootCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      DemoCommand.class,
      FaultCommand.class,
      TokenCommand.class,
      AuditCommand.class
    },
    footer = {"", "Exit codes: 0 well, 2 wrong settings or arguments, 1 our fault."})
public final class RootCommand implements Runnable {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Runs a command line and returns the exit code. */
  public static int execute(String... args) {
    CommandLine line = new CommandLine(new RootCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(RootCommand::report);
    return line.execute(args);
  }

  private static int report(Exception error, CommandLine line, CommandLine.ParseResult parsed) {
    PrintWriter err = line.getErr();
    if (error instanceof ConfigException config) {
      err.println(config.problems().size() + " mistake(s) in the settings:");
      config.problems().forEach(problem -> err.println("  " + problem));
      return CommandLine.ExitCode.USAGE;
    }
    if (error instanceof IOException || error instanceof UncheckedIOException) {
      err.println("deungdae: " + error.getMessage());
    } else {
      error.printStackTrace(err);
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name a command.");
  }

  /** The version that the build wrote down. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Deungdae " + current()};
    }

    static String current() {
      Properties properties = new Properties();
      try (InputStream in = RootCommand.class.getResourceAsStream("/deungdae.properties")) {
        if (in != null) {
          properties.load(in);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return properties.getProperty("version", "unknown");
    }
  }
}
