package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.DeviceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/**
 * How much one request to this server may hold.
 *
 * @param read most nodes in one read
 * @param monitor most items in one call that creates monitored items
 * @param browse most nodes in one browse
 */
record Limits(int read, int monitor, int browse) {

  /** A request with less in it may do. */
  static final Set<Long> TOO_LARGE =
      Set.of(
          StatusCodes.Bad_TooManyOperations,
          StatusCodes.Bad_RequestTooLarge,
          StatusCodes.Bad_ResponseTooLarge,
          StatusCodes.Bad_EncodingLimitsExceeded);

  /** What a server gets that tells no limits: enough to be quick, little enough for a small PLC. */
  private static final int OURS = 500;

  /** Asks the server. */
  static Limits ask(Link link) throws DeviceException {
    List<DataValue> answers =
        Attributes.read(
            link,
            List.of(
                value(NodeIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerRead),
                value(NodeIds.Server_ServerCapabilities_OperationLimits_MaxMonitoredItemsPerCall),
                value(NodeIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerBrowse)),
            OURS);
    return new Limits(limit(answers.get(0)), limit(answers.get(1)), limit(answers.get(2)));
  }

  private static ReadValueId value(NodeId node) {
    return Attributes.of(node, AttributeId.Value);
  }

  private static int limit(DataValue answer) {
    Object told = answer.value().value();
    return told instanceof Number limit && limit.longValue() > 0
        ? (int) Math.min(limit.longValue(), OURS)
        : OURS;
  }

  /** Cuts a list into parts of at most {@code size}. */
  static <T> List<List<T>> parts(List<T> all, int size) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      parts.add(all.subList(from, Math.min(all.size(), from + size)));
    }
    return parts;
  }
}
