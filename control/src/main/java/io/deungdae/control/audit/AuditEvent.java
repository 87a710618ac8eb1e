package io.deungdae.control.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing that was done. Immutable. No secret may be in it.
 *
 * @param at when
 * @param kind what kind of thing
 * @param who the person, or {@code gateway}
 * @param unit the process unit, empty when it concerns none
 * @param facts old, new, why and the like: texts, numbers, yes or no, in the order given
 */
public record AuditEvent(
    Instant at, AuditKind kind, String who, String unit, Map<String, Object> facts) {

  /** What the gateway does by itself is done by this name. */
  public static final String GATEWAY = "gateway";

  public AuditEvent {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** An event without facts yet. */
  public static AuditEvent of(Instant at, AuditKind kind, String who, String unit) {
    return new AuditEvent(at, kind, who, unit, Map.of());
  }

  /** The same with one more fact: a text, a number, a yes or no. */
  public AuditEvent with(String name, Object fact) {
    Map<String, Object> more = new LinkedHashMap<>(facts);
    more.put(name, fact);
    return new AuditEvent(at, kind, who, unit, more);
  }
}
