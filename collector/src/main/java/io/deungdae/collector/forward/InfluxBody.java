package io.deungdae.collector.forward;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Gives requests their lines as the bytes they are. The client takes them as a string alone, which
 * it turns into bytes again: that costs more than making them. Requests of one thread at a time
 * have what that thread gave.
 */
final class InfluxBody implements Interceptor {

  private static final ThreadLocal<@Nullable Bytes> LINES = new ThreadLocal<>();

  /** What the client is given in place of the lines. */
  static final String STAND_IN = "lines";

  /** The next request of this thread has these lines; null for none. */
  static void give(@Nullable Bytes next) {
    LINES.set(next);
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Bytes given = LINES.get();
    RequestBody body = request.body();
    if (given == null || body == null) {
      return chain.proceed(request);
    }
    return chain.proceed(
        request.newBuilder().method(request.method(), new Lines(given, body)).build());
  }

  private static final class Lines extends RequestBody {
    private final Bytes bytes;
    private final RequestBody standIn;

    Lines(Bytes bytes, RequestBody standIn) {
      this.bytes = bytes;
      this.standIn = standIn;
    }

    @Override
    public @Nullable MediaType contentType() {
      return standIn.contentType();
    }

    @Override
    public long contentLength() {
      return bytes.size();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      bytes.writeTo(sink.outputStream());
    }
  }
}
