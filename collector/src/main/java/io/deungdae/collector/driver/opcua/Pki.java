package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.opcua.OpcUaSettings.Renewal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultClientCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of certificates and keys.
 *
 * <pre>
 * own/certificate.der, own/private-key.der   made at first use; give the certificate to the server
 * own-previous                               the one before, until it ends
 * trusted/certs, trusted/crl                 servers (or their CAs) that are trusted
 * issuers/certs, issuers/crl                 CAs needed to complete a chain, not trusted themselves
 * rejected                                   what servers have shown and nobody has trusted yet
 * </pre>
 *
 * <p>The folder is read each time a link is made, so a certificate moved from {@code rejected} to
 * {@code trusted/certs} counts at the next attempt.
 *
 * @param folder the folder
 */
record Pki(Path folder) {

  private static final Logger log = LoggerFactory.getLogger(Pki.class);
  private static final int KEY_BITS = 2048;
  private static final Lock RENEWING = new ReentrantLock();
  private static final int MOST_REJECTED = 100;
  private static final String CERTIFICATE = "certificate.der";
  private static final String KEY = "private-key.der";

  /**
   * Who we are.
   *
   * @param keys the key pair
   * @param certificate the certificate
   * @param uri the application URI, which the certificate names too
   */
  record Identity(KeyPair keys, X509Certificate certificate, String uri) {}

  /**
   * Our own identities.
   *
   * @param identity the one to use
   * @param previous the one before, while it is valid: for servers that do not trust the new one
   *     yet; or null
   */
  record Own(Identity identity, @Nullable Identity previous) {}

  /** Our own; made now if there is none yet, made anew when its end is near. */
  Own own(Instant now, Renewal renewal) throws IOException, GeneralSecurityException {
    for (String sub : List.of("trusted/certs", "trusted/crl", "issuers/certs", "issuers/crl")) {
      Files.createDirectories(folder.resolve(sub));
    }
    Files.createDirectories(folder.resolve("rejected"));
    RENEWING.lock(); // two devices may get here at once
    try {
      Path own = folder.resolve("own");
      Path previous = folder.resolve("own-previous");
      if (!Files.exists(own)) {
        create(own, Files.exists(previous) ? load(previous).uri() : newUri(), renewal);
      } else if (endsBefore(load(own), now.plus(renewal.renewBefore()))) {
        renew(own, previous, renewal);
      }
      Identity before = Files.exists(previous) ? load(previous) : null;
      boolean usable = before != null && !endsBefore(before, now);
      return new Own(load(own), usable ? before : null);
    } finally {
      RENEWING.unlock();
    }
  }

  private static boolean endsBefore(Identity identity, Instant time) {
    return identity.certificate().getNotAfter().toInstant().isBefore(time);
  }

  /** The application URI stays: servers know us by it. */
  private void renew(Path own, Path previous, Renewal renewal)
      throws IOException, GeneralSecurityException {
    Identity old = load(own);
    if (Files.exists(previous)) {
      delete(previous);
    }
    Files.move(own, previous, StandardCopyOption.ATOMIC_MOVE);
    create(own, old.uri(), renewal);
    log.warn(
        "certificate renewed file={} old-ends={}: give the new one to every server to trust; until"
            + " a server does, the old one is used there",
        own.resolve(CERTIFICATE),
        old.certificate().getNotAfter().toInstant());
  }

  private static void delete(Path identity) throws IOException {
    Files.deleteIfExists(identity.resolve(KEY));
    Files.deleteIfExists(identity.resolve(CERTIFICATE));
    Files.delete(identity);
  }

  private void create(Path own, String uri, Renewal renewal)
      throws IOException, GeneralSecurityException {
    Path draft = Files.createTempDirectory(folder, "own-");
    KeyPair keys = SelfSignedCertificateGenerator.generateRsaKeyPair(KEY_BITS);
    Files.write(draft.resolve(CERTIFICATE), certificate(keys, uri, renewal).getEncoded());
    Files.write(draft.resolve(KEY), keys.getPrivate().getEncoded());
    protect(draft.resolve(KEY), "rw-------");
    try {
      Files.move(draft, own, StandardCopyOption.ATOMIC_MOVE);
      log.info("certificate made file={} give=it-to-the-server", own.resolve(CERTIFICATE));
    } catch (FileSystemException e) { // another process was first
      if (!Files.exists(own.resolve(KEY))) {
        throw e;
      }
      delete(draft);
    }
  }

  private static void protect(Path file, String permissions) throws IOException {
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
  }

  private static String newUri() {
    return "urn:deungdae:" + hostName() + ":" + UUID.randomUUID();
  }

