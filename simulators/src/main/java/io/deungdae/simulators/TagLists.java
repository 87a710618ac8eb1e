package io.deungdae.simulators;

import io.deungdae.simulators.furnace.FurnaceSettings;
import io.deungdae.simulators.furnace.QuenchFurnace;
import io.deungdae.simulators.modbus.RegisterMap;
import io.deungdae.simulators.modbus.RegisterMap.Place;
import io.deungdae.simulators.modbus.RegisterMap.Table;
import io.deungdae.simulators.plant.Signal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The demo site's tag lists for what is served over Modbus and MQTT, as CSV. Rates and moves are in
 * real time, and the plants run sixty times as fast: 1.5 °C a second here is 1.5 °C a minute in the
 * plant.
 */
final class TagLists {

  private static final String HEADER =
      "tag,device,address,type,unit,scan,low,high,writable,write_low,write_high,rate_per_s,"
          + "move_per_hour,hold,safe,tolerance,scale,offset,description_en,description_ko\n";

  private record Writing(double rate, double perHour, double tolerance) {}

  private static final Map<String, Writing> WRITING =
      Map.of(
          "°C", new Writing(1.5, 2000, 0.05),
          "%C", new Writing(0.01, 6, 0.0005),
          "mm/min", new Writing(6, 4000, 0.05),
          "", new Writing(65_535, Double.POSITIVE_INFINITY, 0));

  private static final List<String> SLOW =
      List.of("dryer.pv", "washer.pv", "good_count", "bad_count");

  private TagLists() {}

  /** {@code furnace.csv}, by the Modbus map that serves it. */
  static String furnace() {
    StringBuilder csv = new StringBuilder(HEADER);
    List<Signal> signals = new QuenchFurnace(FurnaceSettings.still()).signals();
    for (Place place : new RegisterMap(signals).places()) {
      csv.append(row(place)).append('\n');
    }
    return csv.toString();
  }

  private static String row(Place place) {
    Signal signal = place.signal();
    String range = number(signal.low()) + "," + number(signal.high());
    if (signal.kind() == Signal.Kind.FLAG) {
      range = ",";
    }
    return String.join(
        ",",
        "furnace." + signal.name(),
        "furnace-plc",
        place.text(),
        place.type().name().toLowerCase(Locale.ROOT),
        signal.unit(),
        scan(place),
        range,
        writing(signal, range),
        "",
        "",
        quoted(signal.en()),
        quoted(signal.ko()));
  }

  private static String quoted(String text) {
    return text.contains(",") ? '"' + text + '"' : text;
  }

  private static String scan(Place place) {
    if (SLOW.contains(place.signal().name())) {
      return "slow";
    }
    return place.table() == Table.HR ? "normal" : "fast";
  }

  private static String writing(Signal signal, String range) {
    Writing writing = WRITING.get(signal.unit());
    if (!signal.writable() || writing == null) {
      return "false,,,,,,,";
    }
    String perHour = Double.isInfinite(writing.perHour()) ? "" : number(writing.perHour());
    return String.join(
        ",",
        "true",
        range,
        number(writing.rate()),
        perHour,
        "10s",
        "",
        number(writing.tolerance()));
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /** {@code energy.csv}: the meters and the weather in the hall. */
  static String energy() {
    return HEADER
        + meter(
            "energy.furnace.power",
            "plant/meters/furnace#power_kw",
            "kW",
            "0,300",
            "Electrical power of the furnace line",
            "열처리 라인 전력")
        + meter(
            "energy.furnace.gas",
            "plant/meters/furnace#gas_kw",
            "kW",
            "0,300",
            "Gas burnt by the furnace line as heat",
            "열처리 라인 가스(열량)")
        + meter(
            "energy.moulding.power",
            "plant/meters/moulding#power_kw",
            "kW",
            "0,300",
            "Electrical power of the moulding machine",
            "사출기 전력")
        + meter(
            "ambient.temperature",
            "plant/ambient#temperature_c",
            "°C",
            "-30,60",
            "Air temperature in the hall",
            "공장 내 온도")
        + meter(
            "ambient.humidity",
            "plant/ambient#humidity_pct",
            "%",
            "0,100",
            "Relative humidity in the hall",
            "공장 내 습도");
  }

  private static String meter(
      String tag, String address, String unit, String range, String en, String ko) {
    return String.join(
            ",", tag, "energy-meters", address, "float64", unit, "normal", range, "false")
        + ",,,,,,,,,,"
        + en
        + ","
        + ko
        + "\n";
  }
}
