package io.deungdae.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts and ends faults in a running site. */
@Command(name = "fault", description = "Lists, starts and ends faults.")
final class FaultCommand {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(name = "list", description = "Lists all faults; those that are on with their size.")
  int list(@Mixin SimulatorsMain.SiteFolder site) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    for (JsonNode fault : site.client().get("/faults")) {
      double size = fault.path("size").asDouble();
      out.printf(
          Locale.ROOT,
          "%-5s %-9s %-28s %s%n",
          size > 0 ? size : "",
          fault.path("plant").asText(),
          fault.path("id").asText(),
          fault.path("effect").asText());
    }
    out.flush();
    return 0;
  }

  @Command(name = "start", description = "Starts a fault.")
  int start(
      @Mixin SimulatorsMain.SiteFolder site,
      @Parameters(paramLabel = "ID", description = "Which, see list.") String id,
      @Option(names = "--plant", defaultValue = "", description = "Only in this plant.")
          String plant,
      @Option(
              names = "--size",
              defaultValue = "1",
              description = "From 0 to 1 (default: ${DEFAULT-VALUE}).")
          double size)
      throws IOException {
    return send(site, "/fault", Map.of("id", id, "plant", plant, "size", size));
  }

  @Command(name = "stop", description = "Ends a fault.")
  int stop(
      @Mixin SimulatorsMain.SiteFolder site,
      @Parameters(paramLabel = "ID", description = "Which, see list.") String id,
      @Option(names = "--plant", defaultValue = "", description = "Only in this plant.")
          String plant)
      throws IOException {
    return send(site, "/fault", Map.of("id", id, "plant", plant, "size", 0));
  }

  @Command(name = "stop-all", description = "Ends all faults.")
  int stopAll(@Mixin SimulatorsMain.SiteFolder site) throws IOException {
    return send(site, "/stop-all", new HashMap<>());
  }

  private int send(SimulatorsMain.SiteFolder site, String path, Map<String, ?> body)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.println(site.client().post(path, body).toPrettyString());
    out.flush();
    return 0;
  }
}
