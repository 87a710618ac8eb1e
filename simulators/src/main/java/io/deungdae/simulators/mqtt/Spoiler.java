package io.deungdae.simulators.mqtt;

import io.deungdae.simulators.trouble.Trouble;
import io.deungdae.simulators.trouble.Troubles;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Spoils messages between coding and broker. One thread. */
final class Spoiler {

  private static final int MOST_WAITING = 10_000;

  private record Waiting(long dueNs, Message message) {}

  private final Troubles troubles;
  private final Deque<Waiting> late = new ArrayDeque<>();
  private final List<Message> held = new ArrayList<>();

  Spoiler(Troubles troubles) {
    this.troubles = troubles;
  }

  /** What is to be sent now, of what there is to be said now and was held back before. */
  List<Message> spoil(List<Message> messages, long nowNs) {
    List<Message> spoilt = new ArrayList<>();
    for (Message message : ordered(messages)) {
      Message one = spoilt(message);
      spoilt.add(one);
      if (troubles.on(Trouble.TWICE)) {
        spoilt.add(one);
      }
    }
    return delayed(troubles.on(Trouble.SILENT) ? List.of() : spoilt, nowNs);
  }

  /** Every second turn comes after the one that follows it. */
  private List<Message> ordered(List<Message> messages) {
    if (troubles.on(Trouble.REORDER) && held.isEmpty()) {
      held.addAll(messages);
      return List.of();
    }
    List<Message> all = new ArrayList<>(messages);
    if (troubles.on(Trouble.REORDER)) {
      all.addAll(held);
    } else {
      all.addAll(0, held);
    }
    held.clear();
    return all;
  }

  private Message spoilt(Message message) {
    if (troubles.on(Trouble.GARBAGE)) {
      return message.garbage();
    }
    return troubles.on(Trouble.CUT) ? message.cut() : message;
  }

  private List<Message> delayed(List<Message> messages, long nowNs) {
    if (late.isEmpty() && !troubles.on(Trouble.SLOW)) {
      return messages;
    }
    long dueNs = nowNs + Math.round(1e9 * troubles.size(Trouble.SLOW));
    messages.forEach(message -> late.addLast(new Waiting(dueNs, message)));
    List<Message> due = new ArrayList<>();
    while (!late.isEmpty() && (late.getFirst().dueNs() <= nowNs || late.size() > MOST_WAITING)) {
      due.add(late.removeFirst().message());
    }
    return due;
  }
}
