package io.deungdae.analytics.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class NetFormatTest {

  private final CompiledNet net = Nets.everyKind(21);
  private final byte[] bytes = net.toBytes();

  @Test
  void givesTheSameOutputsAfterLoading() throws NetFormatException {
    double[] in = Nets.numbers(new Random(1), net.inputs());
    double[] expected = new double[net.outputs()];
    double[] out = new double[net.outputs()];
    net.run(in, expected);
    CompiledNet.fromBytes(bytes).run(in, out);
    assertArrayEquals(expected, out);
    assertArrayEquals(bytes, CompiledNet.fromBytes(bytes).toBytes());
  }

  @Test
  void noticesAnyFlippedBit() {
    Random random = new Random(9);
    for (int i = 0; i < 500; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      assertThrows(NetFormatException.class, () -> CompiledNet.fromBytes(damaged));
    }
  }

  @Test
  void noticesAnyCut() {
    for (int length = 0; length < bytes.length; length += 7) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(NetFormatException.class, () -> CompiledNet.fromBytes(cut));
    }
  }

  @Test
  void saysWhenAnotherVersionWroteIt() {
    byte[] later = bytes.clone();
    later[5] = 2;
    NetFormatException refusal =
        assertThrows(NetFormatException.class, () -> CompiledNet.fromBytes(sealed(later)));
    assertTrue(String.valueOf(refusal.getMessage()).contains("version 2"));
  }

  /** Wrong lengths under a right checksum are refused before memory is taken for them. */
  @Test
  void believesNoLength() {
    Random random = new Random(4);
    for (int i = 0; i < 2000; i++) {
      byte[] forged = bytes.clone();
      int at = 6 + random.nextInt(40);
      forged[at] = (byte) random.nextInt(256);
      refusedOrHarmless(sealed(forged));
    }
  }

  /** Anything but a refusal, or running out of memory, fails the test. */
  private static void refusedOrHarmless(byte[] forged) {
    try {
      assertTrue(CompiledNet.fromBytes(forged).inputs() > 0);
    } catch (NetFormatException refused) {
      assertTrue(refused.getMessage() != null);
    }
  }

  private static byte[] sealed(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());
    return bytes;
  }
}
