package io.deungdae.collector.driver.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.DeviceAgent;
import io.deungdae.collector.driver.RecordingSink;
import io.deungdae.collector.driver.TestSite;
import io.deungdae.collector.signal.Quality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is less secure than the settings say. */
class OpcUaSecurityIT {

  private static final String TAGS =
      "tag,device,address\ntemperature,dut,nsu=urn:test:plant;s=temperature\n";

  @TempDir static Path pki;
  @TempDir Path folder;

  private static NodeServer server;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    NodeServer.install();
    server = NodeServer.start(pki, "\"user\":\"line\",\"password\":\"s3cret\"");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private TestSite site(NodeServer which, String more) {
    String yaml =
        "reconnect:\n  first: 200ms\n  longest: 500ms\nopcua:\n  endpoint: "
            + which.endpoint()
            + "\n"
            + more.indent(2);
    return new TestSite(folder, new OpcUaProtocol(), yaml, TAGS);
  }

  private static void awaitError(DeviceAgent agent, String part) {
    RecordingSink.await(
        () -> String.valueOf(agent.status().lastError()).contains(part),
        () -> "last error is " + agent.status().lastError());
  }

  @Test
  void anUnknownServerIsRefusedUntilItsCertificateIsTrusted() throws IOException {
    Files.writeString(folder.resolve("password"), "s3cret\n");
    RecordingSink sink = new RecordingSink(false);
    String login = "user: line\npassword: password\npki: pki";
    try (TestSite site = site(server, login)) {
      DeviceAgent agent = site.start(sink);
      awaitError(agent, "not trusted; check it and move");
      trustTheRejected();
      sink.await(site.tag("temperature"), s -> s.quality() == Quality.GOOD);
    }
    assertTrue(Files.exists(folder.resolve("data/pki/own/certificate.der")));
  }

  private void trustTheRejected() throws IOException {
    try (Stream<Path> rejected = Files.list(folder.resolve("data/pki/rejected"))) {
      List<Path> files = rejected.toList();
      assertEquals(1, files.size());
      Files.move(
          files.get(0),
          folder.resolve("data/pki/trusted/certs").resolve(files.get(0).getFileName()));
    }
  }

  @Test
  void aWrongPasswordIsToldAndNeverLogged() throws IOException {
    Files.writeString(folder.resolve("password"), "wrong-one\n");
    RecordingSink sink = new RecordingSink(false);
    String login = "security: basic256sha256\nuser: line\npassword: password\npki: pki";
    try (TestSite site = site(server, login)) {
      DeviceAgent agent = site.start(sink);
      awaitError(agent, "not trusted");
      trustTheRejected();
      awaitError(agent, "Bad_UserAccessDenied");
      assertTrue(!String.valueOf(agent.status().lastError()).contains("wrong-one"));
    }
  }
}
