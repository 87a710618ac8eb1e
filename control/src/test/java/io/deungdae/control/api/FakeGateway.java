package io.deungdae.control.api;

import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.export.HistoryDesk;
import io.deungdae.collector.past.PastSink;
import io.deungdae.collector.signal.Label;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A gateway with a fixed furnace; remembers what it was asked to do. */
final class FakeGateway implements Gateway {

  static final long NOW_MS = 1_800_000_000_000L;

  final List<String> audited = new ArrayList<>();
  final List<String> asked = new ArrayList<>();

  @Override
  public Wire.Site site() {
    return new Wire.Site(
        "demo",
        new Label("Demo plant", "데모 공장"),
        "0.1.0",
        true,
        NOW_MS - 3_600_000,
        NOW_MS,
        List.of(new Wire.Named("furnace", new Label("Quench furnace", "소입로"))),
        List.of(new Wire.Named("furnace-plc", Label.of("furnace-plc"))));
  }

  @Override
  public List<Wire.UnitView> units() {
    Wire.TagValue setpoint = value("furnace.zone1.sp", 868.0, "°C");
    Wire.TagValue processValue = value("furnace.zone1.pv", 866.4, "°C");
    return List.of(
        new Wire.UnitView(
            "furnace",
            new Label("Quench furnace", "소입로"),
            "AUTONOMOUS",
            "AUTONOMOUS",
            new Label("as asked", "요청대로"),
            "IN_FORCE",
            new Label("The handshake with the PLC is complete.", "PLC 핸드셰이크 완료."),
            new Wire.Handshake(true, true, true, true, false),
            insight(),
            List.of(
                new Wire.LoopView(
                    setpoint,
                    processValue,
                    value("furnace.zone1.op", 63.5, "%"),
                    new Wire.Limits(820, 890, 3, null, 10_000, null, 0.01),
                    872.0,
                    true)),
            List.of(value("ambient.temperature", 21.5, "°C")),
            List.of(value("furnace.scrap_rate", 14.2, "parts/h"), stale("furnace.hardness", "HRC")),
            "D-000017",
            new Wire.Cycle(200, 51_234, 2, 85, 410, 120, 640)));
  }

  private static Wire.Insight insight() {
    return new Wire.Insight(
        "READY",
        1,
        "furnace-20261123-101500-0a1b2c3d",
        2.4,
        812.4,
        655.1,
        "KRW/part",
        "MINIMISE",
        NOW_MS - 180,
        anomaly(),
        remedy());
  }

  private static Wire.AnomalyView anomaly() {
    return new Wire.AnomalyView(
        NOW_MS - 25_000,
        NOW_MS - 21_000,
        List.of(
            new Wire.ContributionView("furnace.zone2.op", "%", 0.61, 9.1, 98.0, 61.2),
            new Wire.ContributionView("furnace.zone2.pv", "°C", 0.27, -6.2, 842.7, 860.1)),
        List.of(
            new Wire.CauseView(
                "heater-zone2-degraded",
                new Label("Heater of zone 2 has lost power", "2존 히터 출력 저하"),
                0.86,
                List.of(
                    new Label(
                        "furnace.zone2.op 98 % where 61 % is expected (+9.1 σ)",
                        "furnace.zone2.op 61 % 예상, 실제 98 % (+9.1 σ)"))),
            new Wire.CauseView("unknown", new Label("Unknown", "원인 미상"), 0.08, List.of())));
  }

  private static Wire.RemedyView remedy() {
    return new Wire.RemedyView(
        "R-4",
        "heater-zone2-degraded",
        new Label("Let zone 1 and 3 carry part of zone 2", "1존과 3존이 2존을 분담"),
        List.of(new Wire.MoveView("furnace.zone1.sp", "°C", 860, 872)),
        812.4,
        690.0,
        14.0,
        List.of("furnace.zone3.sp high"),
        true);
  }

  private static Wire.TagValue value(String tag, Object value, String unit) {
    return new Wire.TagValue(tag, value, unit, "GOOD", 0, NOW_MS - 120, NOW_MS - 100, 100);
  }

  private static Wire.TagValue stale(String tag, String unit) {
    return new Wire.TagValue(
        tag,
        null,
        unit,
        "BAD_NO_LINK",
        200,
        NOW_MS - 95_000,
        NOW_MS - 95_000,
        95_000,
        "CONNECT: connection refused");
  }

  @Override
  public Optional<Wire.ModelView> model(String unit) {
    return unit.equals("furnace")
        ? Optional.of(
            new Wire.ModelView(
                "furnace-20261123-101500-0a1b2c3d",
                "furnace",
                NOW_MS - 900_000,
                NOW_MS - 1_100_000,
                NOW_MS - 910_000,
                1020,
                "00",
                "11",
                1,
                "0.1.0",
                "1.0.0-M2.1",
                "17",
                Map.of("score", 0.91)))
        : Optional.empty();
  }

