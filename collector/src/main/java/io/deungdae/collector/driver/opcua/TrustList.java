package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.DeviceSpec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The certificates that servers have shown: which are trusted, which are not yet. A decision counts
 * at a device's next attempt to connect. From any thread and any process.
 *
 * @param folder the folder of certificates and keys
 */
public record TrustList(Path folder) {

  private static final String TRUSTED = "trusted/certs";
  private static final String REJECTED = "rejected";

  /** What is thought of a certificate. */
  public enum Standing {
    /** A server with it is talked to. */
    TRUSTED,
    /** A server has shown it, and nobody has trusted it yet. */
    REJECTED,
    /** Our own, shown to servers. */
    OWN,
    /** Our own before the last renewal, still shown to servers that do not trust the new one. */
    OWN_PREVIOUS
  }

  /**
   * A certificate.
   *
   * @param standing what is thought of it
   * @param fingerprint SHA-256, hexadecimal, lower case, without separators
   * @param subject whom it names
   * @param issuer who has signed it
   * @param from when it begins to be valid
   * @param until when it ends
   * @param since when it came here last: when it was trusted, or shown last
   */
  public record Entry(
      Standing standing,
      String fingerprint,
      String subject,
      String issuer,
      Instant from,
      Instant until,
      Instant since) {}

  /** The list that a device goes by; empty when it has none, being of another protocol. */
  public static Optional<TrustList> of(DeviceSpec device) {
    return device instanceof OpcUaSpec spec
        ? Optional.of(new TrustList(spec.settings().pki()))
        : Optional.empty();
  }

  /** All certificates, our own first; those rejected last, the newest of them first. */
  public List<Entry> entries() throws IOException, GeneralSecurityException {
    List<Entry> all = new ArrayList<>();
    all.addAll(in("own", Standing.OWN));
    all.addAll(in("own-previous", Standing.OWN_PREVIOUS));
    all.addAll(in(TRUSTED, Standing.TRUSTED));
    all.addAll(in(REJECTED, Standing.REJECTED));
    return all;
  }

  /**
   * Trusts a rejected certificate.
   *
   * @param fingerprint as listed, upper case and colons allowed
   * @return false when no rejected certificate has it
   */
  public boolean trust(String fingerprint) throws IOException, GeneralSecurityException {
    return move(fingerprint, REJECTED, TRUSTED);
  }

  /**
   * Trusts a certificate no longer. A device that is connected stays connected until its next
   * attempt.
   *
   * @param fingerprint as listed, upper case and colons allowed
   * @return false when no trusted certificate has it
   */
  public boolean reject(String fingerprint) throws IOException, GeneralSecurityException {
    return move(fingerprint, TRUSTED, REJECTED);
  }

  private boolean move(String fingerprint, String from, String to)
      throws IOException, GeneralSecurityException {
    String wanted = fingerprint.replace(":", "").replace(" ", "").toLowerCase(Locale.ROOT);
    boolean moved = false;
    for (Path file : files(from)) {
      if (fingerprint(Pki.readCertificate(file)).equals(wanted)) {
        Files.createDirectories(folder.resolve(to));
        Files.move(
            file, folder.resolve(to).resolve(wanted + ".der"), StandardCopyOption.REPLACE_EXISTING);
        moved = true;
      }
    }
    return moved;
  }

  private List<Entry> in(String sub, Standing standing)
      throws IOException, GeneralSecurityException {
    List<Entry> entries = new ArrayList<>();
    for (Path file : files(sub)) {
      X509Certificate certificate = Pki.readCertificate(file);
      entries.add(
          new Entry(
              standing,
              fingerprint(certificate),
              certificate.getSubjectX500Principal().getName(),
              certificate.getIssuerX500Principal().getName(),
              certificate.getNotBefore().toInstant(),
              certificate.getNotAfter().toInstant(),
              Files.getLastModifiedTime(file).toInstant()));
    }
    entries.sort(Comparator.comparing(Entry::since).reversed());
    return entries;
  }

  private List<Path> files(String sub) throws IOException {
    Path place = folder.resolve(sub);
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(place)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(place)) {
        found.forEach(files::add);
      }
    }
    files.removeIf(file -> file.getFileName().toString().startsWith("private-key"));
    return files;
  }

  /** SHA-256 of a certificate, hexadecimal. */
  static String fingerprint(X509Certificate certificate) throws GeneralSecurityException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
  }
}
