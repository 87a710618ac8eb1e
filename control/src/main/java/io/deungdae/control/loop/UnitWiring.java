package io.deungdae.control.loop;

import io.deungdae.analytics.Effect;
import io.deungdae.analytics.Judgement;
import io.deungdae.analytics.Slot;
import io.deungdae.collector.signal.PlantUnit;
import java.util.function.Consumer;

/**
 * One process unit and what its loop is connected to.
 *
 * @param unit the unit; it has at least one manipulated variable, all of them writable
 * @param settings its loop
 * @param judgements where analytics puts what it thinks of the unit
 * @param effects told what became of each remedy; called on the control thread, must not wait
 */
public record UnitWiring(
    PlantUnit unit, LoopSettings settings, Slot<Judgement> judgements, Consumer<Effect> effects) {

  public UnitWiring {
    for (PlantUnit.Manipulated variable : unit.manipulated()) {
      if (!variable.setpoint().writable()) {
        throw new IllegalArgumentException(variable.setpoint() + " is not writable");
      }
    }
    if (unit.manipulated().isEmpty()) {
      throw new IllegalArgumentException(unit.name() + " has nothing to move");
    }
  }
}
