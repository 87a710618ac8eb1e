package io.deungdae.simulators.plant;

import java.util.List;

/** A plant whose product and shift can be told from outside, by a person or a scenario. */
public interface Staffed {

  /** Codes of the products there are. */
  List<Integer> products();

  /**
   * Changes the product now; whoever plans the changes goes on from here.
   *
   * @throws IllegalArgumentException when there is no such product
   */
  void product(int code);

  /** Names of the shifts there are. */
  List<String> shifts();

  /**
   * Another shift comes on now, with its habits.
   *
   * @throws IllegalArgumentException when there is no such shift
   */
  void shift(String name);
}
