package io.deungdae.simulators.xgt;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Memory that holds what was written to it, and 0 before. */
public final class PlainMemory implements Memory {

  private final Lock lock = new ReentrantLock();
  private final Model model;
  private final Map<Character, byte[]> areas = new ConcurrentHashMap<>();

  /** Memory of the model's size. */
  public PlainMemory(Model model) {
    this.model = model;
  }

  private byte[] area(char letter) {
    return areas.computeIfAbsent(letter, l -> new byte[model.bytes(l)]);
  }

  @Override
  public int read(char area, int at) {
    lock.lock();
    try {
      return area(area)[at] & 0xFF;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean write(char area, int start, byte[] bytes, int mask) {
    lock.lock();
    try {
      byte[] cells = area(area);
      for (int i = 0; i < bytes.length; i++) {
        cells[start + i] = (byte) ((cells[start + i] & ~mask) | (bytes[i] & mask));
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Sets a word, as a program in the PLC would. */
  public void word(char area, int word, int value) {
    write(area, 2 * word, new byte[] {(byte) value, (byte) (value >>> 8)}, 0xFF);
  }

  /** A word, 0 to 65535. */
  public int word(char area, int word) {
    return read(area, 2 * word) | (read(area, 2 * word + 1) << 8);
  }

  /** The current value's lowest bit stands for the contact, enough for a test. */
  @Override
  public boolean contact(char area, int number) {
    return (word(area, number) & 1) != 0;
  }
}
