package io.deungdae.simulators.plating;

/**
 * One rack from the bath to the laboratory: what was done to it. Filled while it plates; reused by
 * the line, so nobody may keep it.
 */
final class Lot {

  private int number;
  private Product product = Product.of(1);
  private double charge;
  private double hydrogen;
  private double seconds;
  private double density;
  private double limiting;
  private double evenness;
  private double brightener;
  private double effective;
  private double ripple;
  private double degreaser;
  private double contact;
  private double particles;
  private double iron;
  private double rinse;

  /** Starts a new one, degreased at so many °C. */
  void start(int newNumber, Product of, double celsius) {
    number = newNumber;
    product = of;
    degreaser = celsius;
    charge = 0;
    hydrogen = 0;
    seconds = 0;
    density = 0;
    limiting = 0;
    evenness = 0;
    brightener = 0;
    effective = 0;
    ripple = 0;
    contact = 0;
    particles = 0;
    iron = 0;
  }

  /** One second or so in the bath; everything counts by its charge. */
  void plate(
      double current,
      Cell cell,
      double rippling,
      Bath bath,
      double badContact,
      double mg,
      double dt) {
    seconds += dt;
    if (current <= 0) {
      return;
    }
    double amount = current * 1000 / (product.area() * 100) * dt / 3600;
    double j = current * 1000 / product.area();
    charge += amount;
    hydrogen += amount * Math.min(1, cell.hydrogen() / j);
    density += amount * j;
    limiting += amount * cell.limiting();
    evenness += amount * cell.evenness();
    brightener += amount * bath.brightener();
    effective += amount * cell.effective();
    ripple += amount * rippling;
    contact += amount * badContact;
    particles += amount * mg;
    iron += amount * bath.iron();
  }

  /** Rinsed in water of so many mg/L of zinc. */
  void rinse(double mg) {
    rinse = mg;
  }

  /** Running number. */
  int number() {
    return number;
  }

  Product product() {
    return product;
  }

  /** Ah/dm². */
  double charge() {
    return charge;
  }

  /** Share of the charge that made hydrogen. */
  double hydrogenShare() {
    return mean(hydrogen);
  }

  /** Time in the bath, s. */
  double seconds() {
    return seconds;
  }

  /** A/m². */
  double density() {
    return mean(density);
  }

  /** Limiting current density, A/m². */
  double limiting() {
    return mean(limiting);
  }

  /** What is left of the primary spread. */
  double evenness() {
    return mean(evenness);
  }

  /** mL/L. */
  double brightener() {
    return mean(brightener);
  }

  /** Brightener that would do the same at 25 °C, mL/L. */
  double effectiveBrightener() {
    return mean(effective);
  }

  double ripple() {
    return mean(ripple);
  }

  /** °C of the degreaser. */
  double degreaser() {
    return degreaser;
  }

  /** Severity<PlatingFault> of bad contacts. */
  double contact() {
    return mean(contact);
  }

  /** mg/L. */
  double particles() {
    return mean(particles);
  }

  /** g/L. */
  double iron() {
    return mean(iron);
  }

  /** Zinc in the rinse, mg/L. */
  double rinse() {
    return rinse;
  }

  private double mean(double sum) {
    return charge > 0 ? sum / charge : 0;
  }
}
