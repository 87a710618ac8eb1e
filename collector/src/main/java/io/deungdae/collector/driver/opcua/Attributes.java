package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.DeviceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.jspecify.annotations.Nullable;

/** Reads attributes of nodes, as many as are wanted, in as many requests as it takes. */
final class Attributes {

  private Attributes() {}

  /** One attribute of a node. */
  static ReadValueId of(NodeId node, AttributeId attribute) {
    return new ReadValueId(node, attribute.uid(), null, QualifiedName.NULL_VALUE);
  }

  /** Reads; there is an answer for each, bad for those that the server has left out. */
  static List<DataValue> read(Link link, List<ReadValueId> ids, int batch) throws DeviceException {
    List<DataValue> all = new ArrayList<>();
    for (List<ReadValueId> part : Limits.parts(ids, batch)) {
      all.addAll(ask(link, part));
    }
    return all;
  }

  private static List<DataValue> ask(Link link, List<ReadValueId> ids) throws DeviceException {
    Optional<ReadResponse> response =
        link.await(
            "reading " + ids.size() + " attributes",
            link.client().readAsync(0, TimestampsToReturn.Both, ids).thenApply(Optional::of),
            ids.size() > 1 ? Limits.TOO_LARGE : Set.of(),
            refused -> Optional.empty());
    List<DataValue> answers = new ArrayList<>();
    if (response.isEmpty()) {
      answers.addAll(ask(link, ids.subList(0, ids.size() / 2)));
      answers.addAll(ask(link, ids.subList(ids.size() / 2, ids.size())));
      return answers;
    }
    DataValue[] results = response.get().getResults();
    for (int i = 0; i < ids.size(); i++) {
      boolean told = results != null && i < results.length;
      answers.add(told ? results[i] : new DataValue(StatusCodes.Bad_NoData));
    }
    return answers;
  }

  /** A structure that the library knows, decoded; null for anything else. */
  static @Nullable Object decoded(Link link, @Nullable Object value) {
    try {
      return value instanceof ExtensionObject encoded
          ? encoded.decode(link.client().getStaticEncodingContext())
          : null;
    } catch (org.eclipse.milo.opcua.stack.core.UaSerializationException e) {
      return null; // a structure of the server's own
    }
  }
}
