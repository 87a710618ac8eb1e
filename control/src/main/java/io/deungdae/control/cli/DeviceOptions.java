package io.deungdae.control.cli;

import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.Section;
import io.deungdae.collector.settings.SettingsFile;
import io.deungdae.control.site.SiteSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which device to look at: one of a site, or one that no settings know yet. */
final class DeviceOptions {

  /** Name of a device that no settings know. */
  static final String UNNAMED = "device";

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private NamedSite site = new NamedSite();

  @Option(names = "--device", paramLabel = "NAME", description = "a device of the site")
  private @Nullable String device;

  @Option(
      names = "--protocol",
      paramLabel = "P",
      description =
          "without a site: speak this protocol; --set then gives settings of its section, e.g."
              + " host=10.0.0.5")
  private @Nullable String protocol;

  DeviceSettings read() throws ConfigException, IOException {
    if ((device == null) == (protocol == null)) {
      throw wrong("Name either --device (of --site) or --protocol.");
    }
    return protocol == null ? ofSite(String.valueOf(device)) : unnamed(protocol);
  }

  private DeviceSettings ofSite(String name) throws ConfigException, IOException {
    SiteSettings settings = site.place().settings();
    List<DeviceSettings> devices = settings.devices();
    return devices.stream()
        .filter(d -> d.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    settings.file()
                        + " has no device "
                        + name
                        + "; it has "
                        + devices.stream()
                            .map(DeviceSettings::name)
                            .collect(Collectors.joining(", "))));
  }

  private DeviceSettings unnamed(String name) throws ConfigException {
    if (SiteSettings.PROTOCOLS.stream().noneMatch(p -> p.name().equals(name))) {
      throw wrong(
          "There is no protocol "
              + name
              + "; there are "
              + SiteSettings.PROTOCOLS.stream()
                  .map(p -> p.name())
                  .collect(Collectors.joining(", ")));
    }
    Map<String, String> full = new LinkedHashMap<>();
    site.set()
        .forEach((key, value) -> full.put("devices." + UNNAMED + "." + name + "." + key, value));
    Overrides overrides = new Overrides(full);
    Problems problems = new Problems();
    String yaml = "devices: [{name: " + UNNAMED + ", protocol: " + name + "}]\n";
    Section root =
        SettingsFile.parse(yaml, Path.of("command-line").toAbsolutePath(), overrides, problems);
    root.dataFolder(Path.of(System.getProperty("user.home", "."), ".deungdae"));
    List<DeviceSettings> devices = DeviceSettings.readAll(root, SiteSettings.PROTOCOLS, List.of());
    overrides.reportUnused(problems);
    problems.throwIfAny();
    return devices.get(0);
  }

  private ParameterException wrong(String text) {
    CommandLine line = spec.commandLine();
    return new ParameterException(line, text);
  }
}
