package io.deungdae.collector.driver.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.junit.jupiter.api.Test;

class NodeAddressTest {

  private static NodeAddress parse(String text) {
    return NodeAddress.parse(text).orElseThrow();
  }

  @Test
  void nodesAreNamedByIndexOrByUri() {
    assertEquals(ExpandedNodeId.parse("ns=2;s=Zone 1.PV"), parse("ns=2;s=Zone 1.PV").node());
    assertEquals("urn:plc:app", parse("nsu=urn:plc:app;i=1001").node().getNamespaceUri());
    assertEquals(ExpandedNodeId.parse("i=2258"), parse(" i=2258 ").node());
  }

  @Test
  void bracketsWithinAnIdentifierBelongToIt() {
    NodeAddress siemens = parse("ns=3;s=\"Data\".\"zone\"[3]");
    assertEquals("\"Data\".\"zone\"[3]", siemens.node().getIdentifier());
    assertEquals(-1, siemens.element());
    NodeAddress element = parse("ns=3;s=\"Data\".\"zone\" [3] deadband=0.5");
    assertEquals("\"Data\".\"zone\"", element.node().getIdentifier());
    assertEquals(3, element.element());
    assertEquals("3", element.indexRange());
    assertEquals(0.5, element.deadband());
  }

  @Test
  void anythingElseIsNoAddress() {
    for (String wrong :
        List.of(
            "",
            "Zone1",
            "ns=2",
            "ns=x;s=a",
            "ns=2;i=abc",
            "ns=2;s=a deadband=-1",
            "ns=2;s=a deadband=.",
            "svr=1;ns=2;s=a")) {
      assertTrue(NodeAddress.parse(wrong).isEmpty(), wrong);
    }
  }
}
