package io.deungdae.control.cli;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.driver.Probe;
import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.signal.Clock;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deungdae read}: what is at an address of a device. */
@Command(
    name = "read",
    mixinStandardHelpOptions = true,
    description = {
      "Reads an address of a device by hand, on a link of its own; never writes.",
      "Without --type it shows every type and word order that fits.",
      "  deungdae read --device press-1 hr:100 --type float32",
      "  deungdae read --protocol modbus --set host=10.0.0.5 hr:100 --count 4"
    })
final class ReadCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private DeviceOptions device = new DeviceOptions();

  @Parameters(paramLabel = "ADDRESS", description = "as in a tag list, e.g. hr:100")
  private String address = "";

  @Option(names = "--type", paramLabel = "T", description = "as in a tag list, e.g. float32")
  private String type = "";

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "values one after the other (default: ${DEFAULT-VALUE})")
  private int count = 1;

  @Override
  public Integer call() throws ConfigException, IOException {
    DeviceSettings settings = device.read();
    try (Probe probe = open(settings)) {
      Probe.Reading reading = probe.read(address, type, Math.max(1, count));
      TextTable.print(spec.commandLine().getOut(), reading.columns(), reading.rows());
      return 0;
    } catch (DeviceException e) {
      return DeviceTrouble.tell(spec.commandLine(), settings, e);
    }
  }

  private static Probe open(DeviceSettings settings) throws DeviceException {
    Optional<Probe> probe = settings.spec().probe(Clock.system());
    return probe.orElseThrow(
        () ->
            new DeviceException(
                DeviceException.Kind.REJECTED,
                settings.name(),
                settings.protocol() + " has nothing that can be asked for"));
  }
}
