package io.deungdae.collector.driver.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.TestSite;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MqttProtocolTest {

  @TempDir Path folder;

  private String problems(String yaml, String tags) {
    try (TestSite site =
        new TestSite(folder, new MqttProtocol(), "mqtt:\n" + yaml.indent(2), tags)) {
      return site.problems().all().toString();
    }
  }

  @Test
  void aMistakeIsToldWithItsPlaceAndWhatIsAllowed() {
    String found =
        problems(
            "broker: mqtt://meters\nversion: 4\ntime: .ts\nkey: key.pem\ntimeZone: Mars/Base",
            """
            tag,device,address,writable,write_low,write_high
            a,dut,x/+/y#z,,,
            b,dut,x,true,0,1
            """);
    assertTrue(found.contains("allowed: tcp://host:port or ssl://host:port"), found);
    assertTrue(found.contains("allowed: 3 or 5"), found);
    assertTrue(found.contains("allowed: a path such as ts"), found);
    assertTrue(found.contains("allowed: a time zone such as Asia/Seoul"), found);
    assertTrue(found.contains("only one of cert and key"), found);
    assertTrue(found.contains("the topic without wildcards"), found);
    assertTrue(found.contains("MQTT tags cannot be written to"), found);
  }

  @Test
  void aPasswordGoesInTheClearOnlyWhereTheSettingsSaySo() {
    String tags = "tag,device,address\n";
    String login = "\nuser: line\npassword: secret";
    assertTrue(problems("broker: tcp://meters:1883" + login, tags).contains("passwordInClear"));
    assertEquals("[]", problems("broker: ssl://meters:8883" + login, tags));
    assertEquals("[]", problems("broker: tcp://127.0.0.1:1883" + login, tags));
    assertEquals("[]", problems("broker: tcp://meters:1883\npasswordInClear: true" + login, tags));
  }
}
