package io.deungdae.control.cli;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which site a command is about, as options. */
final class NamedSite {

  @Option(
      names = "--site",
      paramLabel = "SITE",
      description = "the site's settings (default: site.yaml, else the demo)")
  private @Nullable Path site;

  @Mixin private PlaceOptions options = new PlaceOptions();

  SitePlace place() {
    return options.place(site);
  }

  /** What was given with {@code --set}. */
  Map<String, String> set() {
    return options.set();
  }
}
