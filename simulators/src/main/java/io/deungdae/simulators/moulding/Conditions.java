package io.deungdae.simulators.moulding;

import io.deungdae.simulators.plant.Severity;

/**
 * Under what conditions one shot is made.
 *
 * @param product what is moulded
 * @param melt temperature of the melt ahead of the screw, °C
 * @param hottest temperature of the hottest barrel zone, °C
 * @param coldest temperature of the coldest barrel zone, °C
 * @param face temperature of the cavity's face, °C
 * @param speed injection speed, mm/s
 * @param holdPressure MPa
 * @param holdTime s
 * @param coolingTime s
 * @param backPressure MPa
 * @param dose screw position after plasticizing, mm
 * @param switchOver screw position at which the machine changes to holding, mm
 * @param severity what is wrong with the machine
 */
record Conditions(
    Product product,
    double melt,
    double hottest,
    double coldest,
    double face,
    double speed,
    double holdPressure,
    double holdTime,
    double coolingTime,
    double backPressure,
    double dose,
    double switchOver,
    Severity<Cause> severity) {}
