package io.deungdae.collector.signal;

import org.jspecify.annotations.Nullable;

/**
 * One signal of the plant. Immutable; the same object stands for the tag everywhere.
 *
 * @param index position in the site's tag table, dense from 0; the board and the loop use it as an
 *     array index
 * @param name unique name, dot-separated from the general to the special, e.g. {@code
 *     furnace.zone2.pv}
 * @param device name of the device that carries it
 * @param kind kind of its values
 * @param unit engineering unit; every {@code double} of this tag is in it
 * @param range values that are plausible; a reading outside is {@link Quality#UNCERTAIN_RANGE}
 * @param description what it is, for people
 * @param write what may be written to it, or null for a tag that is never written
 * @param details what most tags need not say: place, group, what is kept of it
 */
public record Tag(
    int index,
    String name,
    String device,
    Kind kind,
    Unit unit,
    Range range,
    Label description,
    @Nullable WritePolicy write,
    TagDetails details) {

  /** A tag without further details. */
  public Tag(
      int index,
      String name,
      String device,
      Kind kind,
      Unit unit,
      Range range,
      Label description,
      @Nullable WritePolicy write) {
    this(index, name, device, kind, unit, range, description, write, TagDetails.NONE);
  }

  public Tag {
    if (index < 0) {
      throw new IllegalArgumentException("index must not be negative, found " + index);
    }
    if (name.isBlank()) {
      throw new IllegalArgumentException("a tag needs a name");
    }
  }

  /** The same tag with other details. */
  public Tag with(TagDetails other) {
    return new Tag(index, name, device, kind, unit, range, description, write, other);
  }

  /** Its place in the plant, see {@link TagDetails}; empty for nowhere. */
  public String path() {
    return details.path();
  }

  /** Its full ISA-95 name: place and name joined by a slash. */
  public String pathName() {
    return path().isEmpty() ? name : path() + "/" + name;
  }

  /** The group it belongs to; empty for none. */
  public String group() {
    return details.group();
  }

  /** Which of its samples are kept. */
  public Recording recording() {
    return details.recording();
  }

  /** True when setpoints may be sent to it. */
  public boolean writable() {
    return write != null;
  }

  /**
   * What may be written to it.
   *
   * @throws IllegalStateException when the tag is not writable
   */
  public WritePolicy writePolicy() {
    if (write == null) {
      throw new IllegalStateException(name + " is not writable");
    }
    return write;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return index;
  }

  @Override
  public String toString() {
    return name;
  }
}
