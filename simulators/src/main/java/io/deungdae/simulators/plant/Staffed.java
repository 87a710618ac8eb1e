package io.deungdae.simulators.plant;

import java.util.List;

/** A plant whose product and shift can be told from outside, by a person or a scenario. */
public interface Staffed {

  /** Codes of the products there are; the list never changes. */
  List<Integer> products();

  /**
   * Changes the product as soon as the plant can; whoever plans the changes goes on from there.
   *
   * @param code one of {@link #products}
   */
  void product(int code);

  /** Names of the shifts there are; the list never changes. */
  default List<String> shifts() {
    return Shift.names();
  }

  /**
   * Another shift comes on now, with its habits, and stays until the next is told.
   *
   * @param name one of {@link #shifts}
   */
  void shift(String name);
}
