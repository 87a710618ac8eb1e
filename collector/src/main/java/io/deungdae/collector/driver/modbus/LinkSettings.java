package io.deungdae.collector.driver.modbus;

import io.deungdae.collector.driver.modbus.TcpLine.Tls;
import io.deungdae.collector.driver.tls.TlsFiles;
import io.deungdae.collector.settings.Section;
import io.deungdae.collector.signal.Clock;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a device is reached.
 *
 * @param framing how frames look, and on what
 * @param host name or address; empty for a serial line
 * @param port TCP port
 * @param connectTimeout longest wait for a connection
 * @param pause least time from connecting, and from an answer, to the next request
 * @param outstanding most requests under way on one connection
 * @param connections how many connections side by side
 * @param shared true when all devices at the same place, one for each unit, use one connection
 * @param tls what TLS needs, or null for a connection in clear
 * @param serial the serial line, in use with framing {@code rtu}
 */
record LinkSettings(
    Framed framing,
    String host,
    int port,
    Duration connectTimeout,
    Duration pause,
    int outstanding,
    int connections,
    boolean shared,
    @Nullable Tls tls,
    SerialSettings serial) {

  private static final int PORT = 502; // registered for Modbus by IANA
  private static final int TLS_PORT = 802; // likewise, Modbus/TCP Security
  private static final int MOST_OUTSTANDING = 16; // Modbus Messaging on TCP/IP V1.0b §4.3.2.1

  /** How frames look on the line. */
  enum Framed {
    /** Modbus TCP. */
    TCP,
    /** RTU frames with their checksum over TCP, as serial device servers pass them on. */
    RTU_OVER_TCP,
    /** RTU frames on a serial port of the gateway. */
    RTU
  }

  /** Reads what the section {@code modbus} of a device says about it. */
  static LinkSettings read(Section s) {
    Framed framing = s.choice("framing", Framed.TCP);
    Tls tls = tls(s.section("tls"));
    LinkSettings settings =
        new LinkSettings(
            framing,
            s.text("host", ""),
            s.integer("port", tls == null ? PORT : TLS_PORT, 1, 65_535),
            s.duration(
                "connectTimeout",
                Duration.ofSeconds(3),
                Duration.ofMillis(10),
                Duration.ofMinutes(1)),
            s.duration("pause", Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10)),
            s.integer("outstanding", 1, 1, MOST_OUTSTANDING),
            s.integer("connections", 1, 1, 8),
            s.flag("shared", false),
            tls,
            SerialSettings.read(s.section("serial")));
    settings.check(s);
    return settings;
  }

  private static @Nullable Tls tls(Section s) {
    TlsFiles files = new TlsFiles(file(s, "ca"), file(s, "cert"), file(s, "key"));
    boolean on = s.flag("enabled", false);
    boolean verifyHost = s.flag("verifyHost", true);
    if (on && (files.certificate() == null || files.key() == null)) {
      s.problem(
          "cert", "no certificate of our own", "cert and key, because both sides show theirs");
    }
    s.done();
    return on ? new Tls(files, verifyHost) : null;
  }

  private static @Nullable Path file(Section s, String key) {
    String name = s.text(key, "");
    return name.isEmpty() ? null : s.folder().resolve(name).normalize();
  }

  private void check(Section s) {
    if (framing == Framed.RTU && serial.port().isEmpty()) {
      s.problem("serial", "no port", "port: the name of the serial port, such as /dev/ttyUSB0");
    }
    if (framing == Framed.RTU && !host.isEmpty()) {
      s.problem("host", "'" + host + "'", "none, because framing is rtu");
    }
    if (framing != Framed.RTU && host.isBlank()) {
      s.problem("host", "nothing", "a name or address");
    }
    if (framing != Framed.RTU && !serial.port().isEmpty()) {
      s.problem("serial", "a serial port", "framing: rtu with it");
    }
    if (framing != Framed.TCP && tls != null) {
      s.problem("tls", "TLS", "framing: tcp with it");
    }
    if (isBus() && (outstanding > 1 || connections > 1)) {
      s.problem(
          outstanding > 1 ? "outstanding" : "connections",
          "more than one",
          framing == Framed.TCP
              ? "1, because the connection is shared"
              : "1, because answers in RTU frames carry no number");
    }
  }

  /** True when several devices may be on the same line, one for each unit. */
  boolean isBus() {
    return shared || framing != Framed.TCP;
  }

  /** Where it is, in one word: what devices on the same bus have in common. */
  String place() {
    return framing == Framed.RTU ? serial.port() : host + ":" + port;
  }

  /** Where it is, for people. */
  String endpoint() {
    return (tls == null ? "" : "tls ") + place();
  }

  /** The line, not yet open. */
  Line line(Clock clock) {
    return framing == Framed.RTU
        ? new SerialLine(serial, clock)
        : new TcpLine(host, port, connectTimeout, tls);
  }

  /** Frames as the line wants them. */
  Framing frames() {
    return framing == Framed.TCP ? new MbapFraming() : new RtuFraming();
  }
}
