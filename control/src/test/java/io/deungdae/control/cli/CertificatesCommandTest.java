package io.deungdae.control.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A server that was refused is listed, and a person trusts it. */
class CertificatesCommandTest {

  private static final String SHOWN =
      """
      -----BEGIN CERTIFICATE-----
      MIIBdzCCAR2gAwIBAgIURvL2+S+xb4V1wngU6dh5CfBsGjQwCgYIKoZIzj0EAwIw
      EDEOMAwGA1UEAwwFUExDIDcwIBcNMjYxMTIzMjE0MTM1WhgPMjEyNjEwMzAyMTQx
      MzVaMBAxDjAMBgNVBAMMBVBMQyA3MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
      qYhSsjulFoSi8tNdaS9YkM3uh48BKNmNcxlTa3gRVwQE3zXbkvjHmLaWkqmEgQwp
      V5Pk3dR4D3ZMGn00mG/hbqNTMFEwHQYDVR0OBBYEFO9DBbbrMQkIPnUipbTziNPC
      euO9MB8GA1UdIwQYMBaAFO9DBbbrMQkIPnUipbTziNPCeuO9MA8GA1UdEwEB/wQF
      MAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgSf0Qb82LnYGZwMI67wR6p8eiX15iEt+i
      rSeKMyPYc1wCIQD2Gttew0mZKIOxen7ZnuwZOVxl3Bjv6OOcB6J+UXJ5oQ==
      -----END CERTIFICATE-----
      """;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int say(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = RootCommand.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  private String site() throws IOException {
    Path file = folder.resolve("site.yaml");
    Files.writeString(
        file,
        """
        name: press
        devices:
          - name: plc
            protocol: opcua
            opcua:
              endpoint: opc.tcp://127.0.0.1:4840
              pki: certificates
        """);
    return file.toString();
  }

  private String listed(String site) {
    assertEquals(0, say("certificates", "list", "--site", site), err::toString);
    return out.toString();
  }

  @Test
  void aRejectedCertificateIsListedTrustedAndRejectedAgain() throws IOException {
    String site = site();
    Path rejected = Files.createDirectories(folder.resolve("data/certificates/rejected"));
    Files.writeString(rejected.resolve("shown.pem"), SHOWN);
    String list = listed(site);
    Matcher found = Pattern.compile("rejected  ([0-9a-f]{64})\\s+subject  CN=PLC 7").matcher(list);
    assertTrue(found.find(), list);
    String fingerprint = found.group(1);

    assertEquals(0, say("certificates", "trust", "--site", site, fingerprint), err::toString);
    assertTrue(listed(site).contains("trusted  " + fingerprint), out::toString);
    assertEquals(1, say("certificates", "trust", "--site", site, fingerprint));
    assertTrue(err.toString().contains("no rejected certificate has"), err::toString);

    assertEquals(0, say("certificates", "reject", "--site", site, fingerprint), err::toString);
    assertTrue(listed(site).contains("rejected  " + fingerprint), out::toString);
  }
}
