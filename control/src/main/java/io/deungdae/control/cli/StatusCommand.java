package io.deungdae.control.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deungdae.collector.settings.ConfigException;
import io.deungdae.control.api.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deungdae status}: how a running gateway is doing. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows how a running gateway is doing: devices, history, forwarders, units, alarms.",
      "Exit code 0 when all is well, 1 when something is wrong or the gateway does not answer.",
      "  deungdae status --site site.yaml --watch",
      "  deungdae status --url http://gateway:8420 --token-file token --json"
    })
final class StatusCommand implements Callable<Integer> {

  private static final long EVERY_MS = 2_000;
  private static final String CLEAR = "\u001B[H\u001B[2J";

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private GatewayOptions gateway = new GatewayOptions();

  @Option(names = "--watch", description = "shows it again every 2 s, until Ctrl-C")
  private boolean watch;

  @Option(names = "--json", description = "as JSON, for programs")
  private boolean json;

  @Override
  public Integer call() throws ConfigException, IOException, SQLException, InterruptedException {
    return gateway.ask(Role.VIEWER, this::show);
  }

  private int show(GatewayClient client) throws IOException, InterruptedException {
    int code = once(client);
    while (watch) {
      Thread.sleep(EVERY_MS);
      code = once(client);
    }
    return code;
  }

  private int once(GatewayClient client) throws IOException, InterruptedException {
    JsonNode site = client.ask("/api/site");
    StatusReport report =
        new StatusReport(
            site,
            client.ask("/api/devices"),
            client.ask("/api/storage"),
            client.ask("/api/units"),
            client.ask("/api/alarms"));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode all = report.json();
      out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all));
    } else {
      out.print(watch ? CLEAR : "");
      report.print(out);
    }
    out.flush();
    return report.troubles().isEmpty() ? 0 : 1;
  }
}
