package io.deungdae.simulators.moulding;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What went into the machine's process and where it went, since the start: resin in kg, heat in J
 * above the temperature of the feed. Each term is counted where it happens, so the two sides agree
 * only as far as the model keeps its mass and energy.
 */
final class Balance {

  private double granulate;
  private double good;
  private double scrap;
  private double drool;

  private double heaters;
  private double shear;
  private double injection;
  private double barrelLoss;
  private double partHeat;
  private double droolHeat;
  private double water;
  private double mouldLoss;

  /**
   * A step of so many seconds; {@code flow} in kg/s and {@code shear} in K as the barrel had it.
   */
  void step(Barrel barrel, Mould mould, double flow, double shearRise, double seconds) {
    granulate += flow * seconds;
    heaters += barrel.heaters() * seconds;
    shear += flow * Resin.ABS.heat() * shearRise * seconds;
    barrelLoss += barrel.loss() * seconds;
    water += mould.removed() * seconds;
    mouldLoss += mould.lost() * seconds;
  }

  /** A shot is finished. */
  void add(Shot shot, boolean isGood, double melt) {
    good += isGood ? shot.weight() * 1e-3 : 0;
    scrap += isGood ? 0 : shot.weight() * 1e-3;
    drool += shot.drool() * 1e-3;
    injection += shot.injected();
    partHeat += shot.leaving();
    droolHeat += shot.drool() * 1e-3 * Resin.ABS.heat() * (melt - Barrel.FEED);
  }

  /** Resin drawn in, kg. */
  double granulate() {
    return granulate;
  }

  /** Resin that left as good parts, as scrap and at the nozzle, kg. */
  double left() {
    return good + scrap + drool;
  }

  /** Heat brought in by heaters, screw and injection, J. */
  double heatIn() {
    return heaters + shear + injection;
  }

  /** Heat that left with parts and drool, with the mould's water and to the room, J. */
  double heatOut() {
    return barrelLoss + partHeat + droolHeat + water + mouldLoss;
  }

  /** All terms by name, kg and kWh. */
  Map<String, Double> terms() {
    Map<String, Double> terms = new LinkedHashMap<>();
    terms.put("granulate_kg", granulate);
    terms.put("good_kg", good);
    terms.put("scrap_kg", scrap);
    terms.put("drool_kg", drool);
    terms.put("heat_heaters_kwh", heaters / 3.6e6);
    terms.put("heat_screw_kwh", shear / 3.6e6);
    terms.put("heat_injection_kwh", injection / 3.6e6);
    terms.put("heat_barrel_loss_kwh", barrelLoss / 3.6e6);
    terms.put("heat_parts_kwh", partHeat / 3.6e6);
    terms.put("heat_drool_kwh", droolHeat / 3.6e6);
    terms.put("heat_water_kwh", water / 3.6e6);
    terms.put("heat_mould_loss_kwh", mouldLoss / 3.6e6);
    return terms;
  }
}
