package io.deungdae.control.cli;

import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.control.site.SiteSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which settings to read. */
final class SiteOptions {

  @Parameters(paramLabel = "SITE", description = "the site's settings, e.g. site.yaml")
  private Path file = Path.of("site.yaml");

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "replaces a setting of the file, e.g. devices.press-1.modbus.port=1502")
  private Map<String, String> set = new LinkedHashMap<>();

  SiteSettings read() throws ConfigException {
    return SiteSettings.read(file, new Overrides(set));
  }
}
