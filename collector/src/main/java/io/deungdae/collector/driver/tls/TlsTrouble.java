package io.deungdae.collector.driver.tls;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What is wrong with an encrypted connection, in words that tell which setting to look at. */
public final class TlsTrouble {

  private static final int DEEPEST = 20;

  /** RFC 8446 §6.2, as Java names them: what a server says of the client's certificate. */
  private static final Pattern OURS =
      Pattern.compile(
          "fatal alert:"
              + " \\(?(\\w*certificate\\w*|unknown_ca|access_denied|no_certificate|decrypt_error)");

  private static final Pattern NAME =
      Pattern.compile("No (subject alternative|name matching)", Pattern.CASE_INSENSITIVE);

  private TlsTrouble() {}

  /** The reason that lies behind a failure, when it is one of certificates. */
  public static Optional<String> behind(@Nullable Throwable failure) {
    int depth = 0;
    for (Throwable e = failure; e != null && depth < DEEPEST; e = e.getCause()) {
      String found = reason(e);
      if (!found.isEmpty()) {
        return Optional.of(found);
      }
      depth++;
    }
    return Optional.empty();
  }

  private static String reason(Throwable e) {
    String says = String.valueOf(e.getMessage());
    Matcher ours = OURS.matcher(says);
    if (e instanceof SSLException && ours.find()) {
      return "the server does not accept our certificate (cert, key): " + ours.group(1);
    }
    if (e instanceof CertificateException && NAME.matcher(says).find()) {
      return "the server's certificate is another host's: " + says;
    }
    if (e instanceof CertPathBuilderException || e instanceof CertPathValidatorException) {
      return "the server's certificate is not trusted (ca): " + says;
    }
    return "";
  }
}
