package io.deungdae.control.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which site a command is about, as options. */
final class NamedSite {

  @Option(
      names = "--site",
      paramLabel = "SITE",
      description = "the site's settings (default: site.yaml, else the demo)")
  private @Nullable Path site;

  @Option(
      names = {"--folder", "--data"},
      paramLabel = "DIR",
      description = "instead: the data folder of a gateway, or a demo's folder")
  private @Nullable Path folder;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "replaces a setting, as the gateway was started with; see run --help")
  private Map<String, String> set = new LinkedHashMap<>();

  SitePlace place() {
    return new SitePlace(site, folder, set);
  }

  /** What was given with {@code --set}. */
  Map<String, String> set() {
    return set;
  }
}
