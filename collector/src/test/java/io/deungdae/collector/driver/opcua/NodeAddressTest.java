package io.deungdae.collector.driver.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
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
    assertFalse(siemens.isElement());
    NodeAddress element = parse("ns=3;s=\"Data\".\"zone\" [3] deadband=0.5");
    assertEquals("\"Data\".\"zone\"", element.node().getIdentifier());
    assertEquals("3", element.indexRange());
    assertEquals(0.5, element.monitoring().deadband());
  }

  @Test
  void optionsComeInAnyOrder() {
    NodeAddress address =
        parse("ns=2;s=a b queue=20 [1,2] trigger=timestamp deadband=0.5% sampling=100ms");
    assertEquals("a b", address.node().getIdentifier());
    assertEquals("1,2", address.indexRange());
    Monitoring monitoring = address.monitoring();
    assertEquals(20, monitoring.queue());
    assertEquals(Duration.ofMillis(100), monitoring.sampling());
    assertEquals(Monitoring.Trigger.TIMESTAMP, monitoring.trigger());
    assertEquals(Monitoring.Measure.PERCENT, monitoring.measure());
    assertEquals(0.5, monitoring.deadband());
    assertTrue(parse("ns=2;s=a collect=poll").monitoring().polled());
  }

  @Test
  void aCommandNamesAMethodAndWhereToLookWhatBecameOfIt() {
    NodeAddress command = parse("call=ns=2;s=M|ns=2;s=M.Start feedback=ns=2;s=M.State [1]");
    NodeAddress.Method method = Objects.requireNonNull(command.method());
    assertEquals("M", method.object().getIdentifier());
    assertEquals("M.Start", method.node().getIdentifier());
    assertEquals("M.State", command.node().getIdentifier());
    assertEquals("1", command.indexRange());
    assertFalse(parse("call=ns=2;s=M|ns=2;s=M.Start").readable());
    assertEquals("call=ns=2;s=M|ns=2;s=M.Start feedback=ns=2;s=M.State [1]", command.toString());
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
            "ns=2;s=a deadband=101%",
            "ns=2;s=a queue=0",
            "ns=2;s=a queue=1.5",
            "ns=2;s=a sampling=fast",
            "ns=2;s=a trigger=often",
            "ns=2;s=a deadband=1 deadband=2",
            "call=ns=2;s=a",
            "call=ns=2;s=a|b",
            "call=ns=2;s=a|ns=2;s=b feedback=c",
            "svr=1;ns=2;s=a")) {
      assertTrue(NodeAddress.parse(wrong).isEmpty(), wrong);
    }
  }
}
