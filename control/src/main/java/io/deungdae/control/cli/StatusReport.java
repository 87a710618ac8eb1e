package io.deungdae.control.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a gateway says of itself, for people and for scripts. */
record StatusReport(
    JsonNode site, JsonNode devices, JsonNode storage, JsonNode units, JsonNode alarms) {

  private static final List<String> DEVICE_COLUMNS =
      List.of(
          "device",
          "protocol",
          "state",
          "samples/s",
          "bad",
          "errors",
          "overruns",
          "round trip",
          "p99",
          "oldest",
          "last error");

  /** All that is wrong, in words; empty when nothing is. */
  List<String> troubles() {
    List<String> troubles = new ArrayList<>();
    for (JsonNode device : devices) {
      if (!device.path("state").asText().equals("UP")) {
        troubles.add("device " + device.path("name").asText() + " is " + lower(device, "state"));
      }
    }
    if (storage.path("lastError").isTextual()) {
      troubles.add("history: " + storage.path("lastError").asText());
    }
    for (JsonNode forwarder : storage.path("forwarders")) {
      if (forwarder.path("lastError").isTextual()) {
        troubles.add("forwarder " + forwarder.path("name").asText() + " fails");
      }
    }
    if (storage.path("kamp").path("lastError").isTextual()) {
      troubles.add("deliveries to KAMP fail");
    }
    int open = alarms.size();
    if (open > 0) {
      troubles.add(open + (open == 1 ? " alarm needs" : " alarms need") + " attention");
    }
    return troubles;
  }

  /** All of it, with {@code well} and {@code troubles}. */
  ObjectNode json() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.put("well", troubles().isEmpty());
    troubles().forEach(all.putArray("troubles")::add);
    all.set("site", site);
    all.set("devices", devices);
    all.set("storage", storage);
    all.set("units", units);
    all.set("alarms", alarms);
    return all;
  }

  /** For a terminal. */
  void print(PrintWriter out) {
    long up = (site.path("nowMs").asLong() - site.path("startedMs").asLong()) / 1000;
    out.println(
        site.path("name").asText()
            + " ("
            + site.at("/title/ko").asText()
            + ")  version "
            + site.path("version").asText()
            + (site.path("simulated").asBoolean() ? "  simulated" : "")
            + "  up "
            + duration(up * 1000.0));
    out.println();
    printDevices(out);
    printStorage(out);
    printUnits(out);
    printAlarms(out);
    List<String> troubles = troubles();
    out.println(troubles.isEmpty() ? "well" : "not well: " + String.join("; ", troubles));
  }

  private void printDevices(PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode device : devices) {
      rows.add(
          List.of(
              device.path("name").asText(),
              device.path("protocol").asText(),
              lower(device, "state"),
              number("%.1f", device.path("samplesPerSecond").asDouble()),
              device.path("badSamples").asText(),
              errors(device),
              device.path("overruns").asText(),
              millis(device.path("roundTripMicros").asLong()),
              millis(device.path("roundTripP99Micros").asLong()),
              device.path("oldestMs").asLong() < 0
                  ? "-"
                  : duration(device.path("oldestMs").asDouble()),
              device.path("lastError").isTextual() ? device.path("lastError").asText() : ""));
    }
    TextTable.print(out, DEVICE_COLUMNS, rows);
    out.println();
  }

  private static String errors(JsonNode device) {
    String kinds =
        device.path("failures").properties().stream()
            .filter(kind -> kind.getValue().asLong() > 0)
            .map(kind -> kind.getKey().toLowerCase(Locale.ROOT) + " " + kind.getValue().asLong())
            .collect(Collectors.joining(", "));
    return device.path("errors").asText() + (kinds.isEmpty() ? "" : " (" + kinds + ")");
  }

  private void printStorage(PrintWriter out) {
    out.println(
        "history    "
            + storage.path("rows").asLong()
            + " rows, "
            + storage.path("queue").asLong()
            + " waiting, "
            + (storage.path("diskBytes").asLong() >> 20)
            + " MiB"
            + failure(storage));
    for (JsonNode forwarder : storage.path("forwarders")) {
      out.println(
          "forwarder  "
              + forwarder.path("name").asText()
              + ": "
              + forwarder.path("sent").asLong()
              + " sent, "
              + forwarder.path("lagRows").asLong()
              + " to go, "
              + number("%.1f s behind", forwarder.path("lagSeconds").asDouble())
              + backlog(forwarder)
              + failure(forwarder));
    }
    if (storage.path("kamp").isObject()) {
      out.println(
          "KAMP       " + storage.at("/kamp/dataset").asText() + failure(storage.path("kamp")));
    }
    out.println();
  }

  private static String backlog(JsonNode forwarder) {
    long rows = forwarder.path("backlogRows").asLong();
    long aside = forwarder.path("deadLetters").asLong();
    return (rows == 0
            ? ""
            : number(", newest %.1f s behind", forwarder.path("liveLagSeconds").asDouble()))
        + (aside == 0 ? "" : ", " + aside + " refused rows set aside");
  }

  private void printUnits(PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode unit : units) {
      rows.add(
          List.of(
              unit.path("name").asText(),
              lower(unit, "modeInForce"),
              lower(unit, "modeAsked"),
              lower(unit, "phase"),
              lower(unit.path("insight"), "state"),
              unit.at("/modeReason/en").asText()));
    }
    if (!rows.isEmpty()) {
      TextTable.print(out, List.of("unit", "mode", "asked", "phase", "analysis", "why"), rows);
      out.println();
    }
  }

  private void printAlarms(PrintWriter out) {
    for (JsonNode alarm : alarms) {
      out.println(
          "alarm      "
              + lower(alarm, "priority")
              + "  "
              + alarm.at("/text/en").asText()
              + "  ("
              + alarm.at("/text/ko").asText()
              + ")");
    }
    if (!alarms.isEmpty()) {
      out.println();
    }
  }

  private static String failure(JsonNode part) {
    return part.path("lastError").isTextual() ? ", fails: " + part.path("lastError").asText() : "";
  }

  private static String lower(JsonNode node, String key) {
    return node.path(key).asText().toLowerCase(Locale.ROOT);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static String millis(long micros) {
    return micros < 0 ? "-" : number("%.1f ms", micros / 1000.0);
  }

  private static String duration(double ms) {
    for (Map.Entry<String, Double> unit :
        List.of(
            Map.entry("d", 86_400_000.0),
            Map.entry("h", 3_600_000.0),
            Map.entry("min", 60_000.0),
            Map.entry("s", 1_000.0))) {
      if (ms >= 2 * unit.getValue() || (unit.getKey().equals("s") && ms >= 1_000)) {
        return number("%.1f ", ms / unit.getValue()) + unit.getKey();
      }
    }
    return number("%.0f ms", ms);
  }
}
