package io.deungdae.control.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which part of history, and in which shape: the parameters of the question over REST. */
final class HistoryOptions {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--tags",
      required = true,
      paramLabel = "NAMES",
      description = "names or patterns with * and ?, separated by commas")
  private String tags = "";

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "2026-11-23, 2026-11-23T15:00, with offset, or -2h (default: the beginning)")
  private String from = "";

  @Option(names = "--to", paramLabel = "TIME", description = "just behind (default: the end)")
  private String to = "";

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "of times without an offset, and of those written (default: Asia/Seoul)")
  private String zone = "";

  @Option(names = "--long", description = "one row a sample, with quality and both times (default)")
  private boolean longShape;

  @Option(names = "--wide", description = "one column a tag (default with --every or --leading)")
  private boolean wide;

  @Option(
      names = "--every",
      paramLabel = "LENGTH",
      description = "distance of the rows of a wide table (default: 1s)")
  private String every = "";

  @Option(
      names = "--leading",
      paramLabel = "TAG",
      description = "a wide table has a row where this tag has a sample")
  private String leading = "";

  @Option(
      names = "--fill",
      paramLabel = "HOW",
      description = "between samples: last (good value, default) or linear")
  private String fill = "";

  @Option(
      names = "--reach",
      paramLabel = "LENGTH",
      description = "how old a value may be in a wide table, how far a line leads (default: 1h)")
  private String reach = "";

  /** The question's parameters, those that were given. */
  Map<String, String> texts() {
    if (longShape && wide) {
      throw new ParameterException(spec.commandLine(), "--long or --wide, not both.");
    }
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("tags", tags);
    texts.put("from", from);
    texts.put("to", to);
    texts.put("zone", zone);
    texts.put("shape", longShape ? "long" : wide ? "wide" : "");
    texts.put("every", every);
    texts.put("leading", leading);
    texts.put("fill", fill);
    texts.put("reach", reach);
    texts.values().removeIf(String::isBlank);
    return texts;
  }
}
