package io.deungdae.collector.store;

/**
 * What one tag did within a minute or an hour that had at least one sample of it.
 *
 * <p>A sample is <em>usable</em> when it is not bad and a finite number (a flag is 0 or 1); text is
 * not rolled up. Between samples a value stands as it is (a staircase, no slope), from its own time
 * until the next sample of whatever quality, for an hour at most; a value that stood when the
 * period began weighs from the beginning of the period to the first sample in it. Stretches in
 * which a bad sample stands, or nothing was heard for an hour, weigh nothing.
 *
 * @param tag the tag's name
 * @param us start of the period, microseconds since 1970
 * @param samples samples in it, of whatever quality; at least 1
 * @param used usable ones of these
 * @param first value of the earliest usable sample; this and the next five are NaN when there is
 *     none
 * @param low lowest value
 * @param high highest value
 * @param last value of the latest usable sample
 * @param mean mean of the usable samples, each weighing the same
 * @param weightedMean mean over the time in which a usable value stood; NaN when none did
 * @param heldUs that time in microseconds
 * @param good share of the period in which a good value stood, 0 to 1
 * @param firstUs time of {@code first}, microseconds since 1970; this and the next three are -1
 *     when there is none
 * @param lowUs time of {@code low}, of several the earliest
 * @param highUs time of {@code high}, of several the earliest
 * @param lastUs time of {@code last}
 * @param gapUs time of the earliest sample that is not usable; -1 when there is none
 * @param end what stood at its end
 */
public record Rollup(
    String tag,
    long us,
    int samples,
    int used,
    double first,
    double low,
    double high,
    double last,
    double mean,
    double weightedMean,
    long heldUs,
    double good,
    long firstUs,
    long lowUs,
    long highUs,
    long lastUs,
    long gapUs,
    End end) {

  /** What stands after a sample. The codes are on disk and never change their meaning. */
  public enum End {
    /** A good value. */
    GOOD(0),
    /** An uncertain value. */
    UNCERTAIN(1),
    /** No usable value. */
    NONE(2);

    private final byte code;

    End(int code) {
      this.code = (byte) code;
    }

    byte code() {
      return code;
    }

    static End ofCode(byte code) {
      return switch (code) {
        case 0 -> GOOD;
        case 1 -> UNCERTAIN;
        default -> NONE;
      };
    }
  }
}
