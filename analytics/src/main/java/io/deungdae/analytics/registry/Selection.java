package io.deungdae.analytics.registry;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest model set that can be used, and those newer ones that cannot.
 *
 * @param found the one to use, or null when there is none
 * @param refused newer ones with the reason, newest first
 */
public record Selection(@Nullable StoredModel found, List<ModelRefusedException> refused) {

  /** Copies the list. */
  public Selection {
    refused = List.copyOf(refused);
  }

  /** The one to use. */
  public Optional<StoredModel> model() {
    return Optional.ofNullable(found);
  }
}
