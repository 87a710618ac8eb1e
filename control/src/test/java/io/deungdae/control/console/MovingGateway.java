package io.deungdae.control.console;

import io.deungdae.collector.export.HistoryDesk;
import io.deungdae.collector.past.PastSink;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Label;
import io.deungdae.control.api.Answers;
import io.deungdae.control.api.Gateway;
import io.deungdae.control.api.Identity;
import io.deungdae.control.api.Wire;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A gateway with two units whose values are a function of time: a furnace whose heater lost power
 * {@link #FAULT_MS} before the start and a moulding machine that is sound. Past and present agree,
 * so that a trend fetched joins the values pushed.
 */
final class MovingGateway implements Gateway {

  /** How long before the start the fault came. */
  static final long FAULT_MS = 240_000;

  private static final Wire.Limits ZONE = new Wire.Limits(820, 890, 3, null, 10_000, null, 0.1);

  /** What was asked for; written by the server's threads. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  private volatile @Nullable HistoryDesk desk;
  private final Clock clock;
  private final long startMs;

  /** What one loop looks like. */
  private record Shape(
      String name, String unit, double setpoint, double wobble, Wire.Limits limits, Label title) {}

  private static final List<Shape> FURNACE =
      List.of(
          new Shape("zone1", "°C", 860, 0.5, ZONE, new Label("zone 1", "1존 온도")),
          new Shape("zone2", "°C", 860, 0.6, ZONE, new Label("zone 2", "2존 온도")),
          new Shape("zone3", "°C", 858, 0.5, ZONE, new Label("zone 3", "3존 온도")),
          new Shape("zone4", "°C", 850, 0.4, ZONE, new Label("zone 4", "4존 온도")),
          new Shape(
              "cp",
              "%C",
              0.62,
              0.004,
              new Wire.Limits(0.5, 0.8, 0.01, null, 10_000, null, 0.001),
              new Label("carbon potential", "카본 포텐셜")),
          new Shape(
              "belt",
              "mm/min",
              240,
              0.8,
              new Wire.Limits(180, 300, 5, null, 10_000, null, 0.5),
              new Label("belt speed", "벨트 속도")),
          new Shape(
              "salt",
              "°C",
              195,
              0.3,
              new Wire.Limits(180, 220, 0.5, 60.0, 10_000, null, 0.1),
              new Label("salt bath", "솔트조 온도")));

  private static final List<Shape> MOULDING =
      List.of(
          mould("barrel.z1", "°C", 215, 195, 240, new Label("barrel zone 1 (feed)", "배럴 1존(공급부)")),
          mould("barrel.z2", "°C", 222, 195, 245, new Label("barrel zone 2", "배럴 2존")),
          mould("barrel.z3", "°C", 228, 190, 250, new Label("barrel zone 3", "배럴 3존")),
          mould("barrel.z4", "°C", 232, 190, 255, new Label("barrel zone 4 (nozzle)", "배럴 4존(노즐)")),
          mould("mold", "°C", 45, 30, 60, new Label("mould", "금형 온도")),
          mould("hold.pressure", "bar", 480, 350, 600, new Label("holding pressure", "보압")),
          mould("hold.time", "s", 6.2, 4, 9, new Label("holding time", "보압 시간")),
          mould("cooling.time", "s", 14.5, 10, 20, new Label("cooling time", "냉각 시간")),
          mould("back.pressure", "bar", 60, 30, 100, new Label("back pressure", "배압")));

  private static Shape mould(
      String name, String unit, double setpoint, double low, double high, Label title) {
    double span = high - low;
    return new Shape(
        name,
        unit,
        setpoint,
        span * 0.006,
        new Wire.Limits(low, high, span / 50, null, 30_000, null, span / 1000),
        title);
  }

  MovingGateway(Clock clock) {
    this.clock = clock;
    this.startMs = clock.now().toEpochMilli();
  }

  private long nowMs() {
    return clock.now().toEpochMilli();
  }

  // ---- the plant, as a function of time

  private double sinceFault(long atMs) {
    return (atMs - startMs + FAULT_MS) / 1000.0;
  }

  /** From 0 to 1 within some seconds of a moment after the fault. */
  private double after(long atMs, double seconds, double within) {
    double t = sinceFault(atMs) - seconds;
    return t <= 0 ? 0 : 1 - Math.exp(-t / within);
  }

  private static double noise(String name, long atMs) {
    double t = atMs / 1000.0;
    int seed = name.hashCode() % 97;
    return Math.sin(t / 3.1 + seed) * 0.5
        + Math.sin(t / 0.83 + seed * 1.7) * 0.3
        + Math.sin(t / 17.3 + seed) * 0.4;
  }

  private double setpoint(Shape shape, long atMs) {
    double ramp = Math.min(1, Math.max(0, (sinceFault(atMs) - 14) / 12));
    return switch (shape.name()) {
      case "zone1" -> shape.setpoint() + 9 * ramp;
      case "zone3" -> shape.setpoint() + 14 * ramp;
      case "belt" -> shape.setpoint() - 12 * ramp;
      default -> shape.setpoint() + 2 * Math.signum(Math.sin(atMs / 500_000.0)) * shape.wobble();
    };
  }

  private double processValue(Shape shape, long atMs) {
    double late = setpoint(shape, atMs - 6000);
    double lost = shape.name().equals("zone2") ? -17.5 * after(atMs, 0, 20) : 0;
    return late + lost + shape.wobble() * noise(shape.name(), atMs);
  }

  private double output(Shape shape, long atMs) {
    double normal = 58 + 2.2 * noise(shape.name() + "op", atMs);
    return shape.name().equals("zone2") ? Math.min(98, normal + 40 * after(atMs, 0, 8)) : normal;
  }

  private double objective(String unit, long atMs) {
    double base = unit.equals("furnace") ? 655 : 182;
    double worse = unit.equals("furnace") ? 158 * after(atMs, 2, 9) - 118 * after(atMs, 30, 25) : 0;
    return base + worse + base * 0.006 * noise(unit, atMs);
  }

  private double score(String unit, long atMs) {
    double up = unit.equals("furnace") ? 2.6 * after(atMs, 1, 5) - 1.1 * after(atMs, 30, 30) : 0;
    return Math.max(0.05, 0.42 + up + 0.09 * noise(unit + "score", atMs));
  }

  private Optional<Shape> shape(String tag) {
    List<Shape> shapes = tag.startsWith("furnace.") ? FURNACE : MOULDING;
    return shapes.stream().filter(s -> tag.contains("." + s.name() + ".")).findFirst();
  }

  private double at(String tag, long atMs) {
    String unit = tag.substring(0, tag.indexOf('.'));
    if (tag.endsWith(".objective")) {
      return objective(unit, atMs);
    }
    if (tag.endsWith(".anomaly_score")) {
      return score(unit, atMs);
    }
    Optional<Shape> shape = shape(tag);
    if (shape.isPresent()) {
      return tag.endsWith(".sp")
          ? setpoint(shape.get(), atMs)
          : tag.endsWith(".pv") ? processValue(shape.get(), atMs) : output(shape.get(), atMs);
    }
    return switch (tag) {
      case "ambient.temperature" -> 21.5 + 0.2 * noise(tag, atMs);
      case "furnace.hardness" -> 44.8 - 1.4 * after(atMs, 5, 30) + 0.1 * noise(tag, atMs);
      case "furnace.throughput" -> 1480 + 6 * noise(tag, atMs);
      case "furnace.scrap_rate" -> 9 + 34 * after(atMs, 4, 20) - 22 * after(atMs, 34, 25);
      default -> 50 + noise(tag, atMs);
    };
  }

  // ---- looking

  @Override
  public Wire.Site site() {
    return new Wire.Site(
        "demo",
        new Label("Demo plant", "데모 공장"),
        "0.1.0",
        true,
        startMs - 5_460_000,
        nowMs(),
        List.of(
            new Wire.Named("furnace", new Label("Quench furnace line", "소입로 라인")),
            new Wire.Named("moulding", new Label("Injection moulding machine", "사출 성형기"))),
        devices().stream().map(d -> new Wire.Named(d.name(), Label.of(d.name()))).toList());
  }

  @Override
  public List<Wire.UnitView> units() {
    return List.of(furnace(), moulding());
  }

  private Wire.UnitView furnace() {
    List<Wire.TagValue> measured = new ArrayList<>();
    measured.add(value("furnace.hardness", "HRC"));
    measured.add(value("furnace.throughput", "parts/h"));
    measured.add(value("furnace.scrap_rate", "parts/h"));
    long lost = nowMs() - startMs + 95_000;
    measured.add(
        new Wire.TagValue(
            "furnace.distortion",
            null,
            "mm",
            "BAD_NO_LINK",
            200,
            startMs - 95_000,
            startMs - 95_000,
            lost));
    return new Wire.UnitView(
        "furnace",
        new Label("Quench furnace line", "소입로 라인"),
        "AUTONOMOUS",
        "AUTONOMOUS",
        new Label("as asked", "요청대로"),
        "IN_FORCE",
        new Label("The handshake with the PLC is complete.", "PLC 핸드셰이크 완료."),
        new Wire.Handshake(true, true, true, true, false),
        insight("furnace", anomaly(), remedy()),
        FURNACE.stream().map(s -> loop("furnace", s)).toList(),
        List.of(
            text("furnace.product", "GEAR-A12"),
            value("ambient.temperature", "°C"),
            value("ambient.humidity", "%")),
        measured,
        "D-000017",
        new Wire.Cycle(200, 51_234, 2, 85, 410, 120, 640));
  }

  private Wire.UnitView moulding() {
    return new Wire.UnitView(
        "moulding",
        new Label("Injection moulding machine", "사출 성형기"),
        "SUPERVISED",
        "ADVISE",
        new Label("The PLC is in LOCAL.", "PLC가 LOCAL 상태입니다."),
        "STANDBY",
        new Label("The PLC is in LOCAL.", "PLC가 LOCAL 상태입니다."),
        new Wire.Handshake(false, false, true, true, false),
        insight("moulding", null, null),
        MOULDING.stream().map(s -> loop("moulding", s)).toList(),
        List.of(text("moulding.product", "CAP-07"), value("ambient.temperature", "°C")),
        List.of(value("moulding.part.weight", "g"), value("moulding.cushion", "mm")),
        null,
        new Wire.Cycle(200, 51_234, 2, 85, 410, 120, 640));
  }

  private Wire.Insight insight(
      String unit, Wire.@Nullable AnomalyView anomaly, Wire.@Nullable RemedyView remedy) {
    return new Wire.Insight(
        "READY",
        1,
        unit + "-20261123-101500-0a1b2c3d",
        score(unit, nowMs()),
        objective(unit, nowMs()),
        unit.equals("furnace") ? 655.1 : 182.4,
        "KRW/part",
        "MINIMISE",
        nowMs() - 180,
        anomaly,
        remedy);
  }

  private Wire.LoopView loop(String unit, Shape shape) {
    String tag = unit + "." + shape.name();
    boolean measured =
        !shape.name().startsWith("hold")
            && !shape.name().startsWith("back")
            && !shape.name().startsWith("cooling");
    boolean moved = List.of("zone1", "zone3", "belt").contains(shape.name());
    return new Wire.LoopView(
        value(tag + ".sp", shape.unit()),
        measured ? value(tag + ".pv", shape.unit()) : null,
        unit.equals("furnace") && !shape.name().equals("belt") ? value(tag + ".op", "%") : null,
        shape.limits(),
        moved ? setpoint(shape, startMs + 3_600_000) : null,
        moved);
  }

  private Wire.AnomalyView anomaly() {
    long fault = startMs - FAULT_MS;
    return new Wire.AnomalyView(
        fault + 1000,
        fault + 5000,
        List.of(
            new Wire.ContributionView("furnace.zone2.op", "%", 0.52, 9.1, 98.0, 58.2),
            new Wire.ContributionView("furnace.zone2.pv", "°C", 0.27, -6.2, 842.5, 860.0),
            new Wire.ContributionView("furnace.hardness", "HRC", 0.11, -3.4, 43.4, 44.8),
            new Wire.ContributionView("furnace.zone3.op", "%", 0.06, 2.2, 63.0, 58.1),
            new Wire.ContributionView("furnace.zone1.op", "%", 0.04, 1.9, 62.1, 58.0)),
        List.of(
            new Wire.CauseView(
                "heater-zone2-degraded",
                new Label("Heating elements of zone 2 burnt out", "2존 히터 일부 단선"),
                0.86,
                List.of(
                    new Label(
                        "Zone 2 output 98 % where 58 % is expected (+9.1 σ)",
                        "2존 출력 58 % 예상, 실제 98 % (+9.1 σ)"),
                    new Label(
                        "Zone 2 842.5 °C where 860.0 °C is expected (−6.2 σ)",
                        "2존 온도 860.0 °C 예상, 실제 842.5 °C (−6.2 σ)"))),
            new Wire.CauseView(
                "thermocouple-zone2-drift",
                new Label("Thermocouple of zone 2 reads high", "2존 열전대 드리프트(높게 지시)"),
                0.08,
                List.of()),
            new Wire.CauseView("unknown", new Label("Unknown", "원인 미상"), 0.06, List.of())));
  }

  private static Wire.RemedyView remedy() {
    return new Wire.RemedyView(
        "R-4",
        "heater-zone2-degraded",
        new Label(
            "Let zones 1 and 3 carry part of zone 2 and slow the belt; replace the heating"
                + " elements at the next stop.",
            "1존과 3존이 2존을 분담하고 벨트를 감속, 다음 정지 시 히터 교체."),
        List.of(
            new Wire.MoveView("furnace.zone3.sp", "°C", 858, 872),
            new Wire.MoveView("furnace.zone1.sp", "°C", 860, 869),
            new Wire.MoveView("furnace.belt.sp", "mm/min", 240, 228)),
        815.0,
        690.0,
        14.0,
        List.of("furnace.zone3.sp high"),
        true);
  }

  private Wire.TagValue value(String tag, String unit) {
    long now = nowMs();
    return new Wire.TagValue(tag, at(tag, now), unit, "GOOD", 0, now - 120, now - 100, 100);
  }

  private Wire.TagValue text(String tag, String text) {
    long now = nowMs();
    return new Wire.TagValue(tag, text, "", "GOOD", 0, now - 400, now - 380, 380);
  }

  @Override
  public Optional<Wire.ModelView> model(String unit) {
    return Optional.of(
        new Wire.ModelView(
            unit + "-20261123-101500-0a1b2c3d",
            unit,
            startMs - 900_000,
            startMs - 5_100_000,
            startMs - 960_000,
            20_700,
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce",
            1,
            "0.1.0",
            "1.0.0-M2.1",
            "17",
            Map.of("objective.skill", 0.91, "detector.falseAlarms", 0.004)));
  }

  @Override
  public List<Wire.DeviceView> devices() {
    long run = (nowMs() - startMs) / 1000 + 5400;
    return List.of(
        new Wire.DeviceView(
            "furnace-plc",
            "modbus",
            "127.0.0.1:15020 unit 1",
            true,
            "UP",
            startMs - 5_400_000,
            run * 340,
            42,
            run * 22,
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
            Map.of("TIMEOUT", 3L)),
        new Wire.DeviceView(
            "moulding-imm",
            "opcua",
            "opc.tcp://127.0.0.1:14840",
            true,
            "UP",
            startMs - 5_400_000,
            run * 210,
            0,
            run * 10,
            0,
            0,
            0,
            0,
            1_850,
            true,
            null,
            340.2,
            950,
            600,
            2_400,
            Map.of("TIMEOUT", 3L)),
        new Wire.DeviceView(
            "energy-meters",
            "mqtt",
            "tcp://127.0.0.1:11883",
            true,
            "WAITING",
            nowMs() - 14_000,
            run * 12,
            7,
            0,
            4,
            4,
            0,
            0,
            -1,
            false,
            "connection refused",
            340.2,
            950,
            600,
            2_400,
            Map.of("TIMEOUT", 3L)));
  }

  @Override
  public Wire.StorageView storage() {
    long rows = 9_876_543 + (nowMs() - startMs) * 562 / 1000;
    return new Wire.StorageView(
        rows,
        rows - 43,
        43,
        123_456_789,
        12.5,
        null,
        new Wire.KeepView(
            "ENOUGH", 52_000_000_000L, startMs - 86_400_000L, 0, 3, 41_000, 120, false, null),
        List.of(
            new Wire.ForwarderView(
                "plant-influx", rows - 500, 2, 0, 100 * rows, 500, 0.6, 0, 0.3, 12.5, 2, 0, null)),
        new Wire.DeliveryView(
            "heat-treatment",
            3600,
            250_000,
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            startMs - 420_000,
            null,
            Map.of("completeness", 99.8, "validity", 99.1, "uniqueness", 100.0)));
  }

  @Override
  public Optional<List<Wire.RefusedView>> refused(String forwarder, int most) {
    List<Wire.RefusedView> rows = new ArrayList<>();
    for (int i = 0; !asked.contains("RESEND plant-influx") && i < 2; i++) {
      rows.add(
          new Wire.RefusedView(
              i, "furnace.zone1.pv", "1e300", "GOOD", startMs, startMs, "field type conflict"));
    }
    return Optional.of(rows);
  }

  @Override
  public Optional<Wire.Count> dealWithRefused(String forwarder, Refused what, Identity who) {
    asked.add(what + " " + forwarder);
    return Optional.of(new Wire.Count(2));
  }

  @Override
  public List<Wire.TagInfo> tags(String prefix) {
    List<Wire.TagInfo> tags = new ArrayList<>();
    FURNACE.forEach(s -> add(tags, "furnace", "furnace-plc", s));
    MOULDING.forEach(s -> add(tags, "moulding", "moulding-imm", s));
    add(tags, "furnace.hardness", "HRC", new Label("hardness of the last lot", "경도(최근 로트)"));
    add(tags, "furnace.distortion", "mm", new Label("distortion of the last lot", "변형(최근 로트)"));
    add(tags, "furnace.throughput", "parts/h", new Label("throughput", "처리량"));
    add(tags, "furnace.scrap_rate", "parts/h", new Label("scrap rate", "불량률"));
    add(tags, "ambient.temperature", "°C", new Label("ambient temperature", "주위 온도"));
    add(tags, "furnace.objective", "KRW/part", new Label("objective", "목적값"));
    add(tags, "furnace.anomaly_score", "", new Label("anomaly score", "이상 점수"));
    add(tags, "moulding.objective", "KRW/part", new Label("objective", "목적값"));
    add(tags, "moulding.anomaly_score", "", new Label("anomaly score", "이상 점수"));
    return tags.stream().filter(tag -> tag.name().startsWith(prefix)).toList();
  }

  private void add(List<Wire.TagInfo> tags, String unit, String device, Shape shape) {
    String name = unit + "." + shape.name();
    Label title = shape.title();
    Wire.Limits limits = shape.limits();
    tags.add(
        new Wire.TagInfo(
            name + ".sp",
            device,
            "NUMBER",
            shape.unit(),
            new Label(title.en() + " setpoint", title.ko() + " 설정"),
            limits.low() - 20,
            limits.high() + 20,
            limits,
            value(name + ".sp", shape.unit())));
    add(tags, name + ".pv", shape.unit(), title);
    add(tags, name + ".op", "%", new Label(title.en() + " output", title.ko() + " 출력"));
  }

  private void add(List<Wire.TagInfo> tags, String name, String unit, Label title) {
    String device = name.startsWith("moulding") ? "moulding-imm" : "furnace-plc";
    tags.add(
        new Wire.TagInfo(name, device, "NUMBER", unit, title, null, null, null, value(name, unit)));
  }

  @Override
  public Optional<Wire.TagInfo> tag(String name) {
    return tags("").stream().filter(tag -> tag.name().equals(name)).findFirst();
  }

  @Override
  public List<Wire.TagValue> latest(List<String> names) {
    return names.stream()
        .map(this::tag)
        .flatMap(Optional::stream)
        .map(tag -> value(tag.name(), tag.unit()))
        .toList();
  }

  @Override
  public Optional<Wire.TrendData> trend(String name, Instant from, Instant to, int points) {
    return tag(name)
        .map(
            info -> {
              List<Long> times = new ArrayList<>();
              List<@Nullable Double> values = new ArrayList<>();
              long step = Math.max(500, (to.toEpochMilli() - from.toEpochMilli()) / points);
              long end = Math.min(to.toEpochMilli(), nowMs());
              for (long t = from.toEpochMilli(); t <= end; t += step) {
                times.add(t);
                values.add(at(name, t));
              }
              return new Wire.TrendData(name, info.unit(), times, values);
            });
  }

  @Override
  public Optional<Wire.SampleCount> count(@Nullable String tag) {
    return Optional.of(new Wire.SampleCount(1234, 1234));
  }

  @Override
  public HistoryDesk history() {
    return Optional.ofNullable(desk)
        .orElseThrow(() -> new AssertionError("this gateway has no history"));
  }

  /** Has it answer questions for history from there. */
  void history(HistoryDesk other) {
    desk = other;
  }

  @Override
  public PastSink past() {
    throw new AssertionError("this gateway has no history");
  }

  @Override
  public List<Wire.DecisionView> decisions(int limit) {
    return List.of(waiting(), remedied(), optimised());
  }

  private Wire.DecisionView remedied() {
    long detected = startMs - FAULT_MS + 5000;
    List<Wire.WriteView> writes = new ArrayList<>();
    for (int i = 1; i <= 14; i++) {
      writes.add(
          new Wire.WriteView(
              "furnace.zone3.sp",
              "°C",
              858 + i,
              858.0 + i,
              "CONFIRMED",
              detected + 9000 + i * 800L,
              780.0 + (i * 37) % 190));
    }
    return new Wire.DecisionView(
        "D-000017",
        "furnace",
        "REMEDY",
        "KEPT",
        "AUTONOMOUS",
        "furnace-20261123-101500-0a1b2c3d",
        detected,
        detected + 118_000,
        anomaly(),
        remedy(),
        List.of(
            new Wire.VerdictView(
                "LIMITED",
                "rate",
                new Label("at most 0.6 °C in this cycle", "이번 주기 최대 0.6 °C"),
                "RATE",
                38),
            new Wire.VerdictView(
                "REFUSED",
                "budget",
                new Label("the hour's moves are used up", "시간당 이동 한도 소진"),
                "BUDGET",
                1)),
        writes,
        List.of(
            new Wire.StageView("DETECTED", detected, 0.0),
            new Wire.StageView("CAUSE", detected + 42, 42.0),
            new Wire.StageView("PROPOSED", detected + 310, 310.0),
            new Wire.StageView("FIRST_WRITE", detected + 514, 514.0),
            new Wire.StageView("FIRST_CONFIRMED", detected + 515, 515.4),
            new Wire.StageView("ARRIVED", detected + 21_300, 21_300.0),
            new Wire.StageView("SETTLED", detected + 58_000, 58_000.0),
            new Wire.StageView("VERIFIED", detected + 118_000, 118_000.0)),
        new Wire.EffectView("KEPT", 812.4, 690.0, 694.8, 815.0, "KRW/part"),
        null,
        new Label("Heating elements of zone 2 burnt out", "2존 히터 일부 단선"));
  }

  private Wire.DecisionView waiting() {
    return new Wire.DecisionView(
        "D-000018",
        "moulding",
        "OPTIMISE",
        "AWAITING_APPROVAL",
        "SUPERVISED",
        "moulding-20261123-101500-0a1b2c3d",
        startMs - 20_000,
        -1,
        null,
        new Wire.RemedyView(
            "R-5",
            "",
            new Label("Shorter cooling at the same part weight", "동일 중량에서 냉각 시간 단축"),
            List.of(new Wire.MoveView("moulding.cooling.time.sp", "s", 14.5, 13.2)),
            182.4,
            174.9,
            2.1,
            List.of(),
            true),
        List.of(),
        List.of(),
        List.of(new Wire.StageView("DETECTED", startMs - 20_000, 0.0)),
        null,
        null,
        new Label("", ""));
  }

  private Wire.DecisionView optimised() {
    return new Wire.DecisionView(
        "D-000016",
        "furnace",
        "OPTIMISE",
        "ROLLED_BACK",
        "AUTONOMOUS",
        "furnace-20261123-101500-0a1b2c3d",
        startMs - 2_400_000,
        startMs - 2_280_000,
        null,
        new Wire.RemedyView(
            "R-3",
            "",
            new Label("Faster belt at a higher zone 4", "4존 승온, 벨트 증속"),
            List.of(new Wire.MoveView("furnace.belt.sp", "mm/min", 240, 246)),
            655.0,
            641.0,
            12.0,
            List.of(),
            true),
        List.of(),
        List.of(),
        List.of(new Wire.StageView("DETECTED", startMs - 2_400_000, 0.0)),
        new Wire.EffectView("ROLLED_BACK", 655.2, 641.0, 661.3, 655.0, "KRW/part"),
        null,
        new Label("", ""));
  }

  @Override
  public Optional<Wire.DecisionView> decision(String id) {
    return decisions(50).stream().filter(decision -> decision.id().equals(id)).findFirst();
  }

  @Override
  public List<Wire.AlarmView> alarms() {
    return List.of(
        new Wire.AlarmView(
            "anomaly:furnace",
            "UNACKNOWLEDGED",
            "HIGH",
            new Label(
                "Anomaly in Quench furnace line: Heating elements of zone 2 burnt out",
                "소입로 라인 이상: 2존 히터 일부 단선"),
            new Label("Look at the cause and the remedy.", "원인과 조치를 확인하십시오."),
            "furnace",
            startMs - FAULT_MS + 5000,
            -1,
            null),
        new Wire.AlarmView(
            "link:energy-meters",
            "ACKNOWLEDGED",
            "MEDIUM",
            new Label("No link to energy-meters", "energy-meters 연결 끊김"),
            new Label("Check power, cable and address of the device.", "장치의 전원, 케이블, 주소를 확인하십시오."),
            "energy-meters",
            startMs - 14_000,
            -1,
            "kim"),
        new Wire.AlarmView(
            "model:moulding",
            "RETURNED",
            "LOW",
            new Label("Model of moulding had drifted", "사출 성형기 모델 드리프트"),
            new Label("Train anew when the plant has settled.", "공정이 안정되면 다시 학습하십시오."),
            "moulding",
            startMs - 900_000,
            startMs - 600_000,
            null));
  }

  // ---- asking

  @Override
  public boolean acknowledge(String alarm, Identity who) {
    asked.add("acknowledge " + alarm);
    return true;
  }

  @Override
  public Wire.SetpointAnswer propose(Wire.SetpointRequest request, Identity who) {
    asked.add("propose " + request.tag() + " " + request.value());
    return Answers.limited(request);
  }

  @Override
  public Optional<Wire.ReadingView> read(String device, Wire.ReadRequest request) {
    return Optional.empty();
  }

  @Override
  public Optional<Wire.BrowseView> browse(String device, String from, int most) {
    return Optional.empty();
  }

  @Override
  public Optional<String> browseAsTags(String device, String from, int most) {
    return Optional.empty();
  }

  @Override
  public List<Wire.CertificateView> certificates() {
    return List.of();
  }

  @Override
  public boolean judgeCertificate(String fingerprint, boolean trust, Identity who) {
    return false;
  }

  @Override
  public Wire.BackupView backup(Wire.BackupRequest request, Identity who) {
    return backup();
  }

  @Override
  public List<Wire.DamageView> damage() {
    long now = clock.now().toEpochMilli();
    return List.of(
        new Wire.DamageView(
            now - 3_600_000,
            "the newest file was cut off",
            now - 7_200_000,
            now - 7_190_000,
            42,
            0,
            ""));
  }

  @Override
  public Wire.KeepRules keepRules() {
    return new Wire.KeepRules(
        0,
        512,
        List.of(
            new Wire.KeepRule(
                "kpi",
                List.of("kpi"),
                List.of(),
                157_680_000_000L,
                157_680_000_000L,
                157_680_000_000L),
            new Wire.KeepRule(
                "rest", List.of(), List.of(), 7_776_000_000L, 31_536_000_000L, 157_680_000_000L)));
  }

  @Override
  public Wire.BackupView backup() {
    return Answers.backup();
  }

  @Override
  public Wire.ReloadAnswer reload(Wire.ReloadRequest request, Identity who) {
    return Answers.reloaded();
  }

  @Override
  public Outcome requestMode(String unit, String mode, Identity who) {
    asked.add("mode " + unit + " " + mode);
    return new Outcome(true, new Label("done", "처리되었습니다"));
  }

  @Override
  public Outcome judge(String decision, boolean approve, Identity who) {
    asked.add((approve ? "approve " : "reject ") + decision);
    return new Outcome(true, new Label("done", "처리되었습니다"));
  }

  @Override
  public String metrics() {
    return "";
  }

  @Override
  public void audit(String event, String who, String detail) {
    asked.add("audit " + event);
  }
}
