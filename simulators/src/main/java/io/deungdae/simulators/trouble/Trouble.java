package io.deungdae.simulators.trouble;

import java.util.Arrays;
import java.util.Locale;

/** One way in which a server misbehaves. Which server can do which, its {@link Troubles} say. */
public enum Trouble {
  /** Takes requests and never answers; a publisher says nothing. */
  SILENT("takes requests and says nothing", 0),
  /** Answers late, by its size in seconds. */
  SLOW("answers so many seconds late", 2),
  /** Closes each connection at its next request, and a publisher before its next message. */
  HANG_UP("hangs up instead of answering", 0),
  /** Sends half of a frame and hangs up; a publisher sends half of each payload. */
  CUT("sends half of a frame and hangs up", 0),
  /** Refuses every request; the size is the protocol's code, 0 for a usual one. */
  EXCEPTION("refuses everything with this code", 0),
  /** Answers with the number of another transaction. */
  WRONG_ID("answers with another transaction's number", 0),
  /** Says everything twice. */
  TWICE("says everything twice", 0),
  /** Sends what is no frame. */
  GARBAGE("sends what is no frame", 0),
  /** Old values with fresh time stamps. */
  STALE("tells the values of when it began, with fresh time stamps", 0),
  /** Values with bad status; where the protocol has none, numbers read as not a number. */
  BAD_STATUS("marks every value bad", 0),
  /** Time stamps wrong by the size in seconds, ahead when it is positive. */
  CLOCK_SKEW("shifts time stamps by so many seconds", 3600),
  /** Changes the order of messages. */
  REORDER("changes the order of messages", 0),
  /** Shows a certificate that has expired. */
  EXPIRED_CERTIFICATE("shows an expired certificate", 0);

  private final String en;
  private final double usual;

  Trouble(String en, double usual) {
    this.en = en;
    this.usual = usual;
  }

  /** What it does, English. */
  public String en() {
    return en;
  }

  /** The size that counts when none is told. */
  public double usual() {
    return usual;
  }

  /** As people write it, e.g. {@code wrong-id}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The trouble that people write so.
   *
   * @throws IllegalArgumentException when there is none; the message names all
   */
  public static Trouble of(String id) {
    return Arrays.stream(values())
        .filter(trouble -> trouble.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no trouble \"" + id + "\", there are " + ids(Arrays.asList(values()))));
  }

  /** As a list for people. */
  static String ids(Iterable<Trouble> troubles) {
    StringBuilder list = new StringBuilder();
    troubles.forEach(trouble -> list.append(list.isEmpty() ? "" : ", ").append(trouble.id()));
    return list.toString();
  }
}
