package io.deungdae.collector.store;

import java.io.IOException;
import java.nio.file.Path;

/** Another process has the history open: a gateway runs on it. */
public final class HistoryInUseException extends IOException {

  private static final long serialVersionUID = 1L;

  HistoryInUseException(Path folder) {
    super("the history in " + folder + " is in use by another gateway");
  }
}
