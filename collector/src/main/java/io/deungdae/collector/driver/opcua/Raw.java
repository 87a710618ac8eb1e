package io.deungdae.collector.driver.opcua;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.types.UaEnumeratedType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.XmlElement;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.ULong;
import org.jspecify.annotations.Nullable;

/** What the library hands over, as numbers, flags and texts that a conversion knows. */
final class Raw {

  private Raw() {}

  /** A scalar; what is none, an array or a structure, comes back as it is. */
  static @Nullable Object scalar(@Nullable Object value) {
    if (value instanceof ULong large) {
      return new BigInteger(large.toString());
    }
    if (value instanceof UaEnumeratedType constant) {
      return constant.getValue();
    }
    if (value instanceof DateTime time) {
      return time.getJavaInstant().toString();
    }
    if (value instanceof Variant inner) {
      return scalar(inner.value());
    }
    return value instanceof Number || value instanceof Boolean || value instanceof String
        ? value
        : text(value);
  }

  private static @Nullable Object text(@Nullable Object value) {
    if (value instanceof LocalizedText text) {
      return text.text();
    }
    if (value instanceof ByteString bytes) {
      return HexFormat.of().withUpperCase().formatHex(bytes.bytesOrEmpty());
    }
    if (value instanceof UUID guid) {
      return guid.toString();
    }
    if (value instanceof QualifiedName name) {
      return name.name();
    }
    if (value instanceof NodeId node) {
      return node.toParseableString();
    }
    if (value instanceof ExpandedNodeId node) {
      return node.toParseableString();
    }
    if (value instanceof StatusCode status) {
      return StatusQuality.name(status);
    }
    return value instanceof XmlElement xml ? xml.fragment() : value;
  }

  /** The one element that an index range has selected; null when it is not one. */
  static @Nullable Object element(@Nullable Object value) {
    if (value instanceof Matrix matrix) {
      return element(matrix.getElements());
    }
    if (value instanceof ByteString bytes && bytes.length() == 1) {
      return bytes.bytesOrEmpty()[0] & 0xFF;
    }
    return value instanceof Object[] array && array.length == 1 ? scalar(array[0]) : null;
  }
}
