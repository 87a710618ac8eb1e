package io.deungdae.control.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What may be said of a site, however it is named: a folder in its place, settings replaced. */
final class PlaceOptions {

  @Option(
      names = {"--folder", "--data"},
      paramLabel = "DIR",
      description = "instead: the data folder of a gateway, or a demo's folder")
  private @Nullable Path folder;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "replaces a setting, as the gateway was started with, e.g."
              + " devices.press-1.modbus.port=1502; see run --help")
  private Map<String, String> set = new LinkedHashMap<>();

  /** The place of the site with these settings, or of the one that stands there. */
  SitePlace place(@Nullable Path site) {
    return new SitePlace(site, folder, set);
  }

  /** What was given with {@code --set}. */
  Map<String, String> set() {
    return set;
  }
}
