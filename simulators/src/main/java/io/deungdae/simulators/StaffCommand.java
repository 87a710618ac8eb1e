package io.deungdae.simulators;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes product and shift in a running site. */
@Command(name = "staff", description = "Changes the product, or relieves the shift.")
final class StaffCommand {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(name = "product", description = "Changes the product.")
  int product(
      @Mixin SimulatorsMain.SiteFolder site,
      @Parameters(paramLabel = "PLANT", description = "Which plant.") String plant,
      @Parameters(paramLabel = "CODE", description = "Code of the product, e.g. 2.") int code)
      throws IOException {
    return send(site, Map.of("plant", plant, "product", code));
  }

  @Command(name = "shift", description = "Another shift comes on.")
  int shift(
      @Mixin SimulatorsMain.SiteFolder site,
      @Parameters(paramLabel = "PLANT", description = "Which plant.") String plant,
      @Parameters(paramLabel = "SHIFT", description = "day, evening or night.") String shift)
      throws IOException {
    return send(site, Map.of("plant", plant, "shift", shift));
  }

  private int send(SimulatorsMain.SiteFolder site, Map<String, ?> body) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.println(site.client().post("/staff", body).toPrettyString());
    out.flush();
    return 0;
  }
}
