package io.deungdae.simulators.moulding;

import io.deungdae.simulators.plc.Recipe;
import java.util.Arrays;

/**
 * What is moulded: a strip-like cover, two hands of one part and a thicker variant. The cavity is a
 * slot, filled from one end.
 */
enum Product {
  LEFT(1, "side cover, left", "사이드 커버 좌", 2.20, 0.0),
  RIGHT(2, "side cover, right", "사이드 커버 우", 2.20, 0.0),
  THICK(3, "side cover, reinforced", "사이드 커버 강화", 2.25, 0.7);

  /** Length of flow, m. */
  static final double FLOW_LENGTH = 0.320;

  /** Width of the slot, m. */
  static final double WIDTH = 0.110;

  private final int code;
  private final String en;
  private final String ko;
  private final double wallMm;
  private final double extraCooling;

  Product(int code, String en, String ko, double wallMm, double extraCooling) {
    this.code = code;
    this.en = en;
    this.ko = ko;
    this.wallMm = wallMm;
    this.extraCooling = extraCooling;
  }

  /** Its number on the machine. */
  int code() {
    return code;
  }

  /** Its name, English. */
  String en() {
    return en;
  }

  /** Its name, Korean. */
  String ko() {
    return ko;
  }

  /** Wall thickness, m. */
  double wall() {
    return wallMm * 1e-3;
  }

  /** Volume of the cavity, m³. */
  double cavity() {
    return FLOW_LENGTH * WIDTH * wall();
  }

  /** Area that the melt pushes the mould open with, m². */
  static double projectedArea() {
    return FLOW_LENGTH * WIDTH;
  }

  /** The recipe's value for a setpoint: decent, on the safe side, not the cheapest. */
  double recipe(Knob knob) {
    return knob == Knob.COOLING_TIME ? knob.reference() + extraCooling : knob.reference();
  }

  /** The product's recipe. */
  Recipe recipe() {
    return Recipe.of(
        Knob.values(), Arrays.stream(Knob.values()).mapToDouble(this::recipe).toArray());
  }
}
