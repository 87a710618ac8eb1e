package io.deungdae.control.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The newest decisions, in memory. The control thread puts, anybody reads; a decision that falls
 * out of the book is still in the {@link DecisionStore}.
 */
public final class DecisionBook {

  private final int capacity;
  private final List<Consumer<DecisionRecord>> listeners;
  private volatile List<DecisionRecord> newestFirst = List.of();

  /**
   * A book.
   *
   * @param capacity how many decisions it holds
   * @param listeners told of each new or changed record, on the control thread; must not wait
   */
  public DecisionBook(int capacity, List<Consumer<DecisionRecord>> listeners) {
    this.capacity = capacity;
    this.listeners = List.copyOf(listeners);
  }

  /** Fills an empty book with what an earlier run left, newest first. Before the loop starts. */
  public void restore(List<DecisionRecord> earlier) {
    newestFirst = List.copyOf(earlier.subList(0, Math.min(capacity, earlier.size())));
  }

  /** Puts a record in the place of the older one with the same id, else on top. */
  public void put(DecisionRecord record) {
    List<DecisionRecord> next = new ArrayList<>(newestFirst);
    int at = indexOf(next, record.id());
    if (at >= 0) {
      next.set(at, record);
    } else {
      next.add(0, record);
    }
    newestFirst = List.copyOf(next.subList(0, Math.min(capacity, next.size())));
    for (Consumer<DecisionRecord> listener : listeners) {
      listener.accept(record);
    }
  }

  private static int indexOf(List<DecisionRecord> records, String id) {
    for (int i = 0; i < records.size(); i++) {
      if (records.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  /** All it holds, newest first. */
  public List<DecisionRecord> all() {
    return newestFirst;
  }

  /** The one with this id, if the book still has it. */
  public Optional<DecisionRecord> find(String id) {
    return newestFirst.stream().filter(record -> record.id().equals(id)).findFirst();
  }
}
