package io.deungdae.control.run;

import io.deungdae.control.api.Wire;
import io.deungdae.kamp.KampStatus;
import org.jspecify.annotations.Nullable;

/** Deliveries, as the interface shows them. */
final class KampViews {

  private KampViews() {}

  static Wire.@Nullable DeliveryView delivery(KampStatus status) {
    return null;
  }
}
