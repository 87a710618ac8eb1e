package io.deungdae.kamp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deungdae.collector.settings.Secret;
import io.deungdae.kamp.dataset.Checksum;
import io.deungdae.kamp.dataset.CsvEncoding;
import io.deungdae.kamp.dataset.DataSetSpec;
import io.deungdae.kamp.dataset.FrameSource;
import io.deungdae.kamp.dataset.TestData;
import io.deungdae.kamp.delivery.DeliveryException;
import io.deungdae.kamp.delivery.ObjectStore;
import io.deungdae.kamp.delivery.S3Settings;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.messages.Item;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real uploads to an S3 service in this process, over a line that can be cut. */
@Timeout(120)
class KampDeliveryIT {

  private static final AtomicInteger TESTS = new AtomicInteger();
  private static S3Proxy proxy;

  private final String bucket = "factory-" + TESTS.incrementAndGet();
  private static final Instant START = Instant.parse("2026-11-23T05:00:00Z");

  @TempDir Path folder;
  private CuttingRelay line;
  private MinioClient direct;
  private Instant now = START.plusSeconds(1);
  private long nowNs;

  @BeforeAll
  static void startService() throws Exception {
    proxy =
        S3Proxy.builder()
            .blobStore(new TransientNio2BlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "access", "secret")
            .build();
    proxy.start();
  }

  @AfterAll
  static void stopService() throws Exception {
    proxy.stop();
  }

  @BeforeEach
  void start() throws Exception {
    line = new CuttingRelay(proxy.getPort());
    Files.writeString(folder.resolve("access"), "access\n");
    Files.writeString(folder.resolve("secret"), "secret\n");
    direct =
        MinioClient.builder()
            .endpoint("http://127.0.0.1:" + proxy.getPort())
            .credentials("access", "secret")
            .build();
  }

  @AfterEach
  void stop() throws Exception {
    direct.close();
    line.close();
  }

  @Test
  void windowsAreDeliveredOneAfterTheOtherAndTheManifestComesLast() throws Exception {
    List<String> order = new ArrayList<>();
    try (KampAgent agent = agent(TestData.history())) {
      agent.tick(now, nowNs);
      now = START.plus(Duration.ofMinutes(3).plusSeconds(30));
      for (int i = 0; i < 60; i++) {
        agent.tick(now, nowNs);
        for (String key : objects().keySet()) {
          if (!order.contains(key)) {
            order.add(key);
          }
        }
      }
      KampStatus.Entry entry = agent.status().dataSets().get(0);
      assertEquals(KampStatus.Phase.COLLECTING, entry.phase());
      assertEquals(START.plusSeconds(180), entry.deliveredTo().orElseThrow());
      assertEquals(Duration.ofSeconds(30), entry.lag());
      assertEquals(3, entry.deliveries());
      KampStatus.Delivery last = entry.last().orElseThrow();
      assertEquals(50, last.rows());
      assertEquals(100, last.quality().validity());
      assertEquals(3, agent.status().ledgerLines());
    }
    assertEquals(3 * 7, order.size(), order.toString());
    for (int i = 0; i < 3; i++) {
      List<String> set = order.subList(7 * i, 7 * i + 7);
      assertTrue(set.get(6).endsWith("manifest.json"), set.toString());
      assertTrue(set.get(0).startsWith("kamp/imm/2026/11/23/20261123T050"), set.toString());
    }
    verifyEveryManifest(3);
    assertSecondsAreThereOnce(180);
  }

  @Test
  void anOutageInMidUploadCostsNothingButLag() throws Exception {
    try (KampAgent agent = agent(TestData.history())) {
      agent.tick(now, nowNs);
      now = START.plusSeconds(150);
      agent.tick(now, nowNs); // makes the first data set
      agent.tick(now, nowNs); // sends its first file
      line.breakAfter(300); // in the middle of the next
      for (int i = 0; i < 4; i++) {
        nowNs += Duration.ofSeconds(60).toNanos();
        agent.tick(now, nowNs);
      }
      KampStatus.Entry entry = agent.status().dataSets().get(0);
      assertEquals(KampStatus.Phase.RETRYING, entry.phase());
      assertEquals(4, entry.failures());
      assertFalse(entry.lastError().isEmpty());
      assertEquals(START, entry.deliveredTo().orElseThrow());
      assertTrue(objects().keySet().stream().noneMatch(key -> key.endsWith("manifest.json")));
      line.heal();
      runUntilQuiet(agent);
      assertEquals("", agent.status().dataSets().get(0).lastError());
    }
    verifyEveryManifest(2);
    assertSecondsAreThereOnce(120);
  }

