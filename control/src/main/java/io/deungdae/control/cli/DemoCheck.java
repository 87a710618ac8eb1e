package io.deungdae.control.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.deungdae.collector.signal.Clock;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Follows the demo through its stages and says what it sees, from outside: over REST, like anybody.
 * Each stage has a time limit; a stage that does not come is named, and the check then fails.
 */
final class DemoCheck {

  private static final String UNIT = "furnace";
  private static final String FAULT = "heater-zone2-degraded";

  /** Share of what the fault costs that control has to win back. */
  private static final double RECOVERED = 0.5;

  private static final int SETTLE_SECONDS = 18;
  private static final int WINDOW_SECONDS = 10;
  private static final long SECOND = 1_000_000_000L;

  private final GatewayClient gateway;
  private final DemoPlants plants;
  private final PrintWriter out;
  private final Clock clock = Clock.system();
  private final long startNs = clock.nanoTime();
  private final String mark;
  private boolean complete = true;

  DemoCheck(GatewayClient gateway, DemoPlants plants, String mark, PrintWriter out) {
    this.gateway = gateway;
    this.plants = plants;
    this.mark = mark;
    this.out = out;
  }

  /** Goes through all stages; 0 when each was seen, else 1. */
  int check() throws IOException, InterruptedException {
    collected();
    trained();
    engaged();
    controlled();
    operatorIsGuarded();
    delivered();
    out.printf(
        "%s%n", complete ? "demo: every stage was seen" : "demo: something is missing, see above");
    out.flush();
    return complete ? 0 : 1;
  }

  /**
   * Tells the story to a person until the gateway stops; with {@code fault}, something goes wrong
   * once by itself.
   */
  int show(GatewayKeeper running, boolean fault) throws IOException, InterruptedException {
    collected();
    trained();
    engaged();
    if (fault) {
      controlled();
    }
    return running.waitFor();
  }

  // ---- stages

  private void collected() throws IOException, InterruptedException {
    Optional<JsonNode> devices =
        await(
            40,
            () -> {
              JsonNode all = gateway.get("/api/devices");
              for (JsonNode device : all) {
                if (device.path("samples").asLong() < 100) {
                  return Optional.empty();
                }
              }
              return all.isEmpty() ? Optional.empty() : Optional.of(all);
            });
    if (devices.isEmpty()) {
      missing("collection", "not every device delivered 100 samples within 40 s");
      return;
    }
    List<String> counts = new ArrayList<>();
    devices
        .get()
        .forEach(d -> counts.add(d.path("protocol").asText() + " " + d.path("samples").asLong()));
    seen("collection", "samples: " + String.join(", ", counts));
    long rows = gateway.get("/api/samples/count").path("rows").asLong();
    if (rows > 0) {
      seen("historian", rows + " rows on disk");
    } else {
      missing("historian", "no rows");
    }
  }

  private void trained() throws IOException, InterruptedException {
    Optional<JsonNode> ready =
        await(
            200,
            () ->
                Optional.of(unit())
                    .filter(
                        u ->
                            !List.of("LEARNING", "BLIND")
                                .contains(u.at("/insight/state").asText())));
    if (ready.isEmpty()) {
      missing(
          "model",
          "not trained within 200 s, "
              + percent(unit().at("/insight/progress").asDouble())
              + " of the data is there");
      return;
    }
    JsonNode card = gateway.get("/api/units/" + UNIT + "/model");
    seen(
        "model",
        card.path("id").asText()
            + " trained on "
            + card.path("rows").asLong()
            + " rows; "
            + scores(card.path("scores")));
  }

  /**
   * How well the models predict rows they have not seen, and how many outputs a net predicts better
   * than a linear model.
   */
  private static String scores(JsonNode scores) {
    List<Double> unseen = new ArrayList<>();
    int nets = 0;
    for (Map.Entry<String, JsonNode> score : scores.properties()) {
      if (score.getKey().startsWith("r2.held-out.")) {
        unseen.add(score.getValue().asDouble());
      }
      nets += score.getKey().startsWith("net.") && score.getValue().asDouble() > 0 ? 1 : 0;
    }
    unseen.sort(null);
    String r2 =
        unseen.isEmpty()
            ? "no score on unseen rows"
            : "R² on unseen rows: median "
                + number(unseen.get(unseen.size() / 2))
                + " of "
                + unseen.size()
                + " outputs, worst "
                + number(unseen.get(0))
                + ", best "
                + number(unseen.get(unseen.size() - 1));
    return r2
        + "; the net is used for "
        + nets
        + " of them; autoencoder's validation loss "
        + number(scores.path("watch.validation-loss").asDouble(Double.NaN));
  }

