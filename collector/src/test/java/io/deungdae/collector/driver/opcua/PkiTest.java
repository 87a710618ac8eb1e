package io.deungdae.collector.driver.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.opcua.OpcUaSettings.Renewal;
import io.deungdae.collector.driver.opcua.TrustList.Entry;
import io.deungdae.collector.driver.opcua.TrustList.Standing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PkiTest {

  private static final Renewal RENEWAL = new Renewal(Duration.ofDays(100), Duration.ofDays(10));

  @TempDir Path folder;

  @Test
  void aCertificateIsRenewedBeforeItEndsAndTheOldOneIsKeptWhileItIsValid() throws Exception {
    Pki pki = new Pki(folder);
    Instant made = Instant.now();
    Pki.Own first = pki.own(made, RENEWAL);
    assertNull(first.previous());
    assertEquals(
        first.identity().certificate(),
        pki.own(made.plus(Duration.ofDays(89)), RENEWAL).identity().certificate());

    Pki.Own renewed = pki.own(made.plus(Duration.ofDays(91)), RENEWAL);
    assertNotEquals(first.identity().certificate(), renewed.identity().certificate());
    assertEquals(first.identity().uri(), renewed.identity().uri());
    assertEquals(
        first.identity().certificate(), Objects.requireNonNull(renewed.previous()).certificate());

    Files.move(folder.resolve("own"), folder.resolve("lost")); // a crash half way through
    Pki.Own mended = pki.own(made.plus(Duration.ofDays(80)), RENEWAL);
    assertEquals(first.identity().uri(), mended.identity().uri());
    assertNull(
        new Pki(folder)
            .own(
                made.plus(Duration.ofDays(101)),
                new Renewal(Duration.ofDays(100), Duration.ofDays(-2)))
            .previous());
  }

  @Test
  void aRejectedCertificateIsListedAndCountsOnceAPersonTrustsIt() throws Exception {
    Pki pki = new Pki(folder.resolve("ours"));
    pki.own(Instant.now(), RENEWAL);
    X509Certificate server =
        new Pki(folder.resolve("theirs")).own(Instant.now(), RENEWAL).identity().certificate();
    TrustList list = new TrustList(folder.resolve("ours"));
    UaException refused =
        assertThrows(
            UaException.class,
            () -> pki.validator().validateCertificateChain(List.of(server), null, null));
    Entry entry = of(list, Standing.REJECTED).get(0);
    assertTrue(String.valueOf(refused.getMessage()).contains(entry.fingerprint()));
    assertTrue(entry.subject().contains("CN=Deungdae on"), entry.subject());
    assertTrue(Duration.between(entry.since(), Instant.now()).toMinutes() < 5);

    assertFalse(list.trust("00"));
    assertTrue(list.trust(entry.fingerprint().toUpperCase(Locale.ROOT).replaceAll("(..)", "$1:")));
    pki.validator().validateCertificateChain(List.of(server), null, null);
    assertEquals(1, of(list, Standing.TRUSTED).size());
    assertEquals(0, of(list, Standing.REJECTED).size());

    assertTrue(list.reject(entry.fingerprint()));
    assertThrows(
        UaException.class,
        () -> pki.validator().validateCertificateChain(List.of(server), null, null));
    assertEquals(1, of(list, Standing.OWN).size());
  }

  @Test
  void aFileThatIsNoCertificateIsNamedAndNothingIsTrustedMeanwhile() throws Exception {
    Pki pki = new Pki(folder);
    pki.own(Instant.now(), RENEWAL);
    Path stray = Files.writeString(folder.resolve("trusted/certs/notes.txt"), "plc 3 is ours");
    Exception why = assertThrows(java.security.GeneralSecurityException.class, pki::validator);
    assertTrue(String.valueOf(why.getMessage()).contains(stray.toString()), why.getMessage());
  }

  @Test
  void onlyTheNewestRejectedCertificatesAreKept() throws Exception {
    Pki pki = new Pki(folder.resolve("ours"));
    pki.own(Instant.now(), RENEWAL);
    Path rejected = folder.resolve("ours/rejected");
    for (int i = 0; i < 150; i++) {
      Path file = Files.write(rejected.resolve(i + ".der"), new byte[1]);
      assertTrue(file.toFile().setLastModified(1_600_000_000_000L + i * 1000L));
    }
    X509Certificate server =
        new Pki(folder.resolve("theirs")).own(Instant.now(), RENEWAL).identity().certificate();
    assertThrows(
        UaException.class,
        () -> pki.validator().validateCertificateChain(List.of(server), null, null));
    try (var left = Files.list(rejected)) {
      List<Path> kept = left.toList();
      assertEquals(100, kept.size());
      assertTrue(kept.contains(rejected.resolve(TrustList.fingerprint(server) + ".der")));
      assertTrue(kept.contains(rejected.resolve("149.der")));
    }
  }

  private static List<Entry> of(TrustList list, Standing standing) throws Exception {
    return list.entries().stream().filter(entry -> entry.standing() == standing).toList();
  }
}
