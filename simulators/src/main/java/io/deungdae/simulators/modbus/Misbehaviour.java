package io.deungdae.simulators.modbus;

/** Ways in which a Modbus server makes trouble. */
public enum Misbehaviour {
  /** None. */
  NONE,
  /** Takes requests and never answers. */
  SILENT,
  /** Answers every request with exception 6, server busy. */
  BUSY,
  /** Answers two seconds late. */
  LATE,
  /** Answers with the number of another transaction. */
  WRONG_TRANSACTION,
  /** Closes each connection at its next request. */
  HANG_UP
}
