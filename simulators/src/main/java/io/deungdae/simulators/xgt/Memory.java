package io.deungdae.simulators.xgt;

/** The memory behind a PLC, in bytes. Thread-safe. */
public interface Memory {

  /** One byte of an area, 0 to 255; the place exists. */
  int read(char area, int at);

  /**
   * Changes neighbouring bytes as one.
   *
   * @param mask which bits of each byte are meant
   * @return false when the PLC does not let them be changed
   */
  boolean write(char area, int start, byte[] bytes, int mask);

  /** The contact of a timer or counter. */
  default boolean contact(char area, int number) {
    return false;
  }
}
