package io.deungdae.collector.driver.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.Device;
import io.deungdae.collector.driver.DeviceAgent;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.driver.RecordingSink;
import io.deungdae.collector.driver.TestSite;
import io.deungdae.collector.driver.opcua.OpcUaSettings.Renewal;
import io.deungdae.collector.driver.opcua.TrustList.Standing;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Quality;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing is less secure than the settings say. */
class OpcUaSecurityIT {

  private static final String TAGS =
      "tag,device,address\ntemperature,dut,nsu=urn:test:plant;s=temperature\n";

  private static final Renewal RENEWAL = new Renewal(Duration.ofDays(1825), Duration.ofDays(90));

  @TempDir static Path pki;
  @TempDir Path folder;

  private static NodeServer server;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    NodeServer.install();
    server = NodeServer.start(pki, "\"user\":\"line\",\"password\":\"s3cret\",\"anonymous\":true");
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
      awaitError(agent, "not trusted; compare its fingerprint");
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

  private static final List<String> IDENTITIES =
      List.of("", "user: line\npassword: password", "userCertificate: user.der\nuserKey: user.pem");

  @ParameterizedTest
  @CsvSource({
    "best, best, Aes256_Sha256_RsaPss, SignAndEncrypt",
    "basic256sha256, sign, Basic256Sha256, Sign",
    "basic256sha256, sign-and-encrypt, Basic256Sha256, SignAndEncrypt",
    "aes128-sha256-rsaoaep, sign, Aes128_Sha256_RsaOaep, Sign",
    "aes128-sha256-rsaoaep, sign-and-encrypt, Aes128_Sha256_RsaOaep, SignAndEncrypt",
    "aes256-sha256-rsapss, sign, Aes256_Sha256_RsaPss, Sign",
    "aes256-sha256-rsapss, sign-and-encrypt, Aes256_Sha256_RsaPss, SignAndEncrypt",
    "none, best, None, None"
  })
  void everyPolicyModeAndIdentityIsTheOneAskedFor(
      String security, String mode, String policy, String found) throws Exception {
    Files.writeString(folder.resolve("password"), "s3cret\n");
    userCertificate();
    for (String identity : IDENTITIES) {
      String more = "security: " + security + "\nmode: " + mode + "\npki: pki\n" + identity;
      trustAtFirst((OpcUaSpec) site(server, "pki: pki").settings().spec()); // passwords need it too
      OpcUaSpec spec = (OpcUaSpec) site(server, more).settings().spec();
      Link link = Link.open(spec, Instant.now(), () -> {});
      EndpointDescription endpoint = link.client().getConfig().getEndpoint();
      assertTrue(endpoint.getSecurityPolicyUri().endsWith("#" + policy), identity);
      assertEquals(found, endpoint.getSecurityMode().name());
      ReadValueId id = Attributes.of(NodeId.parse("ns=1;s=product"), AttributeId.Value);
      assertEquals("gear", Attributes.read(link, List.of(id), 1).get(0).value().value());
      link.close();
    }
  }

  private static void trustAtFirst(OpcUaSpec spec) throws Exception {
    TrustList list = TrustList.of(spec).orElseThrow();
    if (list.entries().stream().anyMatch(e -> e.standing() == Standing.TRUSTED)) {
      return;
    }
    assertThrows(DeviceException.class, () -> Link.open(spec, Instant.now(), () -> {}));
    for (TrustList.Entry entry : list.entries()) {
      if (entry.standing() == Standing.REJECTED) {
        assertTrue(list.trust(entry.fingerprint()));
      }
    }
  }

  @Test
  void strongEndpointsThatSomebodyInBetweenLeavesOutAreMissed() throws Exception {
    OpcUaSpec spec = (OpcUaSpec) site(server, "pki: pki").settings().spec();
    trustAtFirst(spec);
    server.ask("hide on", "HIDING on");
    try {
      DeviceException why =
          assertThrows(DeviceException.class, () -> Link.open(spec, Instant.now(), () -> {}));
      assertEquals(DeviceException.Kind.REJECTED, why.kind());
      assertTrue(
          String.valueOf(why.getMessage()).contains("Aes256_Sha256_RsaPss/SignAndEncrypt, which"),
          why.getMessage());
      OpcUaSpec signed = (OpcUaSpec) site(server, "pki: pki\nmode: sign").settings().spec();
      Link.open(signed, Instant.now(), () -> {}).close(); // asked for by name
    } finally {
      server.ask("hide off", "HIDING off");
    }
  }

  @Test
  void ourCertificateIsRenewedWhileASessionGoesOn() throws Exception {
    OpcUaSpec spec = (OpcUaSpec) site(server, "pki: pki\nsecurity: none").settings().spec();
    AheadClock clock = new AheadClock();
    Device device = spec.build(new RecordingSink(false), clock, () -> {});
    try {
      device.open();
      Path previous = spec.settings().pki().resolve("own-previous");
      clock.ahead = Duration.ofDays(1825 - 30);
      long unused = device.service(clock.nanoTime());
      assertTrue(Files.exists(previous.resolve("certificate.der")));
    } finally {
      device.close();
    }
  }

  /** The machine's clock, set forward at will. */
  private static final class AheadClock implements Clock {
    private Duration ahead = Duration.ZERO;

    @Override
    public Instant now() {
      return Instant.now().plus(ahead);
    }

    @Override
    public long nanoTime() {
      return System.nanoTime() + ahead.toNanos();
    }
  }

  private void userCertificate() throws Exception {
    Pki.Identity user = new Pki(folder.resolve("user")).own(Instant.now(), RENEWAL).identity();
    Files.write(folder.resolve("user.der"), user.certificate().getEncoded());
    Files.writeString(
        folder.resolve("user.pem"),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(user.keys().getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
  }

  @Test
  void aRenewedCertificateIsUsedAsSoonAsTheServerTrustsItAndTheOldOneUntilThen() throws Exception {
    try (NodeServer strict = NodeServer.start(pki.resolve("strict"), "\"trustAll\":false")) {
      OpcUaSpec spec = (OpcUaSpec) site(strict, "pki: pki").settings().spec();
      trustAtFirst(spec);
      assertThrows(DeviceException.class, () -> Link.open(spec, Instant.now(), () -> {}));
      strict.ask("trust", "TRUSTED");
      X509Certificate first = shown(spec);
      Pki pki = new Pki(spec.settings().pki());
      Instant later = Instant.now().plus(Duration.ofDays(1825 - 30));
      X509Certificate renewed = pki.own(later, RENEWAL).identity().certificate();
      assertEquals(first, shown(spec));
      strict.ask("trust", "TRUSTED");
      assertEquals(renewed, shown(spec));
    }
  }

  private static X509Certificate shown(OpcUaSpec spec) throws DeviceException {
    Link link = Link.open(spec, Instant.now(), () -> {});
    X509Certificate certificate = link.client().getConfig().getCertificate().orElseThrow();
    link.close();
    return certificate;
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
