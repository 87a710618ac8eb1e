package io.deungdae.collector.driver.modbus;

/** How a message is wrapped on a line. */
interface Framing {

  /** Longest frame of either kind: Modbus TCP 260 bytes, RTU 256. */
  int LONGEST = 260;

  /** What the bytes received so far are. */
  enum Found {
    /** A part of a frame: more has to come. */
    PART,
    /** A whole frame, perhaps with more after it. */
    WHOLE,
    /** Nothing that the protocol allows. */
    GARBAGE
  }

  /** The frame of a request. */
  byte[] wrap(Asked request);

  /** Looks at the first {@code length} bytes received. */
  Found look(byte[] buffer, int length);

  /** How long the whole frame at the start of the buffer is. */
  int frameLength(byte[] buffer);

  /** Function code and data of the whole frame at the start of the buffer. */
  byte[] unwrap(byte[] buffer);

  /** True when the whole frame at the start of the buffer answers the request. */
  boolean answers(byte[] buffer, Asked request);

  /** The unit that the whole frame at the start of the buffer says it is from. */
  int unit(byte[] buffer);

  /**
   * How many of the first {@code length} bytes received cannot belong to an answer to the request,
   * where that can be told.
   */
  int noise(byte[] buffer, int length, Asked request);

  /** True when an answer tells which request it answers. */
  boolean numbersRequests();
}
