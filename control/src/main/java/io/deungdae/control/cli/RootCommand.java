package io.deungdae.control.cli;

import io.deungdae.collector.settings.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
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
      TagsCommand.class,
      StatusCommand.class,
      ReloadCommand.class,
      ForwardersCommand.class,
      ReadCommand.class,
      BrowseCommand.class,
      WriteCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      DemoCommand.class,
      FaultCommand.class,
      SimulatorsCommand.class,
      UserCommand.class,
      TokenCommand.class,
      AuditCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      CertificatesCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 well; 1 it could not be done; 2 wrong settings or arguments.",
      "Each command explains itself with --help."
    })
public final class RootCommand implements Runnable {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  /** Runs a command line and returns the exit code. */
  public static int execute(String... args) {
    return commandLine().execute(args);
  }

  /** The same, with what it says written elsewhere. */
  public static int execute(PrintWriter out, PrintWriter err, String... args) {
    return commandLine().setOut(out).setErr(err).execute(args);
  }

  /** The command line as {@link #execute} runs it. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new RootCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(RootCommand::report);
    return line;
  }

  private static int report(Exception error, CommandLine line, CommandLine.ParseResult parsed) {
    PrintWriter err = line.getErr();
    if (error instanceof ConfigException config) {
      err.println(config.problems().size() + " mistake(s) in the settings:");
      config.problems().forEach(problem -> err.println("  " + problem));
      return CommandLine.ExitCode.USAGE;
    }
    Throwable cause = error instanceof UncheckedIOException io ? io.getCause() : error;
    if (cause instanceof FileSystemException file) {
      err.println("deungdae: " + what(file));
    } else if (cause instanceof IOException || cause instanceof SQLException) {
      err.println("deungdae: " + cause.getMessage());
    } else {
      err.println("deungdae: this is a mistake of ours; please report it with these lines:");
      error.printStackTrace(err);
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** In Java, many of these say the file's name and nothing else. */
  private static String what(FileSystemException error) {
    String why = error.getReason();
    if (error instanceof AccessDeniedException) {
      why = "no permission";
    } else if (error instanceof NoSuchFileException) {
      why = "it is not there and cannot be made";
    } else if (error instanceof FileAlreadyExistsException) {
      why = "it is a file, not a folder";
    }
    return "cannot use " + error.getFile() + ": " + (why == null ? error.toString() : why);
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
