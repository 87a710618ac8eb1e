package io.deungdae.collector.driver.xgt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.settings.Problem;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.SettingsFile;
import io.deungdae.collector.settings.TagCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XgtProtocolTest {

  private @TempDir Path folder;
  private final Problems problems = new Problems();

  private List<DeviceSettings> read(String xgt, String csv) throws IOException {
    Path site = folder.resolve("site.yaml");
    Path tags = folder.resolve("tags.csv");
    Files.writeString(site, "devices:\n  - name: plc\n    protocol: xgt\n    xgt: {" + xgt + "}\n");
    Files.writeString(
        tags, "tag,device,address,type,scale,writable,write_low,write_high,scan\n" + csv);
    TagCsv reader = new TagCsv(problems);
    reader.read(tags);
    return DeviceSettings.readAll(
        SettingsFile.read(site, Overrides.none(), problems),
        List.of(new XgtProtocol()),
        reader.rows());
  }

  private List<String> found() {
    return problems.all().stream().map(p -> p.line() + " " + p.key() + ": " + p.found()).toList();
  }

  @Test
  void deviceIsReadWithItsTagsAndDefaults() throws IOException {
    List<DeviceSettings> devices = read("host: 192.0.2.1", "a,plc,D100,int16\nb,plc,M0012F,bool\n");
    assertEquals(List.of(), found());
    XgtProtocol.Spec spec = (XgtProtocol.Spec) devices.get(0).spec();
    assertEquals("192.0.2.1:2004 xgk", spec.endpoint());
    assertEquals(1400, spec.settings().mostBytes());
    assertEquals(XgtSettings.BitIndex.DECIMAL, spec.settings().bitNames());
    assertEquals(2, spec.points().size());
  }

  @Test
  void xgbNeverGetsMoreThanItTakes() throws IOException {
    List<DeviceSettings> devices =
        read("host: plc, cpu: xgb, base: 1, slot: 3", "a,plc,D1,int16\n");
    XgtSettings settings = ((XgtProtocol.Spec) devices.get(0).spec()).settings();
    assertEquals(512, settings.mostBytes());
    assertEquals(XgtSettings.BitIndex.HEX, settings.bitNames());
    assertEquals(0x13, settings.position());
  }

  @Test
  void mistakesOfDevicesAreReported() throws IOException {
    read("port: 0, cpu: s7, outstanding: 17, rack: 1", "a,plc,D1,int16\n");
    assertEquals(
        List.of(
            "4 devices.plc.xgt.host: nothing",
            "4 devices.plc.xgt.port: '0'",
            "4 devices.plc.xgt.cpu: 's7'",
            "4 devices.plc.xgt.outstanding: '17'",
            "4 devices.plc.xgt.rack: an unknown key"),
        found());
  }

  @Test
  void mistakesOfTagsAreReportedWithWhatIsAllowed() throws IOException {
    read(
        "host: plc",
        """
        type,plc,D1,float
        area,plc,Q1,int16
        bit,plc,D100,bool
        number,plc,D100.3,int16
        iec,plc,%IX0.0.1,bool
        flags,plc,F10,int16,,true,0,1
        contact,plc,T5,bool,,true,0,1
        scaled,plc,M0001,bool,2
        module,plc,U3.1,string40
        class,plc,D5,int16,,,,,often
        """);
    assertEquals(
        List.of(
            "2 type of type: 'float'",
            "3 address of area: 'Q1'",
            "4 address of bit: 'D100'",
            "5 address of number: 'D100.3'",
            "6 address of iec: '%IX0.0.1'",
            "7 writable of flags: true",
            "8 writable of contact: true",
            "9 scale of scaled: a scale or offset",
            "10 type of module: 'string40'",
            "11 scan of class: 'often'"),
        found());
    Problem area = problems.all().get(1);
    assertTrue(area.allowed().contains("P M L K F T C D N Z R U of xgk"), area.allowed());
  }
}
