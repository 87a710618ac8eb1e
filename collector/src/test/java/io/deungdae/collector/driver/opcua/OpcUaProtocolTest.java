package io.deungdae.collector.driver.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.deungdae.collector.driver.TestSite;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpcUaProtocolTest {

  @TempDir Path folder;

  private String problems(String yaml, String tags) {
    try (TestSite site =
        new TestSite(folder, new OpcUaProtocol(), "opcua:\n" + yaml.indent(2), tags)) {
      return site.problems().all().toString();
    }
  }

  @Test
  void aMistakeIsToldWithItsPlaceAndWhatIsAllowed() {
    String found =
        problems(
            "endpoint: http://plc\nsecurity: top\nsecruity: none",
            "tag,device,address,type\na,dut,Zone1,\nb,dut,ns=1;s=b,float16\n");
    assertTrue(found.contains("allowed: opc.tcp://host:port"), found);
    assertTrue(found.contains("one of best, none, basic256sha256"), found);
    assertTrue(found.contains("site.yaml:7: devices.dut.opcua.secruity: found an unknown"), found);
    assertTrue(
        found.contains("tags.csv:2: address of a: found 'Zone1'; allowed: a node id"), found);
    assertTrue(found.contains("tags.csv:3: type of b: found 'float16'"), found);
  }

  @Test
  void anEndpointIsAllThatMustBeSet() {
    assertEquals("[]", problems("endpoint: opc.tcp://plc:4840", "tag,device,address\n"));
  }
}
