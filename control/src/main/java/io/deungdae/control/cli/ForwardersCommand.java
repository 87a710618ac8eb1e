package io.deungdae.control.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.deungdae.collector.settings.ConfigException;
import io.deungdae.control.api.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code deungdae forwarders}: what leaves the gateway, and what receivers refused. */
@Command(
    name = "forwarders",
    mixinStandardHelpOptions = true,
    subcommands = {
      ForwardersCommand.Refused.class,
      ForwardersCommand.Resend.class,
      ForwardersCommand.Drop.class
    },
    description = {
      "Shows how a running gateway's forwarders are doing; with a word after it, deals with the",
      "rows that a receiver refused.",
      "  deungdae forwarders --site site.yaml",
      "  deungdae forwarders refused plant-influx --site site.yaml",
      "  deungdae forwarders resend plant-influx --site site.yaml"
    })
final class ForwardersCommand implements Callable<Integer> {

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private GatewayOptions gateway = new GatewayOptions();

  @Override
  public Integer call() throws ConfigException, IOException, SQLException, InterruptedException {
    return gateway.ask(Role.VIEWER, this::show);
  }

  private int show(GatewayClient client) throws IOException, InterruptedException {
    List<List<String>> rows = new ArrayList<>();
    boolean well = true;
    for (JsonNode one : client.ask("/api/storage").path("forwarders")) {
      well &= !one.path("lastError").isTextual();
      rows.add(
          List.of(
              one.path("name").asText(),
              one.path("sent").asText(),
              one.path("lagRows").asText(),
              one.path("lagSeconds").asText(),
              one.path("liveLagSeconds").asText(),
              one.path("backlogRows").asText(),
              one.path("deadLetters").asText(),
              one.path("failures").asText(),
              one.path("lastError").isTextual() ? one.path("lastError").asText() : ""));
    }
    PrintWriter out = spec.commandLine().getOut();
    TextTable.print(
        out,
        List.of(
            "forwarder",
            "sent",
            "to go",
            "oldest s",
            "newest s",
            "backlog",
            "refused",
            "failures",
            "error"),
        rows);
    out.flush();
    return well ? 0 : 1;
  }

  private static String path(String name, String word) {
    return "/api/forwarders/" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "/" + word;
  }

  /** {@code deungdae forwarders refused}: lists them. */
  @Command(
      name = "refused",
      mixinStandardHelpOptions = true,
      description = "Lists the newest rows that a receiver refused, with the reasons.")
  static final class Refused implements Callable<Integer> {

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec spec;

    @Mixin private GatewayOptions gateway = new GatewayOptions();

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Parameters(paramLabel = "NAME", description = "the forwarder")
    private String name;

    @Option(names = "--most", description = "most rows (default: ${DEFAULT-VALUE})")
    private int most = 100;

    @Override
    public Integer call() throws ConfigException, IOException, SQLException, InterruptedException {
      return gateway.ask(Role.ENGINEER, this::show);
    }

    private int show(GatewayClient client) throws IOException, InterruptedException {
      List<List<String>> rows = new ArrayList<>();
      for (JsonNode row : client.ask(path(name, "refused") + "?most=" + most)) {
        rows.add(
            List.of(
                row.path("seq").asText(),
                row.path("tag").asText(),
                Instant.ofEpochMilli(row.path("atMs").asLong()).toString(),
                row.path("value").asText(),
                row.path("quality").asText(),
                row.path("reason").asText()));
      }
      PrintWriter out = spec.commandLine().getOut();
      TextTable.print(out, List.of("seq", "tag", "time", "value", "quality", "reason"), rows);
      out.flush();
      return 0;
    }
  }

  /** What is to be done with the rows that one receiver refused. */
  static final class Disposal {

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin private GatewayOptions gateway = new GatewayOptions();

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Parameters(paramLabel = "NAME", description = "the forwarder")
    private String name;

    int post(String word, String done)
        throws ConfigException, IOException, SQLException, InterruptedException {
      return gateway.ask(
          Role.ADMIN,
          client -> {
            JsonNode answer = client.post(path(name, word), "{}");
            PrintWriter out = spec.commandLine().getOut();
            out.println(answer.path("rows").asLong() + " rows " + done);
            out.flush();
            return 0;
          });
    }
  }

  /** {@code deungdae forwarders resend}: sends them again. */
  @Command(
      name = "resend",
      mixinStandardHelpOptions = true,
      description = "Sends the rows that a receiver refused again; those refused again come back.")
  static final class Resend implements Callable<Integer> {

    @Mixin private Disposal refused = new Disposal();

    @Override
    public Integer call() throws ConfigException, IOException, SQLException, InterruptedException {
      return refused.post("resend", "sent again");
    }
  }

  /** {@code deungdae forwarders drop}: forgets them. */
  @Command(
      name = "drop",
      mixinStandardHelpOptions = true,
      description = "Forgets the rows that a receiver refused; the history keeps them.")
  static final class Drop implements Callable<Integer> {

    @Mixin private Disposal refused = new Disposal();

    @Override
    public Integer call() throws ConfigException, IOException, SQLException, InterruptedException {
      return refused.post("drop", "dropped");
    }
  }
}
