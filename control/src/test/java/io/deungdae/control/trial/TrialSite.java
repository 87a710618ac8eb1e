package io.deungdae.control.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.deungdae.control.cli.RootCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A site of one PLC and one meter, as files in a folder. The unit {@code line} comes into force by
 * itself (mode SUPERVISED, handshake with resume).
 */
record TrialSite(Path folder) {

  static final double RATE_PER_SECOND = 8;
  static final double MOVE_INTERVAL_SECONDS = 0.25;
  static final long STABLE_NS = 500_000_000L;

  private static final String TAGS =
      """
      tag,device,address,type,unit,scan,low,high,writable,write_low,write_high,rate_per_s,hold,tolerance
      line.sp,plc,hr:0,float32,°C,fast,0,100,true,10,90,8,10s,0.001
      line.pv,plc,hr:2,float32,°C,fast,-10,110,false,,,,,
      line.number,plc,hr:4,uint32,,fast,,,false,,,,,
      line.heartbeat,plc,hr:6,uint16,,normal,0,65535,true,0,65535,65535,10s,0
      line.broken,plc,hr:8,float32,°C,normal,0,100,false,,,,,
      line.remote,plc,di:0,bool,,fast,,,false,,,,,
      line.watchdog_ok,plc,di:1,bool,,fast,,,false,,,,,
      line.interlock,plc,di:2,bool,,fast,,,false,,,,,
      meter.n,meter,trial/meter#n,int64,,,,,false,,,,,
      meter.power,meter,trial/power#kw,float64,kW,,0,500,false,,,,,
      """;

  private static final String SITE =
      """
      name: trial
      simulated: true
      data: data
      tags: [tags.csv]
      devices:
        - name: plc
          protocol: modbus
          simulated: true
          heartbeat: 250ms
          scan: {fast: 50ms, normal: 100ms}
          reconnect: {first: 200ms, longest: 1s}
          modbus: {host: 127.0.0.1, port: PLC, wordOrder: low-first}
        - name: meter
          protocol: mqtt
          simulated: true
          reconnect: {first: 200ms, longest: 1s}
          mqtt: {broker: "METER", time: ts}
      units:
        - name: line
          manipulated:
            - {setpoint: line.sp, processValue: line.pv}
          objective: {unit: KRW/h, terms: {line.pv: 1}}
          analytics: {train: {after: 24h}}
          loop:
            period: 50ms
            mode: supervised
            handshake: {remote: line.remote, watchdog: line.watchdog_ok, heartbeat: line.heartbeat, stable: 500ms, resume: true}
            interlocks: [{tag: line.interlock, equals: 0}]
            moves: {interval: 250ms}
      historian: {folder: data/history, keepFreeMb: 64}
      console: {port: 0}
      """;

  /** Writes the files. */
  static TrialSite write(Path folder, int plcPort, String broker) throws IOException {
    Files.writeString(folder.resolve("tags.csv"), TAGS);
    Files.writeString(
        folder.resolve("site.yaml"), SITE.replace("PLC", "" + plcPort).replace("METER", broker));
    return new TrialSite(folder);
  }

  /** Adds a device that nobody answers for, with one tag. */
  TrialSite withDeadDevice(int port) throws IOException {
    append("tags.csv", "dead.value,dead,hr:0,uint16,,fast,,,false,,,,,\n");
    Path site = folder.resolve("site.yaml");
    String dead =
        "devices:\n  - {name: dead, protocol: modbus, simulated: true, modbus: {host: 127.0.0.1,"
            + " port: %d}}\n";
    Files.writeString(site, Files.readString(site).replace("devices:\n", dead.formatted(port)));
    return this;
  }

  private void append(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text, StandardOpenOption.APPEND);
  }

  /** The settings file. */
  String file() {
    return folder.resolve("site.yaml").toString();
  }

  /** Makes an API token, as an administrator does at the command line. */
  String token() throws IOException {
    Path file = folder.resolve("token");
    assertEquals(
        0,
        RootCommand.execute(
            "token",
            "create",
            file(),
            "--name",
            "trial",
            "--role",
            "engineer",
            "--file",
            "" + file));
    return Files.readString(file).strip();
  }
}
