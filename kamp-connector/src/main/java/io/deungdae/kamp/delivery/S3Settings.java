package io.deungdae.kamp.delivery;

import io.deungdae.collector.settings.Secret;
import io.deungdae.collector.settings.Section;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where objects go.
 *
 * @param endpoint address of the S3-compatible service, e.g. {@code
 *     https://kr1-api-object-storage.nhncloudservice.com}
 * @param region region that requests are signed for, e.g. {@code kr1}, {@code kr-standard}
 * @param pathStyle the bucket in the path instead of the host name
 * @param bucket the bucket
 * @param prefix what the keys begin with, without a slash at either end; may be empty
 * @param accessKey file that holds the access key
 * @param secretKey file that holds the secret key
 * @param createBucket makes the bucket when it is missing
 * @param verifyEtag compares the ETag with the MD5; off for stores that encrypt with keys of their
 *     own, whose ETags are something else
 */
public record S3Settings(
    URI endpoint,
    String region,
    boolean pathStyle,
    String bucket,
    String prefix,
    Secret accessKey,
    Secret secretKey,
    boolean createBucket,
    boolean verifyEtag) {

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  /** Reads the keys of a section that say where objects go. */
  public static S3Settings read(Section section) {
    String endpoint = section.text("endpoint");
    boolean allowHttp = section.flag("allowHttp", false);
    S3Settings settings =
        new S3Settings(
            address(section, endpoint, allowHttp),
            section.text("region", "kr-standard"),
            section.flag("pathStyle", true),
            bucket(section),
            section.text("prefix", "").replaceAll("^/+|/+$", ""),
            section.secret("accessKey"),
            section.secret("secretKey"),
            section.flag("createBucket", false),
            section.flag("verifyEtag", true));
    settings.requireKeys(section);
    return settings;
  }

  private static URI address(Section section, String endpoint, boolean allowHttp) {
    String allowed = "an address such as https://kr.object.ncloudstorage.com";
    try {
      URI address = URI.create(endpoint);
      String host = address.getHost();
      String scheme = address.getScheme();
      if (host != null && "https".equals(scheme)) {
        return address;
      }
      if (host != null && "http".equals(scheme)) {
        if (!allowHttp && !LOOPBACK.contains(host)) {
          section.problem(
              "endpoint", "'" + endpoint + "'", "https, or allowHttp: true for a trusted network");
        }
        return address;
      }
    } catch (IllegalArgumentException e) {
      // reported below, like an address without a host
    }
    if (section.has("endpoint")) {
      section.problem("endpoint", "'" + endpoint + "'", allowed);
    }
    return URI.create("https://localhost");
  }

  private static String bucket(Section section) {
    String bucket = section.text("bucket");
    if (section.has("bucket") && !BUCKET.matcher(bucket).matches()) {
      section.problem(
          "bucket",
          "'" + bucket + "'",
          "3 to 63 small letters, digits, - and ., with a letter or digit at either end");
    }
    return bucket;
  }

  private void requireKeys(Section section) {
    if (!accessKey.isPresent()) {
      section.problem("accessKey", "nothing", "the path of a file that holds the access key");
    }
    if (!secretKey.isPresent()) {
      section.problem("secretKey", "nothing", "the path of a file that holds the secret key");
    }
  }

  /** The key of an object under the prefix. */
  String key(String path) {
    return prefix.isEmpty() ? path : prefix + "/" + path;
  }
}