  @Override
  public List<Wire.DeviceView> devices() {
    return List.of(
        new Wire.DeviceView(
            "furnace-plc",
            "modbus",
            "127.0.0.1:15020 unit 1",
            true,
            "UP",
            NOW_MS - 3_500_000,
            1_234_567,
            42,
            98_765,
            3,
            1,
            0,
            120,
            640,
            true,
            "timed out after 1 s",
            340.2,
            950,
            600,
            2_400,
            Map.of("TIMEOUT", 3L)));
  }

  @Override
  public Wire.StorageView storage() {
    return new Wire.StorageView(
        9_876_543,
        9_876_500,
        43,
        123_456_789,
        12.5,
        null,
        new Wire.KeepView(
            "ENOUGH", 52_000_000_000L, NOW_MS - 86_400_000L, 0, 3, 41_000, 120, false, null),
        List.of(
            new Wire.ForwarderView(
                "plant-influx", 9_876_000, 2, 1, 990_000_000, 500, 0.6, 0, 0.3, 12.5, 2, 0, null)),
        new Wire.DeliveryView(
            "heat-treatment",
            3600,
            250_000,
            "ab12",
            NOW_MS - 60_000,
            null,
            Map.of("completeness", 99.8)));
  }

  @Override
  public Optional<List<Wire.RefusedView>> refused(String forwarder, int most) {
    return forwarder.equals("plant-influx")
        ? Optional.of(
            List.of(
                new Wire.RefusedView(
                    17, "line1.lot", "A", "GOOD", NOW_MS - 9_000, NOW_MS - 8_000, "type conflict")))
        : Optional.empty();
  }

  @Override
  public Optional<Wire.Count> dealWithRefused(String forwarder, Refused what, Identity who) {
    return forwarder.equals("plant-influx") ? Optional.of(new Wire.Count(2)) : Optional.empty();
  }

  @Override
  public List<Wire.TagInfo> tags(String prefix) {
    return tag("furnace.zone1.sp").filter(tag -> tag.name().startsWith(prefix)).stream().toList();
  }

  @Override
  public Optional<Wire.TagInfo> tag(String name) {
    if (!name.equals("furnace.zone1.sp")) {
      return Optional.empty();
    }
    return Optional.of(
        new Wire.TagInfo(
            name,
            "furnace-plc",
            "NUMBER",
            "°C",
            new Label("Zone 1 setpoint", "1존 설정온도"),
            0.0,
            1200.0,
            new Wire.Limits(820, 890, 3, null, 10_000, null, 0.01),
            value(name, 868.0, "°C"),
            "acme/busan/melting/furnace",
            "energy"));
  }

  @Override
  public List<Wire.TagValue> latest(List<String> names) {
    return names.stream()
        .filter(name -> tag(name).isPresent())
        .map(name -> value(name, 868.0, "°C"))
        .toList();
  }

  @Override
  public Optional<Wire.TrendData> trend(String tag, Instant from, Instant to, int points) {
    return tag(tag)
        .map(
            info ->
                new Wire.TrendData(
                    tag,
                    "°C",
                    List.of(from.toEpochMilli(), to.toEpochMilli() - 1),
                    Arrays.asList(868.0, null)));
  }

  @Override
  public Optional<Wire.SampleCount> count(@Nullable String tag) {
    return tag == null || tag(tag).isPresent()
        ? Optional.of(new Wire.SampleCount(1234, 1230))
        : Optional.empty();
  }

  @Override
  public HistoryDesk history() {
    throw new AssertionError("this gateway has no history");
  }

  @Override
  public PastSink past() {
    throw new AssertionError("this gateway has no history");
  }

  @Override
  public List<Wire.DecisionView> decisions(int limit) {
    return List.of(
        new Wire.DecisionView(
            "D-000017",
            "furnace",
            "REMEDY",
            "KEPT",
            "AUTONOMOUS",
            "furnace-20261123-101500-0a1b2c3d",
            NOW_MS - 60_000,
            NOW_MS - 5_000,
            anomaly(),
            remedy(),
            List.of(
                new Wire.VerdictView(
                    "LIMITED",
                    "rate",
                    new Label("at most 0.6 °C in this cycle", "이번 주기 최대 0.6 °C"),
                    "RATE",
                    20)),
            List.of(
                new Wire.WriteView(
                    "furnace.zone1.sp", "°C", 860.6, 860.6, "CONFIRMED", NOW_MS - 59_000, 850.0)),
            List.of(
                new Wire.StageView("DETECTED", NOW_MS - 60_000, 0.0),
                new Wire.StageView("CONFIRMED", NOW_MS - 59_000, 1000.0)),
            new Wire.EffectView("KEPT", 812.4, 690.0, 694.8, 815.0, "KRW/part"),
            null,
            new Label(
                "Heater of zone 2 has lost power: zone 1 to 872 °C", "2존 히터 출력 저하: 1존 872 °C로")));
  }

