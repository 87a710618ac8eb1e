package io.deungdae.control.cli;

import io.deungdae.collector.export.Format;
import io.deungdae.collector.export.HistoryDesk;
import io.deungdae.collector.export.HistoryQuery;
import io.deungdae.collector.export.NewFile;
import io.deungdae.collector.export.RowStream;
import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.store.Historian;
import io.deungdae.control.api.Role;
import io.deungdae.control.site.SiteSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code deungdae export}: history as a file. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes history into a CSV or Parquet file: one row a sample, or one column a tag.",
      "Asks the gateway that runs; where none does, it reads the history on disk itself.",
      "  deungdae export --tags 'furnace.*' --from -1d --out furnace.parquet",
      "  deungdae export --tags a,b --from 2026-11-01 --to 2026-11-02 --every 1s --out day.csv"
    })
final class ExportCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private GatewayOptions gateway = new GatewayOptions();

  @Mixin private HistoryOptions what = new HistoryOptions();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "csv, excel (csv with a byte-order mark), jsonl, parquet (default: by --out)")
  private String format = "";

  @Option(names = "--bom", description = "begins a CSV with a byte-order mark, as Excel needs")
  private boolean bom;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "file to write; it appears when it is whole")
  private Path out = Path.of("");

  @Option(names = "--replace", description = "also when the file is there already")
  private boolean replace;

  @Override
  public Integer call() throws ConfigException, IOException, SQLException, InterruptedException {
    if (Files.exists(out) && !replace) {
      throw new IOException(out + " is there already; --replace replaces it");
    }
    HistoryQuery query = query();
    return gateway.askOrOpen(
        Role.VIEWER,
        client -> fromGateway(client, query),
        (historian, settings) -> fromFolder(historian, settings, query));
  }

  private HistoryQuery query() {
    try {
      return HistoryQuery.parse(texts(), Clock.system().now());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage());
    }
  }

  private Map<String, String> texts() {
    Map<String, String> texts = what.texts();
    texts.put("format", format().name());
    return texts;
  }

  private Format format() {
    String name = out.toString().toLowerCase(Locale.ROOT);
    for (Format one : Format.values()) {
      boolean meant =
          format.isBlank()
              ? name.endsWith("." + one.ending())
              : format.equalsIgnoreCase(one.name());
      if (meant) {
        return one == Format.CSV && bom ? Format.EXCEL : one;
      }
    }
    if (!format.isBlank()) {
      throw new ParameterException(
          spec.commandLine(), "--format: allowed is csv, excel, jsonl or parquet.");
    }
    return bom ? Format.EXCEL : Format.CSV;
  }

  private int fromFolder(Historian historian, SiteSettings settings, HistoryQuery query)
      throws IOException {
    HistoryDesk desk = new HistoryDesk(historian, settings::tags);
    err("reading " + settings.historian().folder() + ", which no gateway uses");
    try {
      HistoryDesk.Plan plan = desk.plan(query);
      Progress progress = progress(plan.rows());
      try (NewFile file = new NewFile(out)) {
        long rows = desk.write(query, file.out(), progress::at);
        return finished(file, rows, plan.tags().size(), progress);
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--" + e.getMessage());
    }
  }

  private int fromGateway(GatewayClient client, HistoryQuery query)
      throws IOException, InterruptedException {
    // Times are sent as they were understood here, so that -2h means the same in both questions.
    Map<String, String> texts = texts();
    query.from().ifPresent(time -> texts.put("from", time.toString()));
    query.to().ifPresent(time -> texts.put("to", time.toString()));
    Plan plan = plan(client, texts);
    Progress progress = progress(plan.rows);
    try (InputStream in = client.stream("/api/history/rows?" + encoded(streamed(texts)));
        NewFile file = new NewFile(out)) {
      long rows =
          RowStream.read(
              in, columns -> query.format().open(file.out(), columns, query.zone()), progress::at);
      return finished(file, rows, plan.tags, progress);
    }
  }

  /** Rows come as they are; what the file will be is made here, away from the gateway. */
  private static Map<String, String> streamed(Map<String, String> texts) {
    Map<String, String> streamed = new LinkedHashMap<>(texts);
    boolean parquet = Format.PARQUET.name().equals(texts.get("format"));
    streamed.put("format", parquet ? "stream-typed" : "stream");
    return streamed;
  }

  private record Plan(long rows, int tags) {}

  private static Plan plan(GatewayClient client, Map<String, String> texts)
      throws IOException, InterruptedException {
    var answer = client.ask("/api/history/plan?" + encoded(texts));
    return new Plan(answer.path("rows").asLong(), answer.path("tags").size());
  }

  private static String encoded(Map<String, String> texts) {
    return texts.entrySet().stream()
        .map(
            entry ->
                entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private int finished(NewFile file, long rows, int tagCount, Progress progress)
      throws IOException {
    file.finish();
    progress.done();
    double seconds = progress.seconds();
    err(
        String.format(
            Locale.ROOT,
            "%s: %,d rows of %d tags, %,d bytes, %.1f s, %,.0f rows/s",
            out,
            rows,
            tagCount,
            Files.size(out),
            seconds,
            rows / Math.max(1e-3, seconds)));
    return 0;
  }

  private Progress progress(long rows) {
    return new Progress(
        spec.commandLine().getErr(), Clock.system(), Terminal.console().isPresent(), rows);
  }

  private void err(String text) {
    spec.commandLine().getErr().println(text);
    spec.commandLine().getErr().flush();
  }
}
