package io.deungdae.control.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.settings.ConfigException;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.signal.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another reading of the settings changes, and what it leaves alone. */
class SiteChangeTest {

  private static final String SITE =
      """
      name: plant
      tags: [a.csv, b.csv]
      devices:
        - {name: a, protocol: modbus, modbus: {host: 10.0.0.1}}
        - {name: b, protocol: modbus, modbus: {host: 10.0.0.2, port: 1502}}
        - {name: idle, protocol: modbus, enabled: false, modbus: {host: 10.0.0.3}}
      units:
        - name: line
          manipulated: [{setpoint: a.sp, processValue: a.pv}]
          objective: {unit: KRW/h, terms: {a.pv: 1}}
      """;

  private static final String A =
      """
      tag,device,address,type,unit,writable,write_low,write_high
      a.sp,a,hr:0,float32,bar,true,0,10
      a.pv,a,hr:2,float32,bar,,,
      a.other,a,hr:4,float32,bar,,,
      """;

  private static final String B =
      """
      tag,device,address,type
      b.one,b,hr:0,uint16
      b.two,b,hr:1,uint16
      """;

  @TempDir Path folder;

  private SiteSettings old;

  @BeforeEach
  void read() throws Exception {
    write("site.yaml", SITE);
    write("a.csv", A);
    write("b.csv", B);
    old = SiteSettings.read(folder.resolve("site.yaml"), new Overrides(Map.of()));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private SiteChange change() throws ConfigException {
    return change(device -> Optional.empty());
  }

  private SiteChange change(Function<DeviceChange, Optional<Label>> objection)
      throws ConfigException {
    return SiteChange.between(old, old.readAgain(), objection);
  }

  private static DeviceSettings device(SiteSettings site, String name) {
    return site.devices().stream().filter(d -> d.name().equals(name)).findFirst().orElseThrow();
  }

  private static List<String> refused(SiteChange change) {
    return change.refusals().stream().map(Refusal::what).toList();
  }

  @Test
  void sameWordsInAnotherOrderChangeNothing() throws Exception {
    write(
        "site.yaml",
        SITE.replace("{host: 10.0.0.2, port: 1502}", "{port: 1502,   host: 10.0.0.2}")
            .replace("[a.csv, b.csv]", "[b.csv, a.csv]"));
    write("b.csv", "tag,type,device,address\nb.two,uint16,b,hr:1\n\nb.one,uint16,b,hr:0\n");
    assertTrue(change().isEmpty());
  }

  @Test
  void aDeviceIsNamedWithWhatChangesAndTheOthersStayTheSameObjects() throws Exception {
    write("site.yaml", SITE.replace("1502", "1503"));
    write("b.csv", B.replace("b.one,b,hr:0", "b.one,b,hr:9") + "b.three,b,hr:3,uint16\n");
    SiteChange change = change();
    assertEquals(
        List.of(new DeviceChange("b", DeviceChange.Kind.CHANGED, true, 1, 0, 1)), change.devices());
    SiteSettings result = change.result();
    assertSame(device(old, "a"), device(result, "a"));
    assertNotSame(device(old, "b"), device(result, "b"));
    assertSame(old.tags().get("b.one"), result.tags().get("b.one"), "only its address is new");
    assertSame(old.tags().get("line.objective"), result.tags().get("line.objective"));
    assertEquals(8, result.tags().places());

    old = result;
    assertTrue(change().isEmpty(), "what is in force is what the files say");
  }

  @Test
  void devicesComeAndGoAndAreSwitchedOnAndOff() throws Exception {
    write(
        "site.yaml",
        SITE.replace("- {name: b,", "- {name: new,").replace("enabled: false", "enabled: true"));
    write("b.csv", B.replace(",b,", ",new,"));
    SiteChange change = change();
    assertEquals(
        List.of("REMOVED b", "ADDED new", "ADDED idle"),
        change.devices().stream().map(d -> d.kind() + " " + d.device()).toList());
    assertEquals(List.of(), refused(change));
    assertEquals("new", change.result().tags().get("b.one").device());
  }

  @Test
  void whatIsReadAtStartIsNamedAndStaysAsItWas() throws Exception {
    write("site.yaml", SITE + "console: {port: 9000}\ntitle: Plant\n");
    write("b.csv", B + "b.three,b,hr:3,uint16\n");
    SiteChange change = change();
    assertEquals(List.of("console", "title"), refused(change));
    assertEquals(old.console(), change.result().console());
    assertTrue(change.result().tags().find("b.three").isPresent());

    old = change.result();
    assertEquals(List.of("console", "title"), refused(change()), "they still wait for a restart");
    assertEquals(List.of(), change().devices());
  }

  @Test
  void forwardersComeAndGoAndAreChanged() throws Exception {
    String influx =
        """
        influx:
          - {name: one, version: v1, url: "http://10.0.0.7:8086", database: plant}
          - {name: two, version: v1, url: "http://10.0.0.8:8086", database: plant}
        """;
    write("site.yaml", SITE + influx);
    SiteChange first = change();
    assertEquals(Set.of("influx.one", "influx.two"), first.forwarders());
    assertEquals(List.of(), refused(first));
    old = first.result();
    assertEquals(2, old.influx().size());

    write("b.csv", B + "b.three,b,hr:3,uint16\n");
    assertEquals(Set.of(), change().forwarders(), "they look tags up by name");
    write("site.yaml", SITE + influx.replace("10.0.0.8", "10.0.0.9"));
    assertEquals(Set.of("influx.two"), change().forwarders());
    write("site.yaml", SITE);
    assertEquals(Set.of("influx.one", "influx.two"), change().forwarders());

    write(
        "site.yaml",
        SITE
            + influx
            + "mqtt: [{name: json, broker: \"tcp://10.0.0.7\"}]\n"
            + "kafka: [{name: bus, brokers: [\"10.0.0.7:9092\"]}]\n");
    SiteChange more = change();
    assertEquals(Set.of("kafka.bus", "mqtt.json"), more.forwarders());
    assertEquals(List.of(), refused(more));
  }

  @Test
  void tagsThatUnitsUseKeepTheirMeaning() throws Exception {
    write("a.csv", A.replace("a.pv,a,hr:2,float32,bar", "a.pv,a,hr:2,float32,kPa"));
    write("b.csv", B + "b.three,b,hr:3,uint16\n");
    SiteChange change = change();
    assertEquals(List.of("tag a.pv"), refused(change));
    assertEquals(List.of("b"), change.devices().stream().map(DeviceChange::device).toList());
    assertSame(device(old, "a"), device(change.result(), "a"));
    assertEquals("bar", change.result().tags().get("a.pv").unit().symbol());
  }

  @Test
  void tagsOfTheSameDeviceThatNoUnitUsesMayChange() throws Exception {
    write("a.csv", A.replace("a.other,a,hr:4,float32,bar", "a.other,a,hr:4,float32,kPa"));
    SiteChange change = change();
    assertEquals(List.of(), refused(change));
    SiteSettings result = change.result();
    assertSame(old.tags().get("a.pv"), result.tags().get("a.pv"));
    assertTrue(device(result, "a").tags().contains(old.tags().get("a.pv")), "and so in the driver");
  }

  @Test
  void aDeviceThatControlNeedsNowIsLeftAlone() throws Exception {
    write("site.yaml", SITE.replace("10.0.0.1", "10.0.0.9").replace("1502", "1503"));
    SiteChange change =
        change(
            device ->
                device.device().equals("a") ? Optional.of(Label.of("busy")) : Optional.empty());
    assertEquals(List.of("device a"), refused(change));
    assertEquals(List.of("b"), change.devices().stream().map(DeviceChange::device).toList());
    assertSame(device(old, "a"), device(change.result(), "a"));
    old = change.result();
    assertEquals(List.of("a"), change().devices().stream().map(DeviceChange::device).toList());
  }

  @Test
  void whetherTheDeviceOfAUnitIsRealIsReadAtStart() throws Exception {
    write("site.yaml", SITE.replace("{name: a,", "{name: a, simulated: true,"));
    assertEquals(List.of("device a: simulated or enabled"), refused(change()));
  }

  @Test
  void aTagCannotMoveAwayFromADeviceThatIsLeftAlone() throws Exception {
    write("a.csv", A.replace("a.other,a,hr:4", "a.other,b,hr:4"));
    SiteChange change =
        change(
            device ->
                device.device().equals("a") ? Optional.of(Label.of("busy")) : Optional.empty());
    assertEquals(List.of("device a", "device b"), refused(change));
    assertEquals(List.of(), change.devices());
    assertEquals("a", change.result().tags().get("a.other").device());
  }
}
