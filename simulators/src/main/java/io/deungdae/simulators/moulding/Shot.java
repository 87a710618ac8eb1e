package io.deungdae.simulators.moulding;

/**
 * One finished shot.
 *
 * @param fillTime s
 * @param peakPressure highest injection pressure, MPa
 * @param switchPosition screw position at the change to holding, mm
 * @param cushion lowest screw position, mm
 * @param plasticizingTime s
 * @param cycleTime s
 * @param weight of the part, g
 * @param face temperature of the cavity's face, °C
 * @param ejection temperature of the part's core at ejection, °C
 * @param shrinkage volumetric shrinkage, %
 * @param chances how likely each defect is
 * @param work electric work of the hydraulic drive, J
 * @param heat heat that the part leaves in the mould, J
 * @param injected heat that injection brings into the melt, J; part of {@code heat}
 * @param shearing heat that the screw's work brings into the melt, J
 * @param leaving heat of the part as it leaves the mould, above the feed's temperature, J
 * @param drool melt lost at the nozzle, g
 * @param drawn resin that the screw drew in for this shot, g
 */
record Shot(
    double fillTime,
    double peakPressure,
    double switchPosition,
    double cushion,
    double plasticizingTime,
    double cycleTime,
    double weight,
    double face,
    double ejection,
    double shrinkage,
    Chances chances,
    double work,
    double heat,
    double injected,
    double shearing,
    double leaving,
    double drool,
    double drawn) {}