  /**
   * Takes the unit up to SUPERVISED, as an engineer would once the model is there; the plant's
   * operator then turns the key to REMOTE.
   */
  private void engaged() throws IOException, InterruptedException {
    ask("SUPERVISED");
    Optional<JsonNode> engaged =
        await(60, () -> Optional.of(unit()).filter(u -> inForce(u, "SUPERVISED")));
    if (engaged.isPresent()) {
      seen("handshake", "PLC in REMOTE, its watchdog sees the heartbeat, mode in force SUPERVISED");
    } else {
      missing("handshake", standing());
    }
  }

  private void ask(String mode) throws IOException, InterruptedException {
    say("ladder", "asking for " + mode + ", as an engineer would now");
    gateway.post("/api/units/" + UNIT + "/mode", "{\"mode\":\"" + mode + "\"}");
  }

  private static boolean inForce(JsonNode unit, String mode) {
    return unit.at("/handshake/complete").asBoolean()
        && unit.path("modeInForce").asText().equals(mode);
  }

  private String standing() throws IOException, InterruptedException {
    JsonNode unit = unit();
    return "mode in force is "
        + unit.path("modeInForce").asText()
        + ": "
        + unit.at("/modeReason/en").asText()
        + "; "
        + unit.path("phase").asText()
        + ": "
        + unit.at("/phaseReason/en").asText();
  }

  /**
   * Something goes wrong. What it costs is measured while the unit is SUPERVISED and nobody
   * approves anything; then the unit is taken to AUTONOMOUS and has to win back what it can by
   * itself.
   */
  private void controlled() throws IOException, InterruptedException {
    pause(SETTLE_SECONDS);
    if (await(30, () -> Optional.of(unit()).filter(u -> u.at("/insight/anomaly").isNull()))
        .isEmpty()) {
      say(
          "false",
          "an anomaly is open although nothing is wrong: "
              + unit().at("/insight/anomaly/causes/0/fault").asText());
    }
    double before = objective(WINDOW_SECONDS);
    long faultMs = clock.now().toEpochMilli();
    plants.startFault(FAULT, 1.0);
    say(
        "fault",
        FAULT
            + " started; objective before "
            + number(before)
            + " "
            + unit().at("/insight/objectiveUnit").asText());
    Optional<JsonNode> detected =
        await(
            60,
            () ->
                Optional.of(unit())
                    .filter(
                        u ->
                            u.at("/insight/anomaly/causes/0/fault").asText().equals(FAULT)
                                && u.at("/insight/anomaly").isObject()));
    if (detected.isEmpty()) {
      missing(
          "detection",
          "no anomaly that names it first within 60 s; open: "
              + unit().at("/insight/anomaly/causes/0/fault").asText("none"));
      return;
    }
    long detectedMs = detected.get().at("/insight/anomaly/detectedMs").asLong();
    seen(
        "detection",
        "after "
            + number((detectedMs - faultMs) / 1000.0)
            + " s, score "
            + number(detected.get().at("/insight/score").asDouble())
            + " (1 is the threshold)");
    pause(SETTLE_SECONDS + 2 * WINDOW_SECONDS);
    double during = objective(WINDOW_SECONDS);
    say("loss", "with nobody acting the objective goes to " + number(during));
    long askedMs = clock.now().toEpochMilli();
    ask("AUTONOMOUS");
    Optional<JsonNode> decision = await(120, () -> decision(askedMs));
    if (decision.isEmpty()) {
      missing("decision", "no decision about the fault was completed within 120 s; " + standing());
      return;
    }
    judged(decision.get());
    effect(decision.get(), before, during, askedMs);
    plants.stopFault(FAULT);
  }

  private void pause(int seconds) throws InterruptedException {
    Thread.sleep(seconds * 1000L);
  }

  /** A decision about the anomaly that was carried out and kept after the moment. */
  private Optional<JsonNode> decision(long sinceMs) throws IOException, InterruptedException {
    for (JsonNode decision : gateway.get("/api/decisions?limit=20")) {
      boolean ours =
          decision.path("unit").asText().equals(UNIT) && decision.path("anomaly").isObject();
      if (ours
          && decision.path("endedMs").asLong() >= sinceMs
          && decision.path("state").asText().equals("KEPT")) {
        return Optional.of(decision);
      }
    }
    return Optional.empty();
  }

  private void judged(JsonNode decision) {
    JsonNode cause = decision.at("/anomaly/causes/0");
    String named =
        cause.path("fault").asText()
            + " with confidence "
            + percent(cause.path("confidence").asDouble());
    if (cause.path("fault").asText().equals(FAULT)) {
      seen("cause", named);
    } else {
      missing("cause", "named " + named + ", it is " + FAULT);
    }
    int confirmed = 0;
    double worst = 0;
    for (JsonNode write : decision.path("writes")) {
      if (write.path("outcome").asText().equals("CONFIRMED")) {
        confirmed++;
        worst = Math.max(worst, write.path("latencyMicros").asDouble());
      }
    }
    if (confirmed > 0) {
      seen(
          "setpoints",
          confirmed
              + " writes confirmed by read-back, the slowest after "
              + number(worst / 1000)
              + " ms; moves: "
              + moves(decision));
    } else {
      missing(
          "setpoints", "no write of decision " + decision.path("id").asText() + " was confirmed");
    }
  }