  @Override
  public Optional<Wire.DecisionView> decision(String id) {
    return decisions(1).stream().filter(decision -> decision.id().equals(id)).findFirst();
  }

  @Override
  public List<Wire.AlarmView> alarms() {
    return List.of(
        new Wire.AlarmView(
            "anomaly:furnace",
            "UNACKNOWLEDGED",
            "HIGH",
            new Label("Anomaly in Quench furnace", "소입로 이상"),
            new Label("Look at the cause and the remedy.", "원인과 조치를 확인하십시오."),
            "furnace",
            NOW_MS - 21_000,
            -1,
            null));
  }

  @Override
  public boolean acknowledge(String alarm, Identity who) {
    asked.add("acknowledge " + alarm + " by " + who.name());
    return alarm.equals("anomaly:furnace");
  }

  @Override
  public Wire.SetpointAnswer propose(Wire.SetpointRequest request, Identity who) {
    asked.add("propose " + request.tag() + "=" + request.value() + " by " + who.name());
    return Answers.limited(request);
  }

  @Override
  public Optional<Wire.ReadingView> read(String device, Wire.ReadRequest request)
      throws DeviceException {
    asked.add("read " + device + " " + request.address());
    if (request.address().equals("hr:9999")) {
      throw new DeviceException(
          DeviceException.Kind.REJECTED, device, "illegal data address (exception 2)");
    }
    return device.equals("furnace-plc")
        ? Optional.of(
            new Wire.ReadingView(
                List.of("address", "raw", "uint16"), List.of(List.of("hr:0", "0x0364", "868"))))
        : Optional.empty();
  }

  @Override
  public Optional<Wire.BrowseView> browse(String device, String from, int most) {
    asked.add("browse " + device + " from '" + from + "' most " + most);
    return Optional.of(
        new Wire.BrowseView(
            List.of(
                new Wire.FoundView(
                    List.of("Furnace", "Zone1", "PV"),
                    "nsu=urn:plc;s=Furnace.Zone1.PV",
                    "float32",
                    true,
                    "°C",
                    0.0,
                    null,
                    new Label("Zone 1 temperature", "1존 온도"),
                    false)),
            false));
  }

  @Override
  public Optional<String> browseAsTags(String device, String from, int most) {
    asked.add("browse " + device + " as tags");
    return Optional.of("tag,device,address\nfurnace-plc.Zone1,furnace-plc,ns=2;s=Zone1\n");
  }

  @Override
  public List<Wire.CertificateView> certificates() {
    return List.of(
        new Wire.CertificateView(
            "REJECTED",
            "3f0a",
            "CN=PLC",
            "CN=PLC",
            NOW_MS - 1000,
            NOW_MS + 1000,
            NOW_MS,
            List.of("furnace-plc")));
  }

  @Override
  public boolean judgeCertificate(String fingerprint, boolean trust, Identity who) {
    asked.add((trust ? "trust " : "reject ") + fingerprint + " by " + who.name());
    return fingerprint.equals("3f0a");
  }

  @Override
  public Wire.BackupView backup(Wire.BackupRequest request, Identity who) {
    asked.add("backup " + request.to() + " by " + who.name());
    return backup();
  }

  @Override
  public List<Wire.DamageView> damage() {
    return List.of(
        new Wire.DamageView(
            NOW_MS, "rows are missing", NOW_MS - 60_000, NOW_MS - 50_000, 120, 3, "aside/0"));
  }

  @Override
  public Wire.KeepRules keepRules() {
    return new Wire.KeepRules(
        200,
        512,
        List.of(
            new Wire.KeepRule("kpi", List.of("kpi"), List.of("*.objective"), 0, 0, 0),
            new Wire.KeepRule("rest", List.of(), List.of(), 86_400_000, 172_800_000, 0)));
  }

  @Override
  public Wire.BackupView backup() {
    return Answers.backup();
  }

  @Override
  public Wire.ReloadAnswer reload(Wire.ReloadRequest request, Identity who) {
    asked.add("reload " + request.dryRun() + " by " + who.name());
    return Answers.reloaded();
  }

  @Override
  public Outcome requestMode(String unit, String mode, Identity who) {
    asked.add("mode " + unit + "=" + mode + " by " + who.name());
    return new Outcome(mode.equals("OBSERVE"), new Label("done or not", "처리 결과"));
  }

  @Override
  public Outcome judge(String decision, boolean approve, Identity who) {
    asked.add((approve ? "approve " : "reject ") + decision + " by " + who.name());
    return new Outcome(true, new Label("done", "완료"));
  }

  @Override
  public String metrics() {
    return "deungdae_up 1\n";
  }

  @Override
  public void audit(String event, String who, String detail) {
    audited.add(event + " " + who);
  }
}
