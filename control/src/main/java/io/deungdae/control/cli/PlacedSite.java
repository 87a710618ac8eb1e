package io.deungdae.control.cli;

import io.deungdae.collector.settings.ConfigException;
import io.deungdae.control.site.SiteSettings;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Mixin private PlaceOptions options = new PlaceOptions();

  SiteSettings read() throws ConfigException, IOException {
    SitePlace place = options.place(file);
    if (place.isUnknown()) {
      throw new ParameterException(
          spec.commandLine(), "Name a SITE: there is no site.yaml here, and no demo.");
    }
    return place.settings();
  }
}
