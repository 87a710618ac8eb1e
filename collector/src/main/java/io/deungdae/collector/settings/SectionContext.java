package io.deungdae.collector.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all sections of one file share. */
final class SectionContext {

  final Path file;
  final Problems problems;
  final Overrides overrides;

  /** Every setting that was asked for, by its schema path; from this the JSON Schema is made. */
  final Map<String, SchemaEntry> asked = new LinkedHashMap<>();

  /** Every scalar that was given, as written, by its schema path. */
  final Map<String, List<String>> given = new LinkedHashMap<>();

  /** Where the gateway keeps its own files. */
  Path data;

  SectionContext(Path file, Problems problems, Overrides overrides) {
    this.file = file;
    this.data = file.toAbsolutePath().resolveSibling("data");
    this.problems = problems;
    this.overrides = overrides;
  }

  void give(String path, String text) {
    given.computeIfAbsent(path, p -> new ArrayList<>()).add(text);
  }

  void ask(String path, SchemaEntry entry) {
    asked.putIfAbsent(path, entry);
  }
}
