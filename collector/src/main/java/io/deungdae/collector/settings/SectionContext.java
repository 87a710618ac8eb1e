package io.deungdae.collector.settings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What all sections of one file share. */
final class SectionContext {

  final Path file;
  final Problems problems;
  final Overrides overrides;

  /** Every setting that was asked for, by its schema path; from this the JSON Schema is made. */
  final Map<String, SchemaEntry> asked = new LinkedHashMap<>();

  SectionContext(Path file, Problems problems, Overrides overrides) {
    this.file = file;
    this.problems = problems;
    this.overrides = overrides;
  }

  void ask(String path, SchemaEntry entry) {
    asked.putIfAbsent(path, entry);
  }
}
