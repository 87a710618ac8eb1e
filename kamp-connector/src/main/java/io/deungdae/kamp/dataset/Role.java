package io.deungdae.kamp.dataset;

/** What part a column plays for an analysis. */
public enum Role {
  /** An independent variable. */
  INPUT("독립변수"),
  /** A dependent variable. */
  OUTPUT("종속변수"),
  /** The verdict on a row, good or bad. */
  LABEL("라벨");

  private final String ko;

  Role(String ko) {
    this.ko = ko;
  }

  /** KAMP's word for it. */
  public String ko() {
    return ko;
  }
}
