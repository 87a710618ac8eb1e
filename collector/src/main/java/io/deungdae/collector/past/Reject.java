package io.deungdae.collector.past;

/**
 * Something in a file that could not be imported.
 *
 * @param line its line, from 1
 * @param column name of its column; empty for the whole line
 * @param found what is there
 * @param expected what would have been taken
 */
public record Reject(long line, String column, String found, String expected) {

  @Override
  public String toString() {
    return "line "
        + line
        + (column.isEmpty() ? "" : ", column " + column)
        + ": found '"
        + found.replace("\n", "\\n")
        + "', expected "
        + expected;
  }
}
