package io.deungdae.control.cli;

import io.deungdae.collector.driver.Browser;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Range;
import io.deungdae.control.api.FoundTags;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deungdae browse}: what a device has. */
@Command(
    name = "browse",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what a device has, or writes it as a tag list; never writes to the device.",
      "  deungdae browse --device boiler",
      "  deungdae browse --device boiler --csv boiler.csv"
    })
final class BrowseCommand implements Callable<Integer> {

  private static final List<String> COLUMNS =
      List.of("path", "address", "type", "unit", "range", "write", "description");

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private DeviceOptions device = new DeviceOptions();

  @Parameters(
      arity = "0..1",
      paramLabel = "FROM",
      description = "address of the place to begin at; everything without it")
  private String from = "";

  @Option(
      names = "--most",
      paramLabel = "N",
      description = "ends after so many (default: ${DEFAULT-VALUE})")
  private int most = 10_000;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "writes a tag list instead; nothing in it is writable, and no file is replaced")
  private @Nullable Path csv;

  @Override
  public Integer call() throws ConfigException, IOException {
    DeviceSettings settings = device.read();
    List<Browser.Found> found = new ArrayList<>();
    boolean all;
    try (Browser browser = open(settings)) {
      all = browser.browse(from, Math.max(1, most), found::add);
    } catch (DeviceException e) {
      return DeviceTrouble.tell(spec.commandLine(), settings, e);
    }
    CommandLine line = spec.commandLine();
    if (csv == null) {
      TextTable.print(line.getOut(), COLUMNS, found.stream().map(BrowseCommand::row).toList());
    } else {
      int tags = FoundTags.write(csv, settings.name(), found);
      line.getOut().println(csv + ": " + tags + " tags of " + found.size() + " found");
    }
    if (!all) {
      line.getErr().println("deungdae: there is more; say --most or begin further down with FROM");
    }
    return 0;
  }

  private static List<String> row(Browser.Found found) {
    return List.of(
        String.join("/", found.path()),
        found.address(),
        found.usable() ? found.type() : "(" + found.type() + ")",
        found.unit(),
        range(found.range()),
        found.writable() ? "yes" : "",
        found.description().en());
  }

  private static String range(Range range) {
    return range.equals(Range.ALL) ? "" : range.low() + " … " + range.high();
  }

  private static Browser open(DeviceSettings settings) throws DeviceException {
    Optional<Browser> browser = settings.spec().browser(Clock.system());
    return browser.orElseThrow(
        () ->
            new DeviceException(
                DeviceException.Kind.REJECTED,
                settings.name(),
                "devices that speak " + settings.protocol() + " cannot tell what they have"));
  }
}
