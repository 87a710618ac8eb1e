package io.deungdae.collector.driver.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.settings.Overrides;
import io.deungdae.collector.settings.Problems;
import io.deungdae.collector.settings.Section;
import io.deungdae.collector.settings.SettingsFile;
import io.deungdae.collector.settings.TagCsv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModbusProtocolTest {

  private @TempDir Path folder;
  private final Problems problems = new Problems();

  private List<DeviceSettings> read(String yaml, String csv) throws IOException {
    Path site = folder.resolve("site.yaml");
    Path tags = folder.resolve("tags.csv");
    Files.writeString(site, yaml);
    Files.writeString(tags, csv);
    TagCsv reader = new TagCsv(problems);
    reader.read(tags);
    Section root = SettingsFile.read(site, Overrides.none(), problems);
    return DeviceSettings.readAll(root, List.of(new ModbusProtocol()), reader.rows());
  }

  private List<String> found() {
    return problems.all().stream().map(p -> p.line() + " " + p.key() + ": " + p.found()).toList();
  }

  @Test
  void deviceIsReadWithItsTagsAndDefaults() throws IOException {
    List<DeviceSettings> devices =
        read(
            """
            devices:
              - name: plc
                protocol: modbus
                simulated: true
                modbus: {host: 192.168.0.10}
            """,
            "tag,device,address,type\na,plc,hr:1,int16\n");
    assertEquals(List.of(), found());
    DeviceSettings device = devices.get(0);
    assertEquals("192.168.0.10:502 unit 1", device.spec().endpoint());
    assertEquals(Duration.ofMillis(500), device.heartbeat());
    assertEquals(Duration.ofSeconds(1), device.firstWait());
    assertEquals(Duration.ofSeconds(30), device.longestWait());
    assertEquals(List.of("a"), device.tags().stream().map(t -> t.name()).toList());
    assertEquals(true, device.enabled() && device.simulated());
  }

  @Test
  void mistakesOfDevicesAreReported() throws IOException {
    read(
        """
        devices:
          - name: plc
            protocol: modbuss
          - name: plc
            protocol: modbus
            colour: red
            modbus: {port: 0, wordOrder: middle, baud: 9600}
        """,
        "tag,device,address,type\na,plk,hr:1,int16\n");
    assertEquals(
        List.of(
            "3 devices.plc.protocol: 'modbuss'",
            "4 devices.plc.name: 'plc' again",
            "6 devices.plc.colour: an unknown key",
            "7 devices.plc.modbus.port: '0'",
            "7 devices.plc.modbus.host: nothing",
            "7 devices.plc.modbus.wordOrder: 'middle'",
            "7 devices.plc.modbus.baud: an unknown key",
            "2 device of a: 'plk'"),
        found());
  }

  @Test
  void mistakesOfLinesAreReported() throws IOException {
    read(
        """
        devices:
          - name: a
            protocol: modbus
            modbus: {framing: rtu, host: plc}
          - name: b
            protocol: modbus
            modbus: {framing: rtu-over-tcp, host: plc, outstanding: 4}
          - name: c
            protocol: modbus
            modbus: {host: plc, tls: {enabled: true, ca: ca.pem}}
          - name: d
            protocol: modbus
            modbus: {host: plc, serial: {port: /dev/ttyS0, dataBits: 9}}
          - name: e
            protocol: modbus
            modbus: {framing: rtu, serial: {port: COM3}, unit: 0}
        """,
        "tag,device,address,type\n");
    assertEquals(
        List.of(
            "4 devices.a.modbus.serial: no port",
            "4 devices.a.modbus.host: 'plc'",
            "7 devices.b.modbus.outstanding: more than one",
            "10 devices.c.modbus.tls.cert: no certificate of our own",
            "13 devices.d.modbus.serial.dataBits: '9'",
            "13 devices.d.modbus.serial: a serial port",
            "16 devices.e.modbus.unit: 0"),
        found());
  }

  @Test
  void portFollowsFromTlsAndTheSilenceFromTheBaudRate() throws IOException {
    List<DeviceSettings> devices =
        read(
            """
            devices:
              - name: a
                protocol: modbus
                modbus: {host: plc, tls: {enabled: true, cert: a.pem, key: a.key}}
              - name: b
                protocol: modbus
                modbus: {framing: rtu, serial: {port: COM3, baud: 9600}, unit: 17}
            """,
            "tag,device,address,type\n");
    assertEquals(List.of(), found());
    assertEquals("tls plc:802 unit 1", devices.get(0).spec().endpoint());
    assertEquals("COM3 unit 17", devices.get(1).spec().endpoint());
    assertEquals(4_010_415, serial(9_600, Duration.ZERO).silenceNs());
    assertEquals(1_750_000, serial(115_200, Duration.ZERO).silenceNs());
    assertEquals(20_000_000, serial(115_200, Duration.ofMillis(20)).silenceNs());
  }

  private static SerialSettings serial(int baud, Duration turnaround) {
    return new SerialSettings("COM3", baud, 8, SerialSettings.Parity.EVEN, 1, turnaround, false);
  }

  @Test
  void tagMayNameItsOwnPeriodInPlaceOfAClass() throws IOException {
    List<DeviceSettings> devices =
        read(
            """
            devices:
              - name: plc
                protocol: modbus
                modbus: {host: plc}
            """,
            """
            tag,device,address,type,scan
            a,plc,hr:1,int16,10ms
            b,plc,hr:2,int16,2h
            c,plc,hr:3,int16,slow
            """);
    assertEquals(List.of(), found());
    ModbusProtocol.Spec spec = assertInstanceOf(ModbusProtocol.Spec.class, devices.get(0).spec());
    assertEquals(
        List.of(Duration.ofMillis(10), Duration.ofHours(2), Duration.ofSeconds(10)),
        spec.points().stream().map(Point::period).toList());
  }

  @Test
  void mistakesOfTagsAreReported() throws IOException {
    read(
        """
        devices:
          - name: plc
            protocol: modbus
            modbus: {host: plc, maxBlock: 20}
        """,
        """
        tag,device,address,type,scan,scale,writable,write_low,write_high
        a,plc,40001,int16
        b,plc,hr:1,
        c,plc,hr:1.2,int16
        d,plc,co:1,float32
        e,plc,hr:65535,float32
        f,plc,hr:1,string100
        g,plc,hr:1,bool,,0.1
        h,plc,ir:1,int16,,,true,0,1
        i,plc,hr:1,string4,,,true,0,1
        j,plc,hr:1,int16,faster
        k,plc,hr:1,int16,10ms
        l,plc,hr:1,int16,25h
        """);
    assertEquals(
        List.of(
            "2 address of a: '40001'",
            "3 type of b: ''",
            "4 type of c: 'int16'",
            "5 type of d: 'float32'",
            "6 address of e: 'hr:65535'",
            "7 type of f: 'string100'",
            "8 scale of g: a scale or offset",
            "9 writable of h: true",
            "10 writable of i: true",
            "11 scan of j: 'faster'",
            "13 scan of l: '25h'"),
        found());
  }
}
