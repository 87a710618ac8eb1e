package io.deungdae.control.cli;

import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.settings.Section;
import io.deungdae.collector.settings.TagImport;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Tag;
import io.deungdae.control.site.SiteSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deungdae tags}: tag lists between the gateway and a spreadsheet. */
@Command(
    name = "tags",
    mixinStandardHelpOptions = true,
    description = "Imports, exports and lists tags. Opens no connection.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {TagsCommand.Import.class, TagsCommand.Export.class, TagsCommand.Show.class})
final class TagsCommand implements Runnable {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Name one of import, export, list.");
  }

  /** {@code deungdae tags import}. */
  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description = {
        "Merges a tag list into another. Shows what would change: + new, ~ different, column by"
            + " column, - not in the new list.",
        "Nothing is written without --apply; then the whole list is, or nothing, and a copy of the"
            + " old one is kept beside it."
      })
  static final class Import implements Callable<Integer> {

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NEW.csv", description = "the list with what is new; any columns")
    private Path update = Path.of("");

    @Option(
        names = "--into",
        required = true,
        paramLabel = "TAGS.csv",
        description = "the list to change; made when missing")
    private Path into = Path.of("");

    @Option(names = "--apply", description = "writes it")
    private boolean apply;

    @Option(names = "--prune", description = "takes out the tags that the new list lacks")
    private boolean prune;

    @Override
    public Integer call() throws ConfigException, IOException {
      PrintWriter out = spec.commandLine().getOut();
      TagImport merge = TagImport.of(update, into, prune);
      merge.preview().forEach(out::println);
      out.println(summary(merge));
      if (merge.changesNothing(prune)) {
        out.println("Nothing to do.");
      } else if (apply) {
        Optional<Path> backup = merge.apply(Clock.system().now());
        out.println("Written: " + into + backup.map(copy -> "; before: " + copy).orElse(""));
        out.println("Check the site before it is started: deungdae check SITE");
      } else {
        out.println("Nothing was written; --apply writes.");
      }
      return 0;
    }

    private String summary(TagImport merge) {
      return merge.added()
          + " new, "
          + merge.changed()
          + " different, "
          + merge.unchanged()
          + " the same, "
          + merge.missing()
          + " not in the new list"
          + (merge.missing() == 0 ? "" : prune ? " (taken out)" : " (kept)");
    }
  }

  /** How a list for a spreadsheet is encoded. */
  enum Encoding {
    /** UTF-8 with a byte-order mark, without which Excel takes it for something else. */
    UTF8(StandardCharsets.UTF_8),
    /** The encoding of Korean Windows. */
    CP949(Charset.forName("x-windows-949"));

    private final Charset charset;

    Encoding(Charset charset) {
      this.charset = charset;
    }
  }

  /** {@code deungdae tags export}. */
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description =
          "Writes all tags of a site into one list for a spreadsheet, templates written out.")
  static final class Export implements Callable<Integer> {

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec spec;

    @Mixin private PlacedSite site = new PlacedSite();

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "file to write")
    private Path to = Path.of("");

    @Option(
        names = "--encoding",
        description = "utf8 (with a byte-order mark, as Excel needs) or cp949; default: utf8")
    private Encoding encoding = Encoding.UTF8;

    @Override
    public Integer call() throws ConfigException, IOException {
      int count = TagImport.export(site.read().tagLists(), to, encoding.charset);
      spec.commandLine().getOut().println(count + " tags written to " + to);
      return 0;
    }
  }

  /** {@code deungdae tags list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the tags of a site.")
  static final class Show implements Callable<Integer> {

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec spec;

    @Mixin private PlacedSite site = new PlacedSite();

    @Option(
        names = "--prefix",
        paramLabel = "TEXT",
        description = "only tags whose name or place begins with this")
    private String prefix = "";

    @Override
    public Integer call() throws ConfigException, IOException {
      PrintWriter out = spec.commandLine().getOut();
      SiteSettings settings = site.read();
      List<Tag> tags =
          settings.tags().all().stream()
              .filter(tag -> tag.name().startsWith(prefix) || tag.path().startsWith(prefix))
              .toList();
      for (Tag tag : tags) {
        out.println(
            String.join(
                "\t",
                tag.pathName(),
                tag.device(),
                Section.show(tag.kind()),
                tag.unit().symbol(),
                tag.writable() ? "writable" : "",
                tag.group(),
                tag.description().en()));
      }
      out.println(tags.size() + " tags");
      return 0;
    }
  }
}
