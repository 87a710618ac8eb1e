package io.deungdae.simulators.xgt;

/** Ways in which an XGT server makes trouble. */
public enum Misbehaviour {
  /** None. */
  NONE,
  /** Takes requests and never answers. */
  SILENT,
  /** Answers two seconds late; later requests are answered in time. */
  LATE,
  /** Answers with the number of another request. */
  WRONG_ID,
  /** Answers each request twice. */
  TWICE,
  /** Refuses everything with an error code of no list. */
  REFUSE,
  /** Sends something that is no frame. */
  GARBAGE,
  /** Sends half of the answer and hangs up. */
  CUT,
  /** Hangs up instead of answering. */
  HANG_UP
}