  private static String moves(JsonNode decision) {
    List<String> moves = new ArrayList<>();
    decision
        .at("/remedy/moves")
        .forEach(
            m ->
                moves.add(
                    m.path("tag").asText()
                        + " "
                        + number(m.path("from").asDouble())
                        + " to "
                        + number(m.path("to").asDouble())));
    return String.join(", ", moves);
  }

  private void effect(JsonNode decision, double before, double during, long askedMs)
      throws IOException, InterruptedException {
    double enough = during - RECOVERED * (during - before);
    boolean done = holds(60, () -> objective(WINDOW_SECONDS) <= enough);
    double after = objective(WINDOW_SECONDS);
    double recovered = (during - after) / (during - before);
    String text =
        "objective before / during / after "
            + number(before)
            + " / "
            + number(during)
            + " / "
            + number(after)
            + ": "
            + percent(recovered)
            + " of the loss won back within "
            + number((clock.now().toEpochMilli() - askedMs) / 1000.0)
            + " s; decision "
            + decision.path("id").asText()
            + " "
            + decision.path("state").asText()
            + " by its own verification";
    if (done && during > before && recovered >= RECOVERED) {
      seen("effect", text);
    } else {
      missing(
          "effect",
          text + "; a loss, and at least " + percent(RECOVERED) + " of it won back, is expected");
    }
  }

  private void operatorIsGuarded() throws IOException, InterruptedException {
    JsonNode answer =
        gateway.post(
            "/api/setpoints", "{\"tag\":\"furnace.zone1.pv\",\"value\":870,\"reason\":\"demo\"}");
    String text =
        "a proposal for a measured value was "
            + answer.path("verdict").asText()
            + ": "
            + answer.at("/reason/en").asText();
    if (answer.path("verdict").asText().equals("REFUSED") && answer.path("written").isNull()) {
      seen("guards", text);
    } else {
      missing("guards", text);
    }
  }

  private void delivered() throws IOException, InterruptedException {
    Optional<JsonNode> delivery =
        await(
            60,
            () ->
                Optional.of(gateway.get("/api/storage").path("kamp"))
                    .filter(k -> k.path("rows").asLong() > 0));
    if (delivery.isPresent()) {
      JsonNode d = delivery.get();
      seen(
          "delivery",
          "data set "
              + d.path("dataset").asText()
              + ": "
              + d.path("rows").asLong()
              + " rows, "
              + d.path("bytes").asLong()
              + " bytes, sha-256 "
              + d.path("sha256").asText());
    } else {
      missing(
          "delivery",
          "no data set was uploaded within 60 s: "
              + gateway.get("/api/storage").at("/kamp/lastError").asText("no word"));
    }
  }

  // ---- inner parts

  private JsonNode unit() throws IOException, InterruptedException {
    return gateway.get("/api/units/" + UNIT);
  }

  /** Mean of the objective over the last seconds, as the gateway recorded it. */
  private double objective(int seconds) throws IOException, InterruptedException {
    long nowMs = clock.now().toEpochMilli();
    JsonNode trend =
        gateway.get(
            "/api/tags/"
                + UNIT
                + ".objective/trend?points=500&from="
                + (nowMs - seconds * 1000L)
                + "&to="
                + nowMs);
    double sum = 0;
    int count = 0;
    for (JsonNode value : trend.path("values")) {
      if (value.isNumber()) {
        sum += value.asDouble();
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  private interface Probe {
    Optional<JsonNode> look() throws IOException, InterruptedException;
  }

  private Optional<JsonNode> await(int seconds, Probe probe)
      throws IOException, InterruptedException {
    long deadlineNs = clock.nanoTime() + seconds * SECOND;
    while (true) {
      Optional<JsonNode> found = probe.look();
      if (found.isPresent() || clock.nanoTime() - deadlineNs > 0) {
        return found;
      }
      Thread.sleep(250);
    }
  }

  private interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  private boolean holds(int seconds, Condition condition) throws IOException, InterruptedException {
    long deadlineNs = clock.nanoTime() + seconds * SECOND;
    while (!condition.holds()) {
      if (clock.nanoTime() - deadlineNs > 0) {
        return false;
      }
      Thread.sleep(1000);
    }
    return true;
  }

  private void seen(String stage, String text) {
    line(mark, stage, text);
  }

  private void missing(String stage, String text) {
    complete = false;
    line(mark.isEmpty() ? "" : "MISS ", stage, text);
  }

  private void say(String stage, String text) {
    line(mark.isEmpty() ? "" : "     ", stage, text);
  }

  private void line(String prefix, String stage, String text) {
    out.printf(
        Locale.ROOT,
        "%s%6.1f s  %-10s %s%n",
        prefix,
        (clock.nanoTime() - startNs) / 1e9,
        stage,
        text);
    out.flush();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.1f" : "%.3g", value);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
