package io.deungdae.collector.signal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Objects;
import java.util.Set;

/** Compares records by what they are made of, for those whose {@code equals} means identity. */
public final class Parts {

  private Parts() {}

  /** True when all components are equal but those named. */
  public static <R extends Record> boolean same(R one, R other, Set<String> except) {
    for (RecordComponent component : one.getClass().getRecordComponents()) {
      if (!except.contains(component.getName())
          && !Objects.equals(value(component, one), value(component, other))) {
        return false;
      }
    }
    return true;
  }

  private static @org.jspecify.annotations.Nullable Object value(
      RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new LinkageError("accessors of public records can be called", e);
    }
  }
}
