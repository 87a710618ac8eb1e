package io.deungdae.collector.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What is being put in order, on disk from before the first file is touched until the last row is
 * back and told, so that the next start takes up what was interrupted. There is one for the
 * database as a whole and one for a day or month of one of its tables.
 */
final class MendingNote {

  /** That of the whole database, in the history's folder. */
  static final String WHOLE = "salvaging";

  /** That of a day or month. */
  static final String PART = "mending";

  private static final String ASIDE = "aside";
  private static final String AGAIN = "; mending was interrupted and taken up again";

  private final Path folder;
  private final String file;
  private final KeepState state;
  private final boolean again;

  private MendingNote(Path folder, String file) throws IOException {
    this.folder = folder;
    this.file = file;
    this.state = new KeepState(folder.resolve(file));
    this.again = !text(ASIDE).isEmpty();
  }

  /** The note of a history. One that is damaged counts as none. */
  static MendingNote open(Path folder, String file) throws IOException {
    return new MendingNote(folder, file);
  }

  /** True when it was there when it was opened: something was interrupted. */
  boolean isTakenUpAgain() {
    return again;
  }

  String text(String key) {
    return state.text(key);
  }

  long number(String key) {
    return state.number(key, 0);
  }

  /** Adds to it; on disk only after {@link #begin} or {@link #allAside}. */
  MendingNote with(String key, String value) {
    state.put(key, value.replace('\n', ' '));
    return this;
  }

  /** Files are going to be put into a folder. */
  void begin(String aside) throws IOException {
    state.put(ASIDE, aside);
    state.save();
  }

  /** All files are there, and on disk. */
  void allAside() throws IOException {
    Folders.force(aside());
    Folders.force(folder);
    state.put("moved", 1);
    state.save();
  }

  boolean isAllAside() {
    return state.number("moved", 0) == 1;
  }

  /** Where the damaged files are put. */
  Path aside() {
    return folder.resolve(text(ASIDE));
  }

  /** All is in order and on disk. */
  void end() throws IOException {
    Files.deleteIfExists(folder.resolve(file));
    Folders.force(folder);
  }

  /** Tells what was found, unless that was done before an interruption. */
  void tell(Damage damage) throws IOException {
    if (again) {
      for (Damage told : told()) {
        if (told.what().replace(AGAIN, "").equals(damage.what())
            && told.fromMs() == damage.fromMs()
            && told.toMs() == damage.toMs()) {
          return;
        }
      }
    }
    Opening.report(folder, again ? damage.because(damage.what() + AGAIN) : damage);
  }

  /** What was told of it before an interruption. */
  List<Damage> told() throws IOException {
    return Damage.in(folder).stream().filter(told -> told.aside().equals(text(ASIDE))).toList();
  }
}