  @Test
  void nothingIsTriedBeforeTheWaitIsOver() throws Exception {
    try (KampAgent agent = agent(TestData.history())) {
      agent.tick(now, nowNs);
      now = START.plusSeconds(90);
      agent.tick(now, nowNs);
      line.breakAfter(0);
      agent.tick(now, nowNs);
      agent.tick(now, nowNs + 1);
      agent.tick(now, nowNs + Duration.ofMillis(400).toNanos());
      assertEquals(1, agent.status().dataSets().get(0).failures());
    }
  }

  @Test
  void anAgentKilledAnywhereIsContinuedByTheNextWithoutGapOrDouble() throws Exception {
    Random random = new Random(4);
    for (int life = 0; life < 12; life++) {
      try (KampAgent agent = agent(TestData.history())) {
        int ticks = 1 + random.nextInt(6);
        for (int i = 0; i < ticks; i++) {
          agent.tick(now, nowNs);
        }
      }
      now = now.plusSeconds(20);
    }
    now = START.plusSeconds(251);
    try (KampAgent agent = agent(TestData.history())) {
      runUntilQuiet(agent);
    }
    verifyEveryManifest(4);
    assertSecondsAreThereOnce(240);
    assertEquals(4, Files.readAllLines(folder.resolve("state/ledger.jsonl")).size());
  }

  @Test
  void aLostCursorIsMadeGoodByTheLedger() throws Exception {
    try (KampAgent agent = agent(TestData.history())) {
      agent.tick(now, nowNs);
      now = START.plusSeconds(150);
      runUntilQuiet(agent);
    }
    Files.delete(folder.resolve("state/cursor.json"));
    now = START.plusSeconds(210);
    try (KampAgent agent = agent(TestData.history())) {
      runUntilQuiet(agent);
      assertEquals(3, agent.status().ledgerLines());
    }
    assertSecondsAreThereOnce(180);
  }

  @Test
  void bigFilesGoInPartsAndAreWhole() throws Exception {
    Path big = folder.resolve("big.bin");
    byte[] bytes = new byte[20 << 20];
    new Random(1).nextBytes(bytes);
    Files.write(big, bytes);
    try (ObjectStore store = new ObjectStore(store())) {
      line.breakAfter(12 << 20); // in the second of three parts
      DeliveryException cut = null;
      try {
        store.put("big.bin", big, "application/octet-stream", Checksum.sha256(big));
      } catch (DeliveryException e) {
        cut = e;
      }
      assertEquals(DeliveryException.Kind.UNREACHABLE, cut == null ? null : cut.kind(), "" + cut);
      assertFalse(objects().containsKey("kamp/big.bin"));
      line.heal();
      store.put("big.bin", big, "application/octet-stream", Checksum.sha256(big));
    }
    assertEquals(Checksum.sha256(big), Checksum.sha256(get("kamp/big.bin")));
    String etag =
        direct
            .statObject(StatObjectArgs.builder().bucket(bucket).object("kamp/big.bin").build())
            .etag();
    assertTrue(etag.endsWith("-3"), etag);
  }

  @Test
  void aFileThatIsThereIsNotSentAgainAndAChangedOneIs() throws Exception {
    Path file = Files.writeString(folder.resolve("f.txt"), "one");
    try (ObjectStore store = new ObjectStore(store())) {
      store.put("f.txt", file, "text/plain", Checksum.sha256(file));
      var first = modified("kamp/f.txt");
      store.put("f.txt", file, "text/plain", Checksum.sha256(file));
      assertEquals(first, modified("kamp/f.txt"));
      Files.writeString(file, "two");
      store.put("f.txt", file, "text/plain", Checksum.sha256(file));
    }
    assertEquals("two", new String(get("kamp/f.txt"), StandardCharsets.UTF_8));
  }

