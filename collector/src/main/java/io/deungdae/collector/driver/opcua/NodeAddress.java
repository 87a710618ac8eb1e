package io.deungdae.collector.driver.opcua;

import io.deungdae.collector.driver.opcua.Monitoring.Measure;
import io.deungdae.collector.driver.opcua.Monitoring.Trigger;
import io.deungdae.collector.settings.Section;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.milo.opcua.stack.core.UaRuntimeException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.jspecify.annotations.Nullable;

/**
 * Where a tag is in a server: {@code ns=2;s=Zone1.PV}, {@code nsu=urn:plc:app;i=1001}, with options
 * after a blank: {@code ns=2;s=Zones [3] deadband=0.5 sampling=100ms}.
 *
 * <p>The blank before {@code [3]} matters, because several PLCs have nodes of their own whose
 * identifiers end so: {@code ns=3;s="Data"."zone"[3]} is one node, {@code ns=3;s="Data"."zone" [3]}
 * is the fourth element of an array.
 *
 * <p>{@code call=OBJECT|METHOD feedback=NODE} is a command: a write calls the method, and what the
 * feedback node holds is the tag's value.
 *
 * @param node the node that has the value; by namespace index, or by namespace URI, which survives
 *     a server's restart with another order of namespaces; null of a method without feedback
 * @param indexRange the array's element in the standard's notation, {@code 3} or {@code 1,2}, or
 *     empty for the whole value
 * @param monitoring how the server is asked to watch it
 * @param method what a write calls, or null when a write writes the node
 */
record NodeAddress(
    ExpandedNodeId node, String indexRange, Monitoring monitoring, @Nullable Method method) {

  /** The last option of an address; an identifier may contain blanks too. */
  private static final Pattern LAST =
      Pattern.compile(
          "(.*\\S)\\s+(?:\\[(\\d{1,9}(?:,\\d{1,9})*)]"
              + "|(deadband|sampling|queue|trigger|collect)=(\\S*))");

  private static final Pattern CALL = Pattern.compile("call=([^|]+)\\|(.+?)(?:\\s+feedback=(.+))?");
  private static final int LONGEST_QUEUE = 10_000;

  /**
   * A method of an object.
   *
   * @param object the object or type that has it
   * @param node the method itself
   */
  record Method(ExpandedNodeId object, ExpandedNodeId node) {}

  /** Reads an address; empty when it is none. */
  static Optional<NodeAddress> parse(String text) {
    String rest = text.strip();
    String range = "";
    Monitoring monitoring = Monitoring.PLAIN;
    Set<String> seen = new HashSet<>();
    for (Matcher last = LAST.matcher(rest); last.matches(); last = LAST.matcher(rest)) {
      String key = last.group(2) == null ? last.group(3) : "[]";
      Optional<Monitoring> with =
          last.group(2) == null ? option(monitoring, key, last.group(4)) : Optional.of(monitoring);
      if (with.isEmpty() || !seen.add(key)) {
        return Optional.empty();
      }
      range = last.group(2) == null ? range : last.group(2);
      monitoring = with.get();
      rest = last.group(1);
    }
    return place(rest, range, monitoring);
  }

  private static Optional<NodeAddress> place(String text, String range, Monitoring monitoring) {
    Matcher call = CALL.matcher(text);
    if (!call.matches()) {
      return node(text).map(node -> new NodeAddress(node, range, monitoring, null));
    }
    Optional<ExpandedNodeId> object = node(call.group(1));
    Optional<ExpandedNodeId> method = node(call.group(2));
    Optional<ExpandedNodeId> feedback =
        call.group(3) == null ? Optional.of(ExpandedNodeId.NULL_VALUE) : node(call.group(3));
    if (object.isEmpty() || method.isEmpty() || feedback.isEmpty()) {
      return Optional.empty();
    }
    Method called = new Method(object.get(), method.get());
    return Optional.of(new NodeAddress(feedback.get(), range, monitoring, called));
  }

  /** A node id of this server. */
  static Optional<ExpandedNodeId> node(String text) {
    try {
      return Optional.of(ExpandedNodeId.parse(text.strip())).filter(ExpandedNodeId::isLocal);
    } catch (UaRuntimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Monitoring> option(Monitoring known, String key, String value) {
    return switch (key) {
      case "deadband" -> deadband(known, value);
      case "sampling" ->
          Section.parseDuration(value)
              .filter(every -> every.compareTo(Duration.ofDays(1)) <= 0 && !every.isZero())
              .map(known::withSampling);
      case "queue" ->
          number(value)
              .filter(n -> n == Math.rint(n) && n >= 1 && n <= LONGEST_QUEUE)
              .map(n -> known.withQueue(n.intValue()));
      case "trigger" -> trigger(value).map(known::withTrigger);
      case "collect" -> value.equals("poll") ? Optional.of(known.withPolling()) : Optional.empty();
      default -> throw new AssertionError(key);
    };
  }

  private static Optional<Monitoring> deadband(Monitoring known, String value) {
    boolean percent = value.endsWith("%");
    double most = percent ? 100 : Double.MAX_VALUE;
    return number(percent ? value.substring(0, value.length() - 1) : value)
        .filter(n -> n >= 0 && n <= most)
        .map(n -> known.withDeadband(n, percent ? Measure.PERCENT : Measure.RAW));
  }

  private static Optional<Trigger> trigger(String value) {
    for (Trigger trigger : Trigger.values()) {
      if (trigger.name().toLowerCase(Locale.ROOT).equals(value)) {
        return Optional.of(trigger);
      }
    }
    return Optional.empty();
  }

  private static Optional<Double> number(String text) {
    try {
      return Optional.of(Double.valueOf(text)).filter(Double::isFinite);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** True when there is a node whose value is the tag's. */
  boolean readable() {
    return node.isNotNull();
  }

  /** True for an element of an array. */
  boolean isElement() {
    return !indexRange.isEmpty();
  }

  /** The index range as a request has it: null for the whole value. */
  @Nullable String range() {
    return isElement() ? indexRange : null;
  }

  @Override
  public String toString() {
    String value = readable() ? node.toParseableString() : "";
    String place =
        method == null
            ? value
            : "call="
                + method.object().toParseableString()
                + "|"
                + method.node().toParseableString()
                + (readable() ? " feedback=" + value : "");
    return place + (isElement() ? " [" + indexRange + "]" : "");
  }
}
