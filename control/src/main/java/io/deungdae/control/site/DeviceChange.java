package io.deungdae.control.site;

/**
 * What another reading of the settings means for one device.
 *
 * @param device its name
 * @param kind what is to happen to it
 * @param settings true when its own settings are others
 * @param tagsAdded tags that it has now and had not
 * @param tagsRemoved tags that it had
 * @param tagsChanged tags that it has and had, and that mean something else now
 */
public record DeviceChange(
    String device, Kind kind, boolean settings, int tagsAdded, int tagsRemoved, int tagsChanged) {

  /** True when it has other tags after it, or other meanings of them. */
  public boolean tags() {
    return kind != Kind.CHANGED || tagsAdded + tagsRemoved + tagsChanged > 0;
  }

  /** What happens to a device. */
  public enum Kind {
    /** It is new and will be started. */
    ADDED,
    /** It will be stopped and is gone then. */
    REMOVED,
    /** It will be stopped and started again. */
    CHANGED
  }
}
