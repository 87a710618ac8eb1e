package io.deungdae.collector.driver.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ulong;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.eclipse.milo.opcua.stack.core.types.builtin.Matrix;

/**
 * A raw number as a node's own type. Integers get the nearest whole number; what does not fit the
 * type is refused, never clipped.
 */
final class Coercion {

  private Coercion() {}

  /** The number as a scalar of the type; empty when the type cannot represent it. */
  static Optional<Object> scalar(OpcUaDataType type, double raw) {
    if (!Double.isFinite(raw)) {
      return Optional.empty();
    }
    return switch (type) {
      case Boolean -> raw == 0 || raw == 1 ? Optional.of(raw == 1) : Optional.empty();
      case SByte -> whole(raw, Byte.SIZE - 1, true).map(BigInteger::byteValue);
      case Byte -> whole(raw, Byte.SIZE, false).map(n -> ubyte(n.shortValue()));
      case Int16 -> whole(raw, Short.SIZE - 1, true).map(BigInteger::shortValue);
      case UInt16 -> whole(raw, Short.SIZE, false).map(n -> ushort(n.intValue()));
      case Int32 -> whole(raw, Integer.SIZE - 1, true).map(BigInteger::intValue);
      case UInt32 -> whole(raw, Integer.SIZE, false).map(n -> uint(n.longValue()));
      case Int64 -> whole(raw, Long.SIZE - 1, true).map(BigInteger::longValue);
      case UInt64 -> whole(raw, Long.SIZE, false).map(n -> ulong(n.toString()));
      case Float -> Math.abs(raw) <= Float.MAX_VALUE ? Optional.of((float) raw) : Optional.empty();
      case Double -> Optional.of(raw);
      default -> Optional.empty();
    };
  }

  private static Optional<BigInteger> whole(double raw, int bits, boolean signed) {
    BigInteger number = new BigDecimal(raw).setScale(0, RoundingMode.HALF_EVEN).toBigInteger();
    boolean fits = number.bitLength() <= bits && (signed || number.signum() >= 0);
    return fits ? Optional.of(number) : Optional.empty();
  }

  /**
   * What a write of one element has to carry: an array with this one element, of as many dimensions
   * as the range; the scalar itself for the whole value, which is an empty range.
   */
  static Object forRange(Object scalar, String indexRange) {
    if (indexRange.isEmpty()) {
      return scalar;
    }
    Object array = java.lang.reflect.Array.newInstance(scalar.getClass(), 1);
    java.lang.reflect.Array.set(array, 0, scalar);
    int dimensions = indexRange.split(",", -1).length;
    if (dimensions == 1) {
      return array;
    }
    int[] ones = new int[dimensions];
    java.util.Arrays.fill(ones, 1);
    return new Matrix(array, ones);
  }
}
