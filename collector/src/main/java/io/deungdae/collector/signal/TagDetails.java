package io.deungdae.collector.signal;

/**
 * What most tags need not say.
 *
 * @param path where it belongs in the plant, ISA-95 from the enterprise down, parts joined by
 *     slashes: {@code acme/busan/melting/line1/furnace}; empty for nowhere
 * @param group name of the group it belongs to, for metrics and deliveries; empty for none
 * @param recording which of its samples are kept
 */
public record TagDetails(String path, String group, Recording recording) {

  /** Nowhere, in no group, every sample kept. */
  public static final TagDetails NONE = new TagDetails("", "", Recording.EVERYTHING);

  /** The same with another group. */
  public TagDetails withGroup(String other) {
    return new TagDetails(path, other, recording);
  }

  /** The same in another place. */
  public TagDetails withPath(String other) {
    return new TagDetails(other, group, recording);
  }

  /** The same, recorded differently. */
  public TagDetails withRecording(Recording other) {
    return new TagDetails(path, group, other);
  }
}
