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

/** Turns key switches in a running site. */
@Command(name = "operator", description = "Turns the key switch to remote or to local.")
final class OperatorCommand implements Callable<Integer> {

  /** Positions of the key. */
  enum Key {
    /** Setpoints come over the wire. */
    remote,
    /** Setpoints come from the panel. */
    local
  }

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private SimulatorsMain.SiteFolder site = new SimulatorsMain.SiteFolder();

  @Parameters(paramLabel = "KEY", description = "${COMPLETION-CANDIDATES}")
  private Key key = Key.local;

  @Option(
      names = "--plant",
      paramLabel = "PLANT",
      defaultValue = "",
      description = "Only of this plant.")
  private String plant = "";

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Object> body = Map.of("plant", plant, "remote", key == Key.remote);
    out.println(site.client().post("/operator", body).toPrettyString());
    out.flush();
    return 0;
  }
}
