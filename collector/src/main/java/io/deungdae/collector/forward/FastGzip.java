package io.deungdae.collector.forward;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Compresses requests at the fastest level: lines are so alike that the client's own, at the usual
 * level, costs twice as much processor for a quarter less to send.
 */
final class FastGzip implements Interceptor {

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    RequestBody body = request.body();
    if (body == null || body.contentLength() == 0) {
      return chain.proceed(request);
    }
    return chain.proceed(
        request
            .newBuilder()
            .header("Content-Encoding", "gzip")
            .method(request.method(), new Compressed(body))
            .build());
  }

  private static final class Compressed extends RequestBody {
    private final RequestBody body;

    Compressed(RequestBody body) {
      this.body = body;
    }

    @Override
    public @Nullable MediaType contentType() {
      return body.contentType();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      BufferedSink compressed = okio.Okio.buffer(okio.Okio.sink(new Fast(sink.outputStream())));
      body.writeTo(compressed);
      compressed.close();
    }
  }

  private static final class Fast extends GZIPOutputStream {
    private static final int BUFFER = 16 * 1024;

    Fast(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
