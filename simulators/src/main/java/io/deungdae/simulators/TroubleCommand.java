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

/** Makes servers of a running site misbehave. */
@Command(name = "trouble", description = "Makes servers misbehave, and lists what they can do.")
final class TroubleCommand {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(name = "list", description = "Lists all servers, their troubles, and what they can do.")
  int list(@Mixin SimulatorsMain.SiteFolder site) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    for (JsonNode server : site.client().get("/servers")) {
      StringBuilder can = new StringBuilder();
      server.path("can").forEach(one -> can.append(' ').append(one.asText()));
      out.printf(
          Locale.ROOT,
          "%-20s %-7s %5d  on: %s  can:%s%n",
          server.path("name").asText(),
          server.path("protocol").asText(),
          server.path("port").asInt(),
          server.path("troubles"),
          can);
    }
    out.flush();
    return 0;
  }

  @Command(name = "start", description = "Starts a trouble.")
  int start(
      @Mixin SimulatorsMain.SiteFolder site,
      @Parameters(paramLabel = "SERVER", description = "Which, see list.") String server,
      @Parameters(paramLabel = "TROUBLE", description = "What, see list.") String trouble,
      @Option(
              names = "--size",
              paramLabel = "SIZE",
              description = "Seconds of slow and clock-skew, code of exception.")
          @Nullable Double size)
      throws IOException {
    Map<String, Object> body = new HashMap<>(Map.of("server", server, "trouble", trouble));
    if (size != null) {
      body.put("size", size);
    }
    return send(site, body);
  }

  @Command(name = "stop", description = "Ends a trouble, or with none all of a server.")
  int stop(
      @Mixin SimulatorsMain.SiteFolder site,
      @Parameters(paramLabel = "SERVER", description = "Which, see list.") String server,
      @Parameters(
              paramLabel = "TROUBLE",
              arity = "0..1",
              defaultValue = "none",
              description = "Which; all when left out.")
          String trouble)
      throws IOException {
    return send(site, Map.of("server", server, "trouble", trouble, "on", false));
  }

  private int send(SimulatorsMain.SiteFolder site, Map<String, ?> body) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.println(site.client().post("/trouble", body).toPrettyString());
    out.flush();
    return 0;
  }
}
