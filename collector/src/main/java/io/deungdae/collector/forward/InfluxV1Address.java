package io.deungdae.collector.forward;

import java.io.IOException;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Turns a write for InfluxDB 2.x into one for 1.x: {@code /api/v2/write?bucket=…} becomes {@code
 * /write?db=…&rp=…&precision=…}. Some 1.x have an interface for clients of 2.x, but not all.
 */
final class InfluxV1Address implements Interceptor {

  private final String database;
  private final String retentionPolicy;
  private final String user;
  private final String password;

  InfluxV1Address(String database, String retentionPolicy, String user, String password) {
    this.database = database;
    this.retentionPolicy = retentionPolicy;
    this.user = user;
    this.password = password;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    HttpUrl from = request.url();
    String path = from.encodedPath();
    if (!path.endsWith("/api/v2/write")) {
      return chain.proceed(request);
    }
    HttpUrl.Builder to =
        from.newBuilder()
            .encodedPath(path.substring(0, path.length() - "api/v2/write".length()) + "write")
            .query(null)
            .addQueryParameter("db", database)
            .addQueryParameter("precision", String.valueOf(from.queryParameter("precision")));
    if (!retentionPolicy.isEmpty()) {
      to.addQueryParameter("rp", retentionPolicy);
    }
    Request.Builder changed = request.newBuilder().url(to.build()).removeHeader("Authorization");
    if (!user.isEmpty()) {
      changed.header("Authorization", Credentials.basic(user, password));
    }
    return chain.proceed(changed.build());
  }
}
