package io.deungdae.simulators;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
  int list(
      @Mixin SimulatorsMain.SiteFolder site,
      @Option(
              names = "--plant",
              paramLabel = "PLANT",
              defaultValue = "",
              description = "Only of this plant.")
          String plant)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    for (JsonNode fault : site.client().get("/faults")) {
      if (plant.isEmpty() || plant.equals(fault.path("plant").asText())) {
        out.printf(
            Locale.ROOT,
            "%-12s %-12s %-28s %s%n",
            size(fault),
            fault.path("plant").asText(),
            fault.path("id").asText(),
            fault.path("effect").asText());
      }
    }
    out.flush();
    return 0;
  }

  /** E.g. {@code 0.8}, or {@code 0.31 to 0.8} while it grows; empty when it is off. */
  private static String size(JsonNode fault) {
    double size = fault.path("size").asDouble();
    double goal = fault.path("goal").asDouble();
    if (goal == 0) {
      return "";
    }
    String now = String.format(Locale.ROOT, "%.3g", size);
    return size < goal ? now + " to " + goal : String.valueOf(goal);
  }

  @Command(name = "start", description = "Starts a fault.")
  int start(
      @Mixin SimulatorsMain.SiteFolder site,
      @Parameters(paramLabel = "ID", description = "Which, see list.") String id,
      @Option(
              names = "--plant",
              paramLabel = "PLANT",
              defaultValue = "",
              description = "Only in this plant.")
          String plant,
      @Option(
              names = "--size",
              paramLabel = "SIZE",
              defaultValue = "1",
              description = "From 0 to 1 (default: ${DEFAULT-VALUE}).")
          double size,
      @Option(
              names = "--slope",
              paramLabel = "SLOPE",
              description = "Growth per hour of plant time (default: at once).")
          @Nullable Double slope)
      throws IOException {
    Map<String, Object> body = new HashMap<>(Map.of("id", id, "plant", plant, "size", size));
    if (slope != null) {
      body.put("slope", slope);
    }
    return send(site, "/fault", body);
  }

  @Command(name = "stop", description = "Ends a fault.")
  int stop(
      @Mixin SimulatorsMain.SiteFolder site,
      @Parameters(paramLabel = "ID", description = "Which, see list.") String id,
      @Option(
              names = "--plant",
              paramLabel = "PLANT",
              defaultValue = "",
              description = "Only in this plant.")
          String plant)
      throws IOException {
    return send(site, "/fault", Map.of("id", id, "plant", plant, "size", 0));
  }

  @Command(name = "stop-all", description = "Ends all faults.")
  int stopAll(
      @Mixin SimulatorsMain.SiteFolder site,
      @Option(
              names = "--plant",
              paramLabel = "PLANT",
              defaultValue = "",
              description = "Only of this plant.")
          String plant)
      throws IOException {
    return send(site, "/stop-all", Map.of("plant", plant));
  }

  private int send(SimulatorsMain.SiteFolder site, String path, Map<String, ?> body)
      throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.println(site.client().post(path, body).toPrettyString());
    out.flush();
    return 0;
  }
}
