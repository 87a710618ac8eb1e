package io.deungdae.collector.driver.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ulong;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eclipse.milo.opcua.stack.core.OpcUaDataType;
import org.junit.jupiter.api.Test;

class CoercionTest {

  private static Object scalar(OpcUaDataType type, double raw) {
    return Coercion.scalar(type, raw).orElseThrow();
  }

  private static void refused(OpcUaDataType type, double... raws) {
    for (double raw : raws) {
      assertTrue(Coercion.scalar(type, raw).isEmpty(), type + " " + raw);
    }
  }

  @Test
  void everyNumericTypeTakesItsWholeRangeAndNothingBeyond() {
    assertEquals((byte) -128, scalar(OpcUaDataType.SByte, -128));
    refused(OpcUaDataType.SByte, 128, -129);
    assertEquals(ubyte(255), scalar(OpcUaDataType.Byte, 255));
    refused(OpcUaDataType.Byte, 256, -1);
    assertEquals((short) -32768, scalar(OpcUaDataType.Int16, -32768));
    refused(OpcUaDataType.Int16, 32768, -32769);
    assertEquals(ushort(65535), scalar(OpcUaDataType.UInt16, 65535));
    refused(OpcUaDataType.UInt16, 65536, -1);
    assertEquals(Integer.MIN_VALUE, scalar(OpcUaDataType.Int32, Integer.MIN_VALUE));
    refused(OpcUaDataType.Int32, 2147483648.0);
    assertEquals(uint(4294967295L), scalar(OpcUaDataType.UInt32, 4294967295.0));
    refused(OpcUaDataType.UInt32, 4294967296.0, -1);
    assertEquals(Long.MIN_VALUE, scalar(OpcUaDataType.Int64, -0x1p63));
    refused(OpcUaDataType.Int64, 0x1p63);
    assertEquals(ulong("9223372036854775808"), scalar(OpcUaDataType.UInt64, 0x1p63));
    refused(OpcUaDataType.UInt64, 0x1p64, -1);
    assertEquals(1.5f, scalar(OpcUaDataType.Float, 1.5));
    refused(OpcUaDataType.Float, 1e39, -1e39);
    assertEquals(1e300, scalar(OpcUaDataType.Double, 1e300));
  }

  @Test
  void wholeNumbersAreTheNearestAndFlagsAreZeroOrOne() {
    assertEquals((short) 8500, scalar(OpcUaDataType.Int16, 8499.999999));
    assertEquals(true, scalar(OpcUaDataType.Boolean, 1));
    refused(OpcUaDataType.Boolean, 0.5, 2);
    refused(OpcUaDataType.String, 1);
    refused(OpcUaDataType.Double, Double.NaN, Double.POSITIVE_INFINITY);
  }

  @Test
  void anElementTravelsAsAnArrayOfItsOwnType() {
    assertArrayEquals(new Float[] {2f}, (Float[]) Coercion.forRange(2f, "3"));
  }
}
