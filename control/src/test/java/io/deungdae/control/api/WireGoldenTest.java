package io.deungdae.control.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The wire format is what the console was built for: {@code golden.json} is checked in with the
 * console, whose own tests read it as the types of {@code api.ts}. After a wanted change, write it
 * anew with {@code -Dgolden.write=true}.
 */
class WireGoldenTest {

  private static final Path GOLDEN = Path.of("src/main/web/src/golden.json");

  @Test
  void theConsoleGetsWhatItWasBuiltFor() throws Exception {
    FakeGateway gateway = new FakeGateway();
    Map<String, Object> golden = new java.util.TreeMap<>();
    golden.put("me", new Wire.Me("admin", "ADMIN", false));
    golden.put("site", gateway.site());
    golden.put(
        "live",
        new Wire.Live(
            "live",
            FakeGateway.NOW_MS,
            gateway.units(),
            gateway.devices(),
            gateway.storage(),
            gateway.alarms(),
            gateway.latest(List.of("furnace.zone1.sp"))));
    golden.put("tags", gateway.tags(""));
    golden.put(
        "trend",
        gateway
            .trend(
                "furnace.zone1.sp",
                java.time.Instant.ofEpochMilli(0),
                java.time.Instant.ofEpochMilli(1000),
                10)
            .orElseThrow());
    golden.put("model", gateway.model("furnace").orElseThrow());
    golden.put("decisions", gateway.decisions(10));
    golden.put(
        "setpointAnswer",
        gateway.propose(
            new Wire.SetpointRequest("furnace.zone1.sp", 900, "test"),
            new Identity("admin", Role.ADMIN, false)));
    golden.put(
        "reading",
        gateway.read("furnace-plc", new Wire.ReadRequest("hr:0", null, null)).orElseThrow());
    golden.put("browse", gateway.browse("furnace-plc", "", 1).orElseThrow());
    golden.put("certificates", gateway.certificates());
    golden.put("refused", gateway.refused("plant-influx", 10).orElseThrow());
    golden.put(
        "reload",
        gateway.reload(
            new Wire.ReloadRequest(false, true), new Identity("admin", Role.ADMIN, false)));
    golden.put("backup", gateway.backup());
    golden.put("damage", gateway.damage());
    golden.put("keep", gateway.keepRules());
    golden.put("count", gateway.count(null).orElseThrow());
    golden.put(
        "dealtWith",
        gateway
            .dealWithRefused(
                "plant-influx", Gateway.Refused.RESEND, new Identity("admin", Role.ADMIN, false))
            .orElseThrow());
    golden.put("historyPlan", new Wire.HistoryPlan(List.of("furnace.zone1.sp"), 0, 1000, 10));
    golden.put(
        "historyAt",
        List.of(
            new Wire.HistoryValue(
                "furnace.zone1.sp", "2026-11-23T00:00:00Z", 860.5, true, "LINEAR"),
            new Wire.HistoryValue(
                "press.count", "2026-11-23T00:00:00Z", null, false, "NOTHING_BEFORE")));
    golden.put(
        "past",
        new Wire.PastRequest(
            List.of(new Wire.PastRow("furnace.zone1.sp", 1, 860.5, null, null, null)), true));
    golden.put(
        "pastAnswer",
        new Wire.PastAnswer(1, 2, 3, List.of(new Wire.PastRefusal(0, "a tag of this site"))));
    golden.put(
        "failure",
        new Wire.Failure(
            "forbidden", new io.deungdae.collector.signal.Label("not allowed", "권한 없음")));
    String json =
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(golden)
            + "\n";
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(GOLDEN, json);
    }
    assertEquals(Files.readString(GOLDEN), json);
  }
}
