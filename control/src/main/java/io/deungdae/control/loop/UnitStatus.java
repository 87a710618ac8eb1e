package io.deungdae.control.loop;

import io.deungdae.analytics.Judgement;
import io.deungdae.collector.signal.Label;
import io.deungdae.control.guard.Engagement;
import io.deungdae.control.guard.Mode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one unit's loop is doing, for people. A snapshot, at most half a second old. Numbers that are
 * not known are NaN.
 *
 * @param unit the unit
 * @param title its name for people
 * @param asked the mode asked for
 * @param askedBy who asked
 * @param inForce the mode in force
 * @param why why it is not the one asked for; says so when it is
 * @param engagement how far the unit is in the gateway's hands
 * @param engagementWhy what the handshake waits for
 * @param demotion the demotion that stands, or null
 * @param model what the unit's model is worth, or null while there is no fresh judgement
 * @param modelId id of the model set, empty for none
 * @param judgementAgeMs age of the newest judgement, milliseconds; -1 when there is none
 * @param objective the objective measured over the verification window, in its unit
 * @param objectiveError standard error of it
 * @param decision id of the open decision, empty for none
 * @param serviceFactor share of the time since the mode was first asked for in which the unit was
 *     in force, 0 to 1
 * @param at when the snapshot was made
 * @param cycles control cycles since start
 * @param variables its manipulated variables
 */
public record UnitStatus(
    String unit,
    Label title,
    Mode asked,
    String askedBy,
    Mode inForce,
    Label why,
    Engagement engagement,
    Label engagementWhy,
    @Nullable Demotion demotion,
    Judgement.@Nullable State model,
    String modelId,
    long judgementAgeMs,
    double objective,
    double objectiveError,
    String decision,
    double serviceFactor,
    Instant at,
    long cycles,
    List<Variable> variables) {

  public UnitStatus {
    variables = List.copyOf(variables);
  }

  /**
   * One manipulated variable.
   *
   * @param tag the setpoint's tag
   * @param unit its engineering unit
   * @param processValue the process value
   * @param setpoint what the plant says its setpoint is
   * @param output the loop's output
   * @param written what the device read back of our last write; NaN while the setpoint is not ours
   * @param target where a decision or a request is taking it; NaN for nowhere
   * @param low lowest permitted setpoint
   * @param high highest permitted setpoint
   * @param held true while the setpoint is ours
   * @param busy true while a value is on its way to the device
   * @param movedInHour sum of the moves within the last hour
   * @param movePerHour the limit for that
   */
  public record Variable(
      String tag,
      String unit,
      double processValue,
      double setpoint,
      double output,
      double written,
      double target,
      double low,
      double high,
      boolean held,
      boolean busy,
      double movedInHour,
      double movePerHour) {}
}
