package io.deungdae.collector.driver.modbus;

/** How a message is wrapped on the connection. Keeps what tells one exchange from the next. */
interface Framing {

  /** Longest frame of either kind: Modbus TCP 260 bytes, RTU 256. */
  int LONGEST = 260;

  /** What the bytes received so far are. */
  enum Found {
    /** A part of a frame: more has to come. */
    PART,
    /** The answer to the last request. */
    ANSWER,
    /** The answer to an earlier request, to be thrown away. */
    OLD,
    /** Nothing that the protocol allows. */
    GARBAGE
  }

  /**
   * The frame of a new request.
   *
   * @param unit unit identifier
   * @param pdu function code and data
   */
  byte[] wrap(int unit, byte[] pdu);

  /** Looks at the first {@code length} bytes received. */
  Found look(byte[] buffer, int length);

  /** How long the complete frame at the start of the buffer is. */
  int frameLength(byte[] buffer);

  /** Function code and data of the complete frame at the start of the buffer. */
  byte[] unwrap(byte[] buffer);

  /** True when an answer tells which request it answers. */
  boolean numbersRequests();
}
