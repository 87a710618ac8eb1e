package io.deungdae.collector.settings;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Settings as text that is equal when they say the same, in whatever order and layout. */
final class NodeText {

  private NodeText() {}

  static String of(Node node) {
    if (node instanceof ScalarNode scalar) {
      return '"' + scalar.getValue().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream()
          .map(NodeText::of)
          .collect(Collectors.joining(",", "[", "]"));
    }
    if (node instanceof MappingNode mapping) {
      Map<String, String> entries = new TreeMap<>();
      for (NodeTuple tuple : mapping.getValue()) {
        entries.put(of(tuple.getKeyNode()), of(tuple.getValueNode()));
      }
      return entries.toString();
    }
    return node.toString();
  }

  /** Adds every scalar below a node, keys too. */
  static void scalars(Node node, Set<String> into) {
    if (node instanceof ScalarNode scalar) {
      into.add(scalar.getValue());
    } else if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> scalars(item, into));
    } else if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        scalars(tuple.getKeyNode(), into);
        scalars(tuple.getValueNode(), into);
      }
    }
  }
}
