package io.deungdae.control.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.deungdae.collector.settings.ConfigException;
import io.deungdae.control.api.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deungdae reload}: lets a running gateway read its settings again. */
@Command(
    name = "reload",
    mixinStandardHelpOptions = true,
    description = {
      "Lets a running gateway read its settings and tag lists again. With a mistake in them",
      "nothing changes; else only the devices that are changed are stopped and started.",
      "  deungdae reload --site site.yaml --dry-run"
    })
final class ReloadCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private GatewayOptions gateway = new GatewayOptions();

  @Option(names = "--dry-run", description = "only says what would change")
  private boolean dryRun;

  @Option(
      names = "--partial",
      description = "changes what can be changed now, even when the rest needs a restart")
  private boolean partial;

  @Override
  public Integer call() throws ConfigException, IOException, SQLException, InterruptedException {
    return gateway.ask(Role.ADMIN, this::reload);
  }

  private int reload(GatewayClient client) throws IOException, InterruptedException {
    client.ask("/api/site"); // a gateway that is away is not waited for
    JsonNode answer =
        client.post(
            "/api/reload",
            JsonNodeFactory.instance
                .objectNode()
                .put("dryRun", dryRun)
                .put("partial", partial)
                .toString());
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    String outcome = answer.path("outcome").asText();
    answer.path("mistakes").forEach(mistake -> err.println("  " + mistake.asText()));
    answer.path("devices").forEach(device -> out.println(device(device)));
    answer.path("forwarders").forEach(forwarder -> out.println("forwarder " + forwarder.asText()));
    answer
        .path("refused")
        .forEach(
            refusal ->
                out.println(
                    "not now: "
                        + refusal.path("what").asText()
                        + ": "
                        + refusal.at("/why/en").asText()
                        + " ("
                        + refusal.at("/why/ko").asText()
                        + ")"));
    switch (outcome) {
      case "MISTAKES" -> {
        err.println("deungdae: " + answer.path("mistakes").size() + " mistake(s); nothing changed");
        return 2;
      }
      case "REFUSED" -> {
        err.println("deungdae: nothing changed; --partial changes what can be changed now");
        return 1;
      }
      case "PREVIEW" -> out.println("nothing changed yet");
      case "UNCHANGED" -> out.println("the settings are those in force");
      default -> out.println("in force: " + answer.path("newHash").asText());
    }
    return 0;
  }

  private static String device(JsonNode change) {
    return change.path("change").asText().toLowerCase(Locale.ROOT)
        + " "
        + change.path("device").asText()
        + (change.path("settings").asBoolean() ? ", its settings" : "")
        + count(change, "tagsAdded", "tags added")
        + count(change, "tagsRemoved", "tags removed")
        + count(change, "tagsChanged", "tags changed");
  }

  private static String count(JsonNode change, String key, String words) {
    int count = change.path(key).asInt();
    return count == 0 ? "" : ", " + count + " " + words;
  }
}
