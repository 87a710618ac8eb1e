package io.deungdae.simulators.opcua;

import io.deungdae.simulators.plant.WallClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.CertificateManager;
import org.eclipse.milo.opcua.stack.core.security.CertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultApplicationGroup;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.DefaultServerCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.FileBasedCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.FileBasedTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.KeyStoreCertificateStore;
import org.eclipse.milo.opcua.stack.core.security.RsaSha256CertificateFactory;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;

/**
 * The server's key and certificate, made at the first start and kept in a folder. The key store's
 * password is random and lies beside it, readable by the owner only.
 *
 * @param manager what the server uses
 * @param certificate the server's certificate
 */
record ServerIdentity(CertificateManager manager, X509Certificate certificate) {

  /** Reads or makes the identity of the application with this URI. */
  static ServerIdentity in(Path folder, String applicationUri, ClientTrust trust)
      throws IOException {
    return in(folder, trust, new Factory(applicationUri));
  }

  /** Reads or makes an identity whose certificate has expired a year ago. */
  static ServerIdentity expired(Path folder, String applicationUri, ClientTrust trust)
      throws IOException {
    return in(folder, trust, new ExpiredFactory(applicationUri));
  }

  private static ServerIdentity in(
      Path folder, ClientTrust trust, RsaSha256CertificateFactory factory) throws IOException {
    Path pki = folder.resolve("pki");
    Files.createDirectories(pki);
    try {
      char[] password = password(folder.resolve("keystore.password"));
      KeyStoreCertificateStore store =
          KeyStoreCertificateStore.createAndInitialize(
              new KeyStoreCertificateStore.Settings(
                  folder.resolve("keystore.pfx"),
                  password::clone,
                  alias -> password.clone(),
                  false));
      FileBasedTrustListManager trusted = FileBasedTrustListManager.createAndInitialize(pki);
      CertificateQuarantine rejected =
          FileBasedCertificateQuarantine.create(pki.resolve("rejected").resolve("certs"));
      DefaultApplicationGroup group =
          DefaultApplicationGroup.createAndInitialize(
              trusted, store, factory, validator(trust, trusted, rejected));
      X509Certificate[] chain =
          group
              .getCertificateChain(NodeIds.RsaSha256ApplicationCertificateType)
              .orElseThrow(() -> new IOException("no certificate in " + folder));
      return new ServerIdentity(new DefaultCertificateManager(rejected, group), chain[0]);
    } catch (IOException e) {
      throw e;
    } catch (Exception e) { // the library declares no narrower one
      throw new IOException("cannot read or make a certificate in " + folder, e);
    }
  }

  private static CertificateValidator validator(
      ClientTrust trust, FileBasedTrustListManager trusted, CertificateQuarantine rejected) {
    return switch (trust) {
      case LISTED -> new DefaultServerCertificateValidator(trusted, rejected);
      case ANY -> new CertificateValidator.InsecureCertificateValidator();
    };
  }

  private static char[] password(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] random = new byte[24];
      new SecureRandom().nextBytes(random);
      Files.writeString(file, HexFormat.of().formatHex(random), StandardCharsets.US_ASCII);
      if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
    }
    return Files.readString(file, StandardCharsets.US_ASCII).strip().toCharArray();
  }

  /** Makes a self-signed certificate for this machine. */
  private static final class Factory extends RsaSha256CertificateFactory {

    private final String applicationUri;

    Factory(String applicationUri) {
      this.applicationUri = applicationUri;
    }

    @Override
    protected X509Certificate[] createRsaSha256CertificateChain(KeyPair pair) throws Exception {
      X509Certificate certificate =
          new SelfSignedCertificateBuilder(pair)
              .setCommonName("Deungdae simulators")
              .setOrganization("Deungdae")
              .setApplicationUri(applicationUri)
              .setValidityPeriod(Period.ofYears(5))
              .addDnsName("localhost")
              .addIpAddress("127.0.0.1")
              .build();
      return new X509Certificate[] {certificate};
    }
  }

  /** Makes a self-signed certificate that was good from two years ago to one year ago. */
  private static final class ExpiredFactory extends RsaSha256CertificateFactory {

    private static final Duration YEAR = Duration.ofDays(365);

    private final String applicationUri;

    ExpiredFactory(String applicationUri) {
      this.applicationUri = applicationUri;
    }

    @Override
    protected X509Certificate[] createRsaSha256CertificateChain(KeyPair pair) throws Exception {
      Instant now = WallClock.system().now();
      X509Certificate certificate =
          new SelfSignedCertificateGenerator()
              .generateSelfSigned(
                  pair,
                  Date.from(now.minus(YEAR.multipliedBy(2))),
                  Date.from(now.minus(YEAR)),
                  "Deungdae simulators",
                  "Deungdae",
                  null,
                  null,
                  null,
                  null,
                  applicationUri,
                  List.of("localhost"),
                  List.of("127.0.0.1"),
                  SelfSignedCertificateBuilder.SA_SHA256_RSA);
      return new X509Certificate[] {certificate};
    }
  }
}
