package io.deungdae.simulators.trouble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deungdae.simulators.furnace.FurnaceSettings;
import io.deungdae.simulators.furnace.QuenchFurnace;
import io.deungdae.simulators.mqtt.MeterBroker;
import io.deungdae.simulators.mqtt.PlantPublisher;
import io.deungdae.simulators.plant.SharedPlant;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What a subscriber hears of a publisher that misbehaves. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class PublishedTroubleIT {

  private final ObjectMapper json = new ObjectMapper();
  private final SharedPlant<QuenchFurnace> plant =
      new SharedPlant<>(new QuenchFurnace(FurnaceSettings.still()));
  private final BlockingQueue<String> heard = new ArrayBlockingQueue<>(10_000);
  private MeterBroker broker;
  private PlantPublisher publisher;
  private MqttClient client;

  @BeforeAll
  void start() throws Exception {
    broker = MeterBroker.start(0);
    client = new MqttClient(broker.url(), "reader", new MemoryPersistence());
    client.connect();
    client.subscribe(
        "plant/furnace",
        0,
        (topic, message) -> {
          boolean unused = heard.offer(new String(message.getPayload(), StandardCharsets.UTF_8));
        });
    publisher = PlantPublisher.json("furnace", broker.url(), 0.05, "plant", List.of(plant));
  }

  @AfterAll
  void stop() throws Exception {
    client.disconnect();
    publisher.close();
    broker.close();
  }

  @BeforeEach
  void behave() {
    publisher.troubles().stopAll();
  }

  /** The first message, of those to come, that was made after the trouble began. */
  private String next() throws InterruptedException {
    heard.clear();
    @Nullable String message = null;
    for (int i = 0; i < 3; i++) {
      message = heard.poll(10, TimeUnit.SECONDS);
    }
    return String.valueOf(message);
  }

  private long time(String message) throws JsonProcessingException {
    return json.readTree(message).path("ts").asLong();
  }

  @Test
  void halvesAndGarbageAreNoJson() throws InterruptedException {
    publisher.troubles().only(Trouble.CUT);
    String half = next();
    assertTrue(half.startsWith("{\"ts\""), half);
    assertThrows(JsonProcessingException.class, () -> json.readTree(half));
    publisher.troubles().only(Trouble.GARBAGE);
    String garbage = next();
    assertThrows(JsonProcessingException.class, () -> json.readTree(garbage));
  }

  @Test
  void everyMessageComesTwiceOrInAnotherOrder() throws Exception {
    publisher.troubles().only(Trouble.TWICE);
    String first = next();
    String second = String.valueOf(heard.poll(10, TimeUnit.SECONDS));
    String third = String.valueOf(heard.poll(10, TimeUnit.SECONDS));
    assertTrue(first.equals(second) || second.equals(third), first + second + third);
    publisher.troubles().only(Trouble.REORDER);
    long before = time(next());
    boolean backwards = false;
    for (int i = 0; i < 4; i++) {
      long now = time(String.valueOf(heard.poll(10, TimeUnit.SECONDS)));
      backwards |= now < before;
      before = now;
    }
    assertTrue(backwards, "times only rise");
  }

  @Test
  void clocksAreWrongByTheSizeAndBadIsSaid() throws Exception {
    publisher.troubles().start(Trouble.CLOCK_SKEW, -3600);
    long behind = Instant.now().toEpochMilli() - time(next());
    assertTrue(behind > 3_590_000 && behind < 3_640_000, "behind by " + behind);
    publisher.troubles().only(Trouble.BAD_STATUS);
    JsonNode bad = json.readTree(next());
    assertEquals("bad", bad.path("quality").asText());
    assertTrue(bad.path("values").path("zone1.pv").isNull());
  }

  @Test
  void silenceIsSilentAndAfterIt() throws Exception {
    publisher.troubles().only(Trouble.SILENT);
    @Nullable String last = heard.poll(1, TimeUnit.SECONDS);
    while (last != null) {
      last = heard.poll(500, TimeUnit.MILLISECONDS); // at most what was under way
    }
    publisher.troubles().stopAll();
    assertTrue(next().contains("zone1.pv"));
  }
}
