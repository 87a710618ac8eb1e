package io.deungdae.control.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deungdae.collector.settings.ConfigException;
import io.deungdae.control.api.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deungdae write}: proposes a setpoint to the guards of the running gateway. */
@Command(
    name = "write",
    mixinStandardHelpOptions = true,
    description = {
      "Proposes a setpoint to the running gateway, whose guards decide; there is no way past them.",
      "Without --confirm it only says what would be done.",
      "  deungdae write furnace.zone1.sp 860 --confirm --reason \"new batch\""
    })
final class WriteCommand implements Callable<Integer> {

  private static final Set<String> DONE = Set.of("ALLOWED", "LIMITED");

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private GatewayOptions gateway = new GatewayOptions();

  @Parameters(index = "0", paramLabel = "TAG", description = "the setpoint's tag")
  private String tag = "";

  @Parameters(index = "1", paramLabel = "VALUE", description = "in the tag's unit")
  private double value;

  @Option(names = "--confirm", description = "do it")
  private boolean confirm;

  @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the audit log")
  private String reason = "";

  @Override
  public Integer call() throws ConfigException, IOException, SQLException, InterruptedException {
    return gateway.ask(confirm ? Role.OPERATOR : Role.VIEWER, this::run);
  }

  private int run(GatewayClient client) throws IOException, InterruptedException {
    return confirm ? propose(client) : foresee(client);
  }

  private int foresee(GatewayClient client) throws IOException, InterruptedException {
    JsonNode info = info(client);
    JsonNode limits = info.path("write");
    PrintWriter out = spec.commandLine().getOut();
    if (!limits.isObject()) {
      spec.commandLine().getErr().println("deungdae: " + tag + " is not writable");
      return 1;
    }
    JsonNode now = info.path("latest");
    out.println(
        tag
            + " = "
            + value
            + " "
            + info.path("unit").asText()
            + "; it is "
            + now.path("value").asText()
            + " ("
            + now.path("quality").asText()
            + ")");
    out.println(
        "limits: "
            + limits.path("low").asText()
            + " … "
            + limits.path("high").asText()
            + ", "
            + limits.path("ratePerSecond").asText()
            + " a second; held for "
            + limits.path("holdMs").asLong() / 1000.0
            + " s");
    double low = limits.path("low").asDouble();
    double high = limits.path("high").asDouble();
    if (!(value >= low && value <= high)) {
      out.println("the guards will not let all of it through");
    }
    out.println("nothing was proposed; say --confirm to do it");
    return 0;
  }

  private JsonNode info(GatewayClient client) throws IOException, InterruptedException {
    return client.ask("/api/tags/" + URLEncoder.encode(tag, StandardCharsets.UTF_8));
  }

  private int propose(GatewayClient client) throws IOException, InterruptedException {
    info(client); // a gateway that is away, or does not know the tag, is not waited for
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("tag", tag).put("value", value).put("reason", reason);
    JsonNode answer = client.post("/api/setpoints", request.toString());
    boolean done = DONE.contains(answer.path("verdict").asText());
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        answer.path("verdict").asText().toLowerCase(java.util.Locale.ROOT)
            + (answer.path("guard").isTextual()
                ? " by the guard " + answer.path("guard").asText()
                : "")
            + words(answer.path("reason")));
    if (answer.path("readBack").isNumber()) {
      out.println(
          "the device holds "
              + answer.path("readBack").asText()
              + ", after "
              + answer.path("latencyMicros").asDouble() / 1000
              + " ms");
    } else if (answer.path("outcome").isTextual()) {
      out.println(answer.path("outcome").asText());
    }
    return done ? 0 : 1;
  }

  private static String words(JsonNode label) {
    String en = label.path("en").asText();
    String ko = label.path("ko").asText();
    return en.isEmpty() ? "" : ": " + en + (ko.equals(en) ? "" : " (" + ko + ")");
  }
}