  private static X509Certificate certificate(KeyPair keys, String uri, Renewal renewal)
      throws GeneralSecurityException {
    String host = hostName();
    try {
      return new SelfSignedCertificateBuilder(keys)
          .setValidityPeriod(Period.ofDays((int) renewal.validity().toDays()))
          .setCommonName("Deungdae on " + host)
          .setOrganization("Deungdae")
          .setApplicationUri(uri)
          .addDnsName(host)
          .build();
    } catch (Exception e) { // what the builder declares
      throw new GeneralSecurityException("no certificate could be made", e);
    }
  }

  private static String hostName() {
    try {
      String name = InetAddress.getLocalHost().getHostName();
      return name.matches("[A-Za-z0-9.-]+") ? name : "gateway";
    } catch (UnknownHostException e) {
      return "gateway";
    }
  }

  private static Identity load(Path own) throws IOException, GeneralSecurityException {
    X509Certificate certificate = readCertificate(own.resolve(CERTIFICATE));
    PrivateKey key =
        KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
            .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(own.resolve(KEY))));
    String uri =
        CertificateUtil.getSanUri(certificate)
            .orElseThrow(() -> new GeneralSecurityException(own + ": no application URI"));
    return new Identity(new KeyPair(certificate.getPublicKey(), key), certificate, uri);
  }

  /** Trusts what is in the folder now; what it does not trust it puts into {@code rejected}. */
  CertificateValidator validator() throws IOException, GeneralSecurityException {
    MemoryTrustListManager trusted = new MemoryTrustListManager();
    trusted.setTrustedCertificates(certificates("trusted/certs"));
    trusted.setIssuerCertificates(certificates("issuers/certs"));
    trusted.setTrustedCrls(revocations("trusted/crl"));
    trusted.setIssuerCrls(revocations("issuers/crl"));
    CertificateValidator validator =
        new DefaultClientCertificateValidator(trusted, new MemoryCertificateQuarantine());
    return (chain, uri, hosts) -> {
      try {
        validator.validateCertificateChain(chain, null, null); // trust is in the certificate itself
      } catch (UaException e) {
        throw new UaException(e.getStatusCode().value(), reject(chain.get(0)), e);
      }
    };
  }

  private String reject(X509Certificate certificate) throws UaException {
    try {
      String print = TrustList.fingerprint(certificate);
      Path rejected = folder.resolve("rejected");
      Files.write(rejected.resolve(print + ".der"), certificate.getEncoded());
      forgetOldest(rejected);
      return "the server's certificate is not trusted; compare its fingerprint with the server's,"
          + " then: deungdae certificates trust "
          + print;
    } catch (IOException | GeneralSecurityException e) {
      throw new UaException(e);
    }
  }

  /** Whoever shows a new certificate at each attempt must not fill the disk. */
  private static void forgetOldest(Path rejected) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(rejected)) {
      found.forEach(files::add);
    }
    if (files.size() > MOST_REJECTED) {
      files.sort(Comparator.comparingLong(file -> file.toFile().lastModified()));
      for (Path file : files.subList(0, files.size() - MOST_REJECTED)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private List<X509Certificate> certificates(String sub)
      throws IOException, GeneralSecurityException {
    List<X509Certificate> certificates = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve(sub))) {
      for (Path file : files) {
        certificates.add(readCertificate(file));
      }
    }
    return certificates;
  }

  /** A private key, PKCS 8 in PEM form, of the kind that the certificate has. */
  static PrivateKey readKey(Path file, X509Certificate certificate)
      throws IOException, GeneralSecurityException {
    String text = Files.readString(file, StandardCharsets.US_ASCII);
    String begin = "-----BEGIN PRIVATE KEY-----";
    int from = text.indexOf(begin);
    int to = text.indexOf("-----END PRIVATE KEY-----");
    if (from < 0 || to < from) {
      throw new GeneralSecurityException(
          file + " has no unencrypted PKCS 8 key (openssl pkcs8 -topk8 -nocrypt makes one)");
    }
    byte[] encoded = Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
    return KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  /** A certificate, DER or PEM. */
  static X509Certificate readCertificate(Path file) throws IOException, GeneralSecurityException {
    byte[] encoded = Files.readAllBytes(file);
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encoded));
    } catch (CertificateException e) {
      throw new CertificateException(file + " is no certificate, take it out: " + e, e);
    }
  }

  private List<X509CRL> revocations(String sub) throws IOException, GeneralSecurityException {
    List<X509CRL> revocations = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve(sub))) {
      for (Path file : files) {
        revocations.add(
            (X509CRL)
                CertificateFactory.getInstance("X.509")
                    .generateCRL(new ByteArrayInputStream(Files.readAllBytes(file))));
      }
    }
    return revocations;
  }
}
