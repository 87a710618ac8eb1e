package io.deungdae.control.cli;

import io.deungdae.collector.settings.ConfigException;
import io.deungdae.control.site.SiteSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which site a command is about, as its argument; a gateway's folder may stand in its place. */
final class PlacedSite {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "SITE",
      description = "the site's settings (default: site.yaml, else the demo)")
  private @Nullable Path file;

  @Option(
      names = {"--folder", "--data"},
      paramLabel = "DIR",
      description = "instead: the data folder of a gateway, or a demo's folder")
  private @Nullable Path folder;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "replaces a setting of the file, e.g. devices.press-1.modbus.port=1502")
  private Map<String, String> set = new LinkedHashMap<>();

  SiteSettings read() throws ConfigException, IOException {
    SitePlace place = new SitePlace(file, folder, set);
    if (place.isUnknown()) {
      throw new ParameterException(
          spec.commandLine(), "Name a SITE: there is no site.yaml here, and no demo.");
    }
    return place.settings();
  }
}
