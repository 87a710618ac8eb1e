package io.deungdae.analytics.feature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which tags go into a model and what is made of them. Two models with the same {@link #hash} read
 * the same tags in the same way; a model is never used with another specification than the one it
 * was trained with.
 *
 * <p>Each input gives one channel, or, when it is a code with levels, one indicator channel for
 * each level but the first. Each channel gives its current value and one exponentially weighted
 * mean for each lag, so that a model without memory sees slow dynamics.
 *
 * @param unit the process unit's name
 * @param inputs what drives the unit
 * @param outputs names of the tags that are explained
 * @param step time between rows; positive
 * @param lags time constants of the weighted means; may be empty
 * @param smoothing time constant that the outputs are smoothed with; zero for none
 * @param running name of the tag that tells a running unit from one that stands still
 * @param runningAbove the unit runs while that tag is above this, in its unit
 */
public record FeatureSpec(
    String unit,
    List<Input> inputs,
    List<String> outputs,
    Duration step,
    List<Duration> lags,
    Duration smoothing,
    String running,
    double runningAbove) {

  public FeatureSpec {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    lags = List.copyOf(lags);
    if (step.isNegative() || step.isZero()) {
      throw new IllegalArgumentException("step must be positive, found " + step);
    }
  }

  /**
   * One tag that drives the unit.
   *
   * @param tag the tag's name
   * @param levels the codes it may take, ascending; empty for a plain number
   */
  public record Input(String tag, List<Double> levels) {
    public Input {
      levels = List.copyOf(levels);
    }

    /** How many channels it gives. */
    public int channels() {
      return levels.isEmpty() ? 1 : levels.size() - 1;
    }
  }

  /** Names of all tags that are read, each once: the columns of a raw row. */
  public List<String> tags() {
    return Stream.of(inputs.stream().map(Input::tag), outputs.stream(), Stream.of(running))
        .flatMap(s -> s)
        .distinct()
        .toList();
  }

  /** Number of channels of all inputs. */
  public int channels() {
    return inputs.stream().mapToInt(Input::channels).sum();
  }

  /** Number of input features: channels times one more than there are lags. */
  public int width() {
    return channels() * (1 + lags.size());
  }

  /** The longest lag; zero when there is none. */
  public Duration longestLag() {
    return lags.stream().max(Duration::compareTo).orElse(Duration.ZERO);
  }

  /**
   * SHA-256 of all of it but the levels' values, which are learnt; 16 hexadecimal digits. Whether
   * an input is a code counts.
   */
  public String hash() {
    String text =
        String.join("|", unit, running, "" + runningAbove, "" + step, "" + smoothing, "" + lags)
            + inputs.stream().map(i -> i.tag() + (i.levels().isEmpty() ? "" : "#")).toList()
            + outputs;
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every Java platform has it
    }
  }
}
