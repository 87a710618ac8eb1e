package io.deungdae.simulators;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes sensors of a running site lie. */
@Command(
    name = "sensor",
    description = "Makes a sensor lie to all who read it over a wire, or repairs it.")
final class SensorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SimulatorsMain.SiteFolder site = new SimulatorsMain.SiteFolder();

  @Parameters(index = "0", paramLabel = "PLANT", description = "Which plant.")
  private String plant = "";

  @Parameters(index = "1", paramLabel = "SIGNAL", description = "Which signal, e.g. zone2.pv.")
  private String signal = "";

  @Parameters(index = "2", paramLabel = "IS", description = "frozen, offset, lost or sound.")
  private String is = "sound";

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      defaultValue = "0",
      description = "Offset, in the signal's unit.")
  private double size;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Object> body = Map.of("plant", plant, "signal", signal, "is", is, "size", size);
    out.println(site.client().post("/sensor", body).toPrettyString());
    out.flush();
    return 0;
  }
}