  @Test
  void wrongKeysAreARefusalThatSaysSo() throws Exception {
    Files.writeString(folder.resolve("secret"), "wrong");
    Path file = Files.writeString(folder.resolve("f.txt"), "one");
    DeliveryException refused = null;
    try (ObjectStore store = new ObjectStore(store())) {
      try {
        store.put("f.txt", file, "text/plain", Checksum.sha256(file));
      } catch (DeliveryException e) {
        refused = e;
      }
      assertEquals(
          DeliveryException.Kind.REFUSED, refused == null ? null : refused.kind(), "" + refused);
      assertFalse(String.valueOf(refused).contains("wrong"));
      Files.writeString(folder.resolve("secret"), "secret"); // renewed without a restart
      store.put("f.txt", file, "text/plain", Checksum.sha256(file));
    }
  }

  // ---- hands

  private S3Settings store() {
    return new S3Settings(
        URI.create("http://127.0.0.1:" + line.port()),
        "kr-standard",
        true,
        bucket,
        "kamp",
        new Secret(folder.resolve("access")),
        new Secret(folder.resolve("secret")),
        true,
        true);
  }

  private KampAgent agent(FrameSource source) throws Exception {
    DataSetSpec spec = TestData.spec("imm", CsvEncoding.UTF_8_BOM);
    KampSettings settings =
        new KampSettings(
            store(),
            folder.resolve("state"),
            Duration.ofMinutes(1),
            Duration.ofSeconds(10),
            Duration.ZERO,
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            List.of(spec));
    return new KampAgent(settings, source, () -> 1.0, now);
  }

  private void runUntilQuiet(KampAgent agent) {
    nowNs += Duration.ofMinutes(1).toNanos();
    for (int i = 0; i < 200 && agent.tick(now, nowNs); i++) {
      nowNs += 1_000_000;
    }
  }

  private Map<String, Long> objects() throws Exception {
    Map<String, Long> objects = new TreeMap<>();
    if (!direct.bucketExists(io.minio.BucketExistsArgs.builder().bucket(bucket).build())) {
      return objects;
    }
    for (Result<Item> result :
        direct.listObjects(ListObjectsArgs.builder().bucket(bucket).recursive(true).build())) {
      objects.put(result.get().objectName(), result.get().size());
    }
    return objects;
  }

  private byte[] get(String key) throws Exception {
    try (var in = direct.getObject(GetObjectArgs.builder().bucket(bucket).object(key).build())) {
      return in.readAllBytes();
    }
  }

  private java.time.ZonedDateTime modified(String key) throws Exception {
    return direct
        .statObject(StatObjectArgs.builder().bucket(bucket).object(key).build())
        .lastModified();
  }

  /** Downloads every file that a manifest names and compares its checksum. */
  private void verifyEveryManifest(int expected) throws Exception {
    int manifests = 0;
    for (String key : objects().keySet()) {
      if (key.endsWith("/manifest.json")) {
        manifests++;
        JsonNode manifest = new ObjectMapper().readTree(get(key));
        assertEquals(6, manifest.path("files").size());
        for (JsonNode file : manifest.path("files")) {
          byte[] bytes = get(key.replace("manifest.json", file.path("name").asText()));
          assertEquals(file.path("sha256").asText(), Checksum.sha256(bytes));
        }
      }
    }
    assertEquals(expected, manifests);
  }

  /** Every second that has values is in the CSVs exactly once. */
  private void assertSecondsAreThereOnce(int seconds) throws Exception {
    Map<Long, Integer> seen = new LinkedHashMap<>();
    for (String key : objects().keySet()) {
      if (key.endsWith("/imm.csv")) {
        String text = new String(get(key), StandardCharsets.UTF_8);
        text.lines()
            .skip(1)
            .map(row -> Long.valueOf(row.split(",", -1)[2]))
            .forEach(second -> seen.merge(second, 1, Integer::sum));
      }
    }
    assertTrue(seen.values().stream().allMatch(times -> times == 1), "a row came twice");
    int gaps = seconds / 60 * 10;
    assertEquals(seconds - gaps, seen.size());
    assertTrue(seen.containsKey(START.getEpochSecond()));
  }
}
