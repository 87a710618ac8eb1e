package io.deungdae.collector.forward;

import io.deungdae.collector.driver.tls.TlsTrouble;
import io.deungdae.collector.settings.Secret;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.store.StoredSample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows to Kafka: the tag's name is the key, so that a tag's rows keep their order within a
 * partition, the value is JSON. A row counts as taken when all in-sync replicas have it. The
 * producer is idempotent: its own repetitions make no doubles. After a crash or a lost connection
 * rows may come again; the headers {@code site} and {@code seq} tell which.
 */
public final class KafkaSender implements Sender {

  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);
  private static final int BATCH_BYTES = 128 * 1024;
  private static final long BUFFER_BYTES = 32L << 20;
  private static final int LINGER_MS = 5;

  private final KafkaSettings settings;
  private final TopicTemplate template;
  private final Supplier<TagTable> tags;
  private final byte[] site;
  private final AtomicReference<@Nullable KafkaProducer<byte[], byte[]>> open =
      new AtomicReference<>();
  private final AtomicLong bytes = new AtomicLong();

  /**
   * A sender; connects when there is something to send.
   *
   * @param site name of the site
   * @param tags the tags there are when asked
   */
  public KafkaSender(KafkaSettings settings, String site, Supplier<TagTable> tags) {
    this.settings = settings;
    this.template = new TopicTemplate(settings.topic(), site);
    this.tags = tags;
    this.site = site.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void send(List<Outgoing> batch) throws SendException {
    try {
      KafkaProducer<byte[], byte[]> producer = producer();
      List<Future<RecordMetadata>> receipts = new ArrayList<>(batch.size());
      Map<String, String> topics = new HashMap<>();
      for (Outgoing row : batch) {
        Future<RecordMetadata> receipt = producer.send(message(row, topics));
        failAtOnce(receipt);
        receipts.add(receipt);
      }
      Map<Integer, String> refused = receipts(receipts);
      if (!refused.isEmpty()) {
        throw SendException.refused(refused);
      }
    } catch (KafkaException | IOException e) {
      throw unreachable(e);
    }
  }

  private ProducerRecord<byte[], byte[]> message(Outgoing outgoing, Map<String, String> topics) {
    StoredSample row = outgoing.row();
    @Nullable Tag tag = tags.get().find(row.tag()).orElse(null);
    Bytes value = new Bytes(outgoing.bytes());
    RowJson.write(value, outgoing, tag);
    bytes.addAndGet(value.size());
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(
            topics.computeIfAbsent(row.tag(), name -> template.kafka(name, tag)),
            null,
            row.sourceTime().toEpochMilli(),
            row.tag().getBytes(StandardCharsets.UTF_8),
            value.toArray());
    Headers headers = message.headers();
    headers.add("site", site);
    headers.add("seq", new Bytes(0).put(row.seq()).toArray());
    if (outgoing.lane() == Lane.BACKLOG) {
      headers.add("historical", new byte[] {'1'});
    }
    return message;
  }

  /**
   * Where no broker is to be had each message waits for one, and is given up; those behind it would
   * wait as long, each by itself.
   */
  private void failAtOnce(Future<RecordMetadata> receipt) throws SendException {
    if (!receipt.isDone()) {
      return;
    }
    try {
      RecordMetadata unused = receipt.get();
    } catch (ExecutionException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      if (!isTheRowsFault(why)) {
        throw unreachable(why);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SendException(SendException.Kind.UNREACHABLE, "stopped");
    }
  }

  /** Waits for all receipts; gives the rows that will never be taken. */
  private Map<Integer, String> receipts(List<Future<RecordMetadata>> receipts)
      throws SendException {
    Map<Integer, String> refused = new LinkedHashMap<>();
    long longestMs = 2 * settings.timeout().toMillis() + LINGER_MS;
    for (int i = 0; i < receipts.size(); i++) {
      try {
        RecordMetadata unused = receipts.get(i).get(longestMs, TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        Throwable why = e.getCause() == null ? e : e.getCause();
        if (!isTheRowsFault(why)) {
          throw unreachable(why);
        }
        refused.put(i, String.valueOf(why.getMessage()));
      } catch (TimeoutException e) {
        throw unreachable(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new SendException(SendException.Kind.UNREACHABLE, "stopped");
      }
    }
    return refused;
  }

  private static boolean isTheRowsFault(Throwable why) {
    return why instanceof RecordTooLargeException
        || why instanceof InvalidRecordException
        || why instanceof InvalidTopicException
        || why instanceof SerializationException;
  }

  /** Gives the producer up: what it still holds is sent again by another. */
  private SendException unreachable(Throwable why) {
    drop(Duration.ZERO);
    return new SendException(SendException.Kind.UNREACHABLE, reason(why));
  }

  private static String reason(Throwable why) {
    if (why instanceof SaslAuthenticationException) {
      return "the broker does not accept user or password: " + why.getMessage();
    }
    return TlsTrouble.behind(why)
        .orElseGet(() -> why.getClass().getSimpleName() + ": " + why.getMessage());
  }

  // ---- the link

  private KafkaProducer<byte[], byte[]> producer() throws IOException {
    KafkaProducer<byte[], byte[]> producer = open.get();
    if (producer == null) {
      producer =
          new KafkaProducer<>(properties(), new ByteArraySerializer(), new ByteArraySerializer());
      open.set(producer);
    }
    return producer;
  }

  private Map<String, Object> properties() throws IOException {
    int timeoutMs = (int) settings.timeout().toMillis();
    Map<String, Object> all = new HashMap<>();
    all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.brokers());
    all.put(ProducerConfig.CLIENT_ID_CONFIG, settings.clientId());
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    all.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    all.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    all.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, lower(settings.compression()));
    all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeoutMs);
    all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMs);
    all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 2 * timeoutMs);
    all.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    security(all);
    return all;
  }

  private void security(Map<String, Object> all) throws IOException {
    boolean login = settings.login() != KafkaSettings.Login.NONE;
    all.put(
        "security.protocol", (login ? "SASL_" : "") + (settings.encrypted() ? "SSL" : "PLAINTEXT"));
    if (login) {
      all.put(SaslConfigs.SASL_MECHANISM, settings.login().name().replace('_', '-'));
      all.put(SaslConfigs.SASL_JAAS_CONFIG, jaas(settings.login(), settings.password()));
    }
    pem(
        all,
        SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
        "ssl.truststore.certificates",
        settings.tls().ca());
    pem(
        all,
        SslConfigs.SSL_KEYSTORE_TYPE_CONFIG,
        "ssl.keystore.certificate.chain",
        settings.tls().certificate());
    pem(all, SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "ssl.keystore.key", settings.tls().key());
  }

  private static void pem(Map<String, Object> all, String type, String key, @Nullable Path file)
      throws IOException {
    if (file != null) {
      all.put(type, "PEM");
      all.put(key, Files.readString(file, StandardCharsets.US_ASCII));
    }
  }

  private String jaas(KafkaSettings.Login login, Secret password) throws IOException {
    String module =
        login == KafkaSettings.Login.PLAIN
            ? "org.apache.kafka.common.security.plain.PlainLoginModule"
            : "org.apache.kafka.common.security.scram.ScramLoginModule";
    return module
        + " required username="
        + quoted(settings.user())
        + " password="
        + quoted(password.reveal())
        + ";";
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }

  private void drop(Duration patience) {
    KafkaProducer<byte[], byte[]> producer = open.getAndSet(null);
    if (producer != null) {
      producer.close(patience);
    }
  }

  @Override
  public long bytes() {
    return bytes.get();
  }

  @Override
  public void close() {
    drop(LONGEST_CLOSE);
  }

  @Override
  public String toString() {
    return "kafka " + settings.brokers() + " " + settings.topic();
  }
}
