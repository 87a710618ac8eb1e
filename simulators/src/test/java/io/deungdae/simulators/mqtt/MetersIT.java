package io.deungdae.simulators.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deungdae.simulators.mqtt.Meter.Reading;
import io.deungdae.simulators.plant.WallClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // the meters publish by themselves
class MetersIT {

  private static final Path SUB = Path.of("/usr/bin/mosquitto_sub");
  private static final List<Meter> METERS =
      List.of(
          new Meter(
              "plant/meters/one",
              List.of(new Reading("power_kw", () -> 61.25), new Reading("gas_kw", () -> 28))));

  @Test
  void metersPublishWithTheirTimeFiveTimesASecond() throws Exception {
    try (MeterBroker broker = MeterBroker.start(0);
        Meters meters = Meters.start(broker.url(), METERS, WallClock.system());
        MqttClient client = new MqttClient(broker.url(), "reader", new MemoryPersistence())) {
      BlockingQueue<String> seen = new ArrayBlockingQueue<>(100);
      client.connect();
      client.subscribe(
          "plant/#", 0, (topic, message) -> seen.offer(topic + " " + message.toString()));
      long first = time(seen);
      long last = first;
      for (int i = 0; i < 5; i++) {
        last = time(seen);
      }
      assertTrue(last - first >= 600 && last - first < 5000, "five took " + (last - first));
      client.disconnect();
    }
  }

  private static long time(BlockingQueue<String> seen) throws Exception {
    String message = seen.poll(10, TimeUnit.SECONDS);
    assertTrue(message != null && message.startsWith("plant/meters/one {"), "" + message);
    JsonNode json = new ObjectMapper().readTree(message.substring("plant/meters/one ".length()));
    assertEquals(61.25, json.path("power_kw").asDouble());
    assertEquals(28, json.path("gas_kw").asDouble());
    return json.path("ts").asLong();
  }

  @Test
  void mosquittoSeesThemToo() throws Exception {
    assumeTrue(Files.isExecutable(SUB), "mosquitto_sub is not installed");
    try (MeterBroker broker = MeterBroker.start(0);
        Meters meters = Meters.start(broker.url(), METERS, WallClock.system())) {
      Process process =
          new ProcessBuilder(
                  SUB.toString(),
                  "-h",
                  "127.0.0.1",
                  "-p",
                  Integer.toString(broker.port()),
                  "-t",
                  "plant/#",
                  "-C",
                  "2",
                  "-W",
                  "15")
              .redirectErrorStream(true)
              .start();
      try {
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "mosquitto_sub did not end");
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(out.contains("\"power_kw\":61.25"), out);
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @Test
  void aTakenPortIsToldAsAnError() throws Exception {
    try (MeterBroker broker = MeterBroker.start(0)) {
      assertThrows(IOException.class, () -> MeterBroker.start(broker.port()));
    }
  }
}
