package io.deungdae.analytics.dl4j;

import java.util.List;

/** Checks widths of layers. */
final class Widths {

  private Widths() {}

  static void check(List<Integer> widths) {
    for (int width : widths) {
      if (width < 1 || width > 4096) {
        throw new IllegalArgumentException("layer of width " + width + ", must be 1 to 4096");
      }
    }
  }
}
