package io.deungdae.collector.settings;

/**
 * One mistake in the settings.
 *
 * @param file the file it is in
 * @param line its line, from 1; 0 when it has none
 * @param key the setting's full path, e.g. {@code devices[0].modbus.port}, or a column's name
 * @param found what was found
 * @param allowed what is allowed there
 */
public record Problem(String file, int line, String key, String found, String allowed) {

  @Override
  public String toString() {
    return file + ":" + line + ": " + key + ": found " + found + "; allowed: " + allowed;
  }
}
