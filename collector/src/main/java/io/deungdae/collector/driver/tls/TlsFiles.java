package io.deungdae.collector.driver.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS from PEM files. They are read at each connecting, so that certificates can be renewed.
 *
 * @param ca certificates that are trusted; null for what the machine trusts
 * @param certificate our own certificate, with its chain; null for none
 * @param key its key, PKCS 8, not encrypted; null for none
 */
public record TlsFiles(@Nullable Path ca, @Nullable Path certificate, @Nullable Path key) {

  /** Sockets that trust {@code ca}, or what the machine trusts, and show our certificate if any. */
  public SSLSocketFactory sockets() throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys(), trusted(), null);
    return context.getSocketFactory();
  }

  private TrustManager @Nullable [] trusted() throws IOException, GeneralSecurityException {
    if (ca == null) {
      return null;
    }
    KeyStore store = empty();
    int number = 0;
    for (Certificate certificate : certificates(ca)) {
      store.setCertificateEntry("ca" + number++, certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private KeyManager @Nullable [] keys() throws IOException, GeneralSecurityException {
    if (certificate == null || key == null) {
      return null;
    }
    Collection<? extends Certificate> chain = certificates(certificate);
    if (chain.isEmpty()) {
      throw new GeneralSecurityException(certificate + " has no certificate");
    }
    String algorithm = chain.iterator().next().getPublicKey().getAlgorithm();
    char[] none = new char[0];
    KeyStore store = empty();
    store.setKeyEntry("own", key(key, algorithm), none, chain.toArray(new Certificate[0]));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, none);
    return factory.getKeyManagers();
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
  }

  private static PrivateKey key(Path file, String algorithm)
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
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }
}
