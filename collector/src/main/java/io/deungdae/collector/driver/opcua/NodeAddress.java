package io.deungdae.collector.driver.opcua;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.milo.opcua.stack.core.UaRuntimeException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.jspecify.annotations.Nullable;

/**
 * Where a tag is in a server: {@code ns=2;s=Zone1.PV}, {@code nsu=urn:plc:app;i=1001}, with options
 * after a blank: {@code ns=2;s=Zones [3] deadband=0.5}.
 *
 * <p>The blank before {@code [3]} matters, because several PLCs have nodes of their own whose
 * identifiers end so: {@code ns=3;s="Data"."zone"[3]} is one node, {@code ns=3;s="Data"."zone" [3]}
 * is the fourth element of an array.
 *
 * @param node the node; by namespace index, or by namespace URI, which survives a server's restart
 *     with another order of namespaces
 * @param element index of the array's element, from 0, or -1 for the whole value
 * @param deadband least absolute change that is told, in raw units; 0 for every change
 */
record NodeAddress(ExpandedNodeId node, int element, double deadband) {

  private static final Pattern OPTIONS =
      Pattern.compile("(.*?)(?:\\s+\\[(\\d{1,9})])?(?:\\s+deadband=([0-9.eE+-]+))?");

  /** Reads an address; empty when it is none. */
  static Optional<NodeAddress> parse(String text) {
    Matcher matcher = OPTIONS.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      ExpandedNodeId node = ExpandedNodeId.parse(matcher.group(1));
      int element = matcher.group(2) == null ? -1 : Integer.parseInt(matcher.group(2));
      double deadband = matcher.group(3) == null ? 0 : Double.parseDouble(matcher.group(3));
      boolean usable = node.isLocal() && deadband >= 0 && Double.isFinite(deadband);
      return usable ? Optional.of(new NodeAddress(node, element, deadband)) : Optional.empty();
    } catch (UaRuntimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The index range that selects the element, or null for the whole value. */
  @Nullable String indexRange() {
    return element < 0 ? null : Integer.toString(element);
  }

  @Override
  public String toString() {
    return node.toParseableString() + (element < 0 ? "" : " [" + element + "]");
  }
}
