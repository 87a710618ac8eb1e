package io.deungdae.collector.signal;

/** One value of a tag, in the tag's unit. Immutable. */
public sealed interface Value {

  /**
   * The kind of tag that carries such a value; a missing value has none and answers {@code NUMBER}.
   */
  Kind kind();

  /** The value as a number: a flag is 0 or 1; text and a missing value are NaN. */
  double asDouble();

  /** A real number. */
  record Real(double number) implements Value {
    @Override
    public Kind kind() {
      return Kind.NUMBER;
    }

    @Override
    public double asDouble() {
      return number;
    }
  }

  /** An integer, exact to 64 bits. */
  record Whole(long number) implements Value {
    @Override
    public Kind kind() {
      return Kind.WHOLE;
    }

    @Override
    public double asDouble() {
      return number;
    }
  }

  /** On or off. */
  record Flag(boolean on) implements Value {
    @Override
    public Kind kind() {
      return Kind.FLAG;
    }

    @Override
    public double asDouble() {
      return on ? 1 : 0;
    }
  }

  /** Text. */
  record Text(String text) implements Value {
    @Override
    public Kind kind() {
      return Kind.TEXT;
    }

    @Override
    public double asDouble() {
      return Double.NaN;
    }
  }

  /** No value: the reading failed. */
  enum Missing implements Value {
    MISSING;

    @Override
    public Kind kind() {
      return Kind.NUMBER;
    }

    @Override
    public double asDouble() {
      return Double.NaN;
    }
  }

  /** A real number. */
  static Value of(double number) {
    return new Real(number);
  }

  /** An integer. */
  static Value of(long number) {
    return new Whole(number);
  }

  /** On or off. */
  static Value of(boolean on) {
    return new Flag(on);
  }

  /** Text. */
  static Value of(String text) {
    return new Text(text);
  }

  /** No value. */
  static Value missing() {
    return Missing.MISSING;
  }
}
