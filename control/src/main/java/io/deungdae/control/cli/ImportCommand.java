package io.deungdae.control.cli;

import io.deungdae.collector.export.Column;
import io.deungdae.collector.export.CsvTable;
import io.deungdae.collector.export.HistoryQuery;
import io.deungdae.collector.past.HistoryFile;
import io.deungdae.collector.past.PastIntake;
import io.deungdae.collector.past.PastSink;
import io.deungdae.collector.past.Reject;
import io.deungdae.collector.past.TagShape;
import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.signal.Clock;
import io.deungdae.control.api.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deungdae import}: the past from elsewhere. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Brings in what other systems have kept.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = ImportCommand.History.class)
final class ImportCommand implements Runnable {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name what to import: history.");
  }

  /** {@code deungdae import history}. */
  @Command(
      name = "history",
      mixinStandardHelpOptions = true,
      description = {
        "Imports a machine's old log or an export of another system, a CSV file, into the history.",
        "Shows first how it understands the file; imports with --yes or a --map. May be repeated:"
            + " what is there already is left out.",
        "Values are in the tags' units; nothing is scaled. Times are in --zone where they have no"
            + " offset.",
        "  deungdae import history log.csv --dry-run",
        "  deungdae import history log.csv --write-map log.yaml",
        "  deungdae import history log.csv --map log.yaml",
        "Exit code 0 when all was imported, 1 when some was not, 2 when nothing was confirmed or"
            + " the mapping is wrong."
      })
  static final class History implements Callable<Integer> {

    private static final int MOST_MAPPINGS = 60;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec spec;

    @Mixin private GatewayOptions gateway = new GatewayOptions();

    @Parameters(paramLabel = "FILE.csv", description = "UTF-8, UTF-16 or cp949")
    private Path file = Path.of("");

    @Option(names = "--map", paramLabel = "FILE", description = "how it is to be read; YAML")
    private @Nullable Path map;

    @Option(
        names = "--write-map",
        paramLabel = "FILE",
        description = "writes the mapping that was guessed, to be corrected, and imports nothing")
    private @Nullable Path writeMap;

    @Option(names = "--yes", description = "imports as guessed")
    private boolean yes;

    @Option(names = "--dry-run", description = "reads all of it, stores nothing")
    private boolean dryRun;

    @Option(
        names = "--zone",
        paramLabel = "ZONE",
        description = "of times without an offset (default: Asia/Seoul)")
    private String zone = HistoryQuery.USUAL_ZONE.getId();

    @Option(names = "--any-range", description = "takes values outside a tag's range too")
    private boolean anyRange;

    @Option(
        names = "--rejects",
        paramLabel = "FILE",
        description = "where lines go that cannot be imported (default: FILE.csv.rejects.csv)")
    private @Nullable Path rejects;

    @Option(
        names = "--show",
        paramLabel = "N",
        description = "how many of them are shown (default: ${DEFAULT-VALUE})")
    private int show = 20;

    @Override
    public Integer call() throws ConfigException, IOException, SQLException, InterruptedException {
      if (!Files.isReadable(file)) {
        throw new ParameterException(spec.commandLine(), file + " cannot be read.");
      }
      try {
        return gateway.askOrOpen(
            Role.ENGINEER,
            client -> with(GatewayPast.tags(client), new GatewayPast(client)),
            (historian, settings) ->
                with(
                    settings.tags().all().stream().map(TagShape::of).toList(),
                    new PastIntake(
                        historian,
                        settings::tags,
                        () -> settings.historian().retention(),
                        Clock.system())));
      } catch (WrongMapping e) {
        throw e.why;
      }
    }

    private static final class WrongMapping extends RuntimeException {
      private static final long serialVersionUID = 1L;
      private final ConfigException why;

      WrongMapping(ConfigException why) {
        super(why);
        this.why = why;
      }
    }

    private int with(List<TagShape> tags, PastSink sink) throws IOException {
      HistoryFile past = open(tags);
      if (anyRange) {
        past.takeAnyRange();
      }
      if (writeMap != null) {
        Files.write(writeMap, past.mapping());
        say("Written: " + writeMap + ". Look it over, then: import history FILE --map " + writeMap);
        return 0;
      }
      preview(past);
      if (past.tagCount() == 0) {
        say("Nothing in it means a tag. Write a mapping: --write-map FILE.yaml");
        return CommandLine.ExitCode.USAGE;
      }
      if (!dryRun && map == null && !yes && !confirmed()) {
        say(
            "Nothing was imported. Confirm with --yes, or write the mapping with --write-map"
                + " FILE.");
        return CommandLine.ExitCode.USAGE;
      }
      return run(past, dryRun ? null : sink);
    }

    private HistoryFile open(List<TagShape> tags) throws IOException {
      try {
        return HistoryFile.open(file, map, ZoneId.of(zone), tags);
      } catch (ConfigException e) {
        throw new WrongMapping(e);
      } catch (DateTimeException e) {
        throw new ParameterException(
            spec.commandLine(), "--zone: allowed is a time zone, e.g. Asia/Seoul, UTC, +09:00", e);
      }
    }

    private void preview(HistoryFile past) throws IOException {
      say(file + " is read like this:");
      past.mapping().stream().limit(MOST_MAPPINGS).forEach(line -> say("  " + line));
      List<String> unknown = past.unknown();
      if (!unknown.isEmpty()) {
        say("Left out:");
        unknown.stream().limit(MOST_MAPPINGS).forEach(line -> say("  " + line));
      }
      say("Its first rows:");
      past.preview().forEach(line -> say("  " + line));
    }

    private static boolean confirmed() {
      return Terminal.console()
          .map(console -> String.valueOf(console.readLine("Import it? [y/N] ")))
          .filter(answer -> answer.strip().equalsIgnoreCase("y"))
          .isPresent();
    }

    private int run(HistoryFile past, @Nullable PastSink sink) throws IOException {
      Path rejectFile =
          rejects == null ? file.resolveSibling(file.getFileName() + ".rejects.csv") : rejects;
      Progress progress =
          new Progress(
              spec.commandLine().getErr(), Clock.system(), Terminal.console().isPresent(), 0);
      HistoryFile.Report report;
      try (RejectFile into = new RejectFile(rejectFile)) {
        report =
            past.run(
                sink,
                (reject, raw) -> {
                  if (into.add(reject, raw) <= show) {
                    say("  " + reject);
                  }
                },
                so -> progress.at(so.rows()));
      }
      progress.done();
      tell(report, progress.seconds(), rejectFile);
      return report.rejected() == 0 ? 0 : CommandLine.ExitCode.SOFTWARE;
    }

    private void tell(HistoryFile.Report report, double seconds, Path rejectFile) {
      say(
          String.format(
              Locale.ROOT,
              "%,d rows with %,d values, %s to %s, in %.1f s (%,.0f values/s)",
              report.rows(),
              report.values(),
              report.from().map(Object::toString).orElse("-"),
              report.to().map(Object::toString).orElse("-"),
              seconds,
              report.values() / Math.max(1e-3, seconds)));
      say(
          String.format(
              Locale.ROOT,
              "empty cells %,d, words for no value %,d, rejected %,d%s",
              report.empty(),
              report.ignored(),
              report.rejected(),
              report.rejected() == 0 ? "" : " (all of them in " + rejectFile + ")"));
      say(
          dryRun
              ? "Nothing was stored: --dry-run."
              : String.format(
                  Locale.ROOT,
                  "stored %,d, known already %,d; of the stored %,d stand beside another value of"
                      + " the same time, and count",
                  report.stored(),
                  report.known(),
                  report.differing()));
    }

    private void say(String text) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(text);
      out.flush();
    }
  }

  /** Lines that could not be imported, for a spreadsheet; there is no file while there are none. */
  private static final class RejectFile implements AutoCloseable {

    private static final List<Column> COLUMNS =
        List.of(
            new Column("line", Column.Type.WHOLE),
            new Column("column", Column.Type.TEXT),
            new Column("found", Column.Type.TEXT),
            new Column("expected", Column.Type.TEXT),
            new Column("text", Column.Type.TEXT));

    private final Path file;
    private @Nullable CsvTable table;
    private long count;

    RejectFile(Path file) {
      this.file = file;
    }

    /** Adds one and says how many there are. */
    long add(Reject reject, String raw) throws IOException {
      CsvTable open = table;
      if (open == null) {
        open =
            new CsvTable(
                Files.newOutputStream(file), COLUMNS, HistoryQuery.USUAL_ZONE, CsvTable.Mark.BOM);
        table = open;
      }
      open.add(
          new @Nullable Object[] {
            reject.line(), reject.column(), reject.found(), reject.expected(), raw
          });
      return ++count;
    }

    @Override
    public void close() throws IOException {
      if (table != null) {
        table.close();
      }
    }
  }
}
