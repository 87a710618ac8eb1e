package io.deungdae.collector.forward;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Text on its way out, written without a string for each number. Used by one thread. */
final class Bytes {

  private static final int DIGITS = 20;
  private static final int TEN = 10;
  private static final long MILLION = 1_000_000;
  private static final double MOST_WITH_MILLIONTHS = 1e9; // times a million is below 2^53

  private byte[] bytes;
  private int size;
  private final StringBuilder number = new StringBuilder();

  Bytes(int about) {
    this.bytes = new byte[Math.max(64, about)];
  }

  int size() {
    return size;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  Bytes put(char ascii) {
    room(1);
    bytes[size++] = (byte) ascii;
    return this;
  }

  Bytes put(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
    return this;
  }

  Bytes ascii(CharSequence text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
    return this;
  }

  Bytes text(String text) {
    return put(text.getBytes(StandardCharsets.UTF_8));
  }

  Bytes put(long whole) {
    if (whole == Long.MIN_VALUE) {
      return ascii("-9223372036854775808");
    }
    room(DIGITS);
    if (whole < 0) {
      bytes[size++] = '-';
    }
    int from = size;
    long left = Math.abs(whole);
    do {
      bytes[size++] = (byte) ('0' + left % TEN);
      left /= TEN;
    } while (left > 0);
    for (int i = from, j = size - 1; i < j; i++, j--) {
      byte swap = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = swap;
    }
    return this;
  }

  /** A real number with all its digits. */
  Bytes put(double real) {
    long whole = (long) real;
    if (whole == real && Math.abs(whole) < 1L << 53 && (whole != 0 || 1 / real > 0)) {
      return put(whole).ascii(".0");
    }
    // Whole millionths, as most of a plant's values are: the quotient of two exact numbers is the
    // nearest to what is written here, and so is what a reader makes of it.
    long millionths = Math.abs(real) < MOST_WITH_MILLIONTHS ? Math.round(real * MILLION) : 0;
    if (millionths != 0 && millionths / (double) MILLION == real) {
      return decimal(millionths);
    }
    number.setLength(0);
    number.append(real);
    return ascii(number);
  }

  private Bytes decimal(long millionths) {
    room(DIGITS);
    if (millionths < 0) {
      bytes[size++] = '-';
    }
    long rest = Math.abs(millionths);
    put(rest / MILLION).put('.');
    rest %= MILLION;
    for (long unit = MILLION / TEN; rest > 0; unit /= TEN) {
      put((char) ('0' + rest / unit));
      rest %= unit;
    }
    return this;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }

  byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }
}
