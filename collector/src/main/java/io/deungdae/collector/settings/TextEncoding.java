package io.deungdae.collector.settings;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out how a text file of an office or a machine is encoded. */
public final class TextEncoding {

  /** Korean Windows' encoding. */
  public static final Charset CP949 = Charset.forName("x-windows-949");

  private static final int LOOK = 1 << 12;

  private TextEncoding() {}

  /**
   * UTF-16 when it begins with its mark or has a zero in every other byte, UTF-8 when all of it is,
   * else cp949. Reads the whole file once.
   */
  public static Charset of(Path file) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return of(in);
    }
  }

  /** The same of a stream, which is read to its end. */
  public static Charset of(InputStream in) throws IOException {
    byte[] start = in.readNBytes(LOOK);
    if (startsWith(start, 0xFF, 0xFE) || zeros(start, 1)) {
      return StandardCharsets.UTF_16LE; // "Unicode text" of Excel
    }
    if (startsWith(start, 0xFE, 0xFF) || zeros(start, 0)) {
      return StandardCharsets.UTF_16BE;
    }
    return isUtf8(start, in) ? StandardCharsets.UTF_8 : CP949;
  }

  private static boolean startsWith(byte[] bytes, int first, int second) {
    return bytes.length >= 2 && bytes[0] == (byte) first && bytes[1] == (byte) second;
  }

  /** True when most of every other byte is zero, as in Latin text and digits in UTF-16. */
  private static boolean zeros(byte[] bytes, int from) {
    int zeros = 0;
    for (int i = from; i < bytes.length; i += 2) {
      zeros += bytes[i] == 0 ? 1 : 0;
    }
    return bytes.length >= 8 && zeros > bytes.length / 4;
  }

  private static boolean isUtf8(byte[] start, InputStream rest) throws IOException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    CharBuffer chars = CharBuffer.allocate(1 << 16);
    bytes.put(start);
    boolean ended = false;
    while (!ended) {
      int count = rest.read(bytes.array(), bytes.position(), bytes.remaining());
      ended = count < 0;
      bytes.position(bytes.position() + Math.max(0, count));
      bytes.flip();
      chars.clear();
      CoderResult result = decoder.decode(bytes, chars, ended);
      if (result.isError()) {
        return false;
      }
      bytes.compact();
    }
    return true;
  }
}
