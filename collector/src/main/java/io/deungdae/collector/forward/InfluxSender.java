package io.deungdae.collector.forward;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.InfluxDBClientOptions;
import com.influxdb.client.domain.WritePrecision;
import com.influxdb.exceptions.InfluxException;
import io.deungdae.collector.signal.TagTable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/** Writes to InfluxDB 1.x, 2.x or 3.x through its client for Java. */
public final class InfluxSender implements Sender {

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final InfluxSettings settings;
  private final InfluxLines lines;
  private final InfluxDBClient client;
  private final AtomicLong bytes = new AtomicLong();

  /**
   * A sender; connects when there is something to send.
   *
   * @param tags the tags there are when asked, where device and unit of a tag are looked up
   * @throws IOException when a secret cannot be read
   */
  public InfluxSender(InfluxSettings settings, Supplier<TagTable> tags) throws IOException {
    this.settings = settings;
    this.lines = new InfluxLines(settings.mapping(), tags);
    OkHttpClient.Builder http =
        new OkHttpClient.Builder()
            .connectTimeout(settings.timeout())
            .readTimeout(settings.timeout())
            .writeTimeout(settings.timeout())
            .callTimeout(settings.timeout().multipliedBy(2));
    http.addInterceptor(new InfluxBody());
    if (settings.version() == InfluxVersion.V1) {
      http.addInterceptor(
          new InfluxV1Address(
              settings.database(),
              settings.retentionPolicy(),
              settings.user(),
              settings.password().reveal()));
    }
    if (settings.gzip()) {
      http.addInterceptor(new FastGzip());
    }
    InfluxDBClientOptions.Builder options =
        InfluxDBClientOptions.builder()
            .url(settings.url())
            .org(settings.org().isEmpty() ? "-" : settings.org())
            .bucket(settings.target())
            .okHttpClient(http);
    if (settings.token().isPresent()) {
      options.authenticateToken(settings.token().reveal().toCharArray());
    }
    this.client = InfluxDBClientFactory.create(options.build());
  }

  @Override
  public void send(List<Outgoing> batch) throws SendException {
    Bytes text = lines.lines(batch);
    InfluxBody.give(text);
    try {
      client.getWriteApiBlocking().writeRecord(WritePrecision.NS, InfluxBody.STAND_IN);
      bytes.addAndGet(text.size());
    } catch (InfluxException e) {
      throw failure(e);
    } finally {
      InfluxBody.give(null);
    }
  }

  @Override
  public int parallel() {
    return settings.parallel();
  }

  @Override
  public long bytes() {
    return bytes.get();
  }

  private SendException failure(InfluxException e) {
    String reason =
        e.status() == 0 ? String.valueOf(e.getMessage()) : e.status() + " " + e.getMessage();
    Map<Integer, String> rows =
        lines.areRows() ? InfluxPartialWrite.refused(e.status(), e.errorBody()) : Map.of();
    if (!rows.isEmpty()) {
      return SendException.refused(rows);
    }
    return switch (e.status()) {
      // 400 and 422: the lines; 413: too many at once, or one too long.
      case 400, 413, 422 -> new SendException(SendException.Kind.REFUSED, reason);
      default -> new SendException(SendException.Kind.UNREACHABLE, reason, pause(e.headers()));
    };
  }

  private static Duration pause(Map<String, String> headers) {
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase("Retry-After")
          && header.getValue().matches("\\d{1,6}")) {
        Duration asked = Duration.ofSeconds(Long.parseLong(header.getValue()));
        return asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE;
      }
    }
    return Duration.ZERO;
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return settings.version() + " " + settings.url() + " " + settings.target();
  }
}
