package io.deungdae.collector.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tag lists of a site: those named under {@code tags}, then the templates written out for each
 * machine.
 */
public final class TagLists {

  private final List<TagSheet> sheets;
  private final List<Path> files;

  private TagLists(List<TagSheet> sheets, List<Path> files) {
    this.sheets = List.copyOf(sheets);
    this.files = List.copyOf(files);
  }

  /**
   * Reads all of a site. Mistakes go to the section's problems.
   *
   * @param root the section that has the lists {@code tags} and {@code templates}
   */
  public static TagLists read(Section root) {
    List<TagSheet> sheets = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    for (String list : root.texts("tags")) {
      Path file = root.folder().resolve(list).normalize();
      files.add(file);
      TagSheet.read(file, root.problems()).ifPresent(sheets::add);
    }
    for (Section section : root.sections("templates")) {
      template(section, sheets, files);
      section.done();
    }
    return new TagLists(sheets, files);
  }

  private static void template(Section section, List<TagSheet> sheets, List<Path> files) {
    Path csv = section.file("csv");
    files.add(csv);
    List<Map<String, String>> machines = new ArrayList<>();
    for (String text : section.texts("machines")) {
      machines.add(
          TagTemplate.machine(
              text,
              () ->
                  section.problem(
                      "machines",
                      "'" + text + "'",
                      "a name and its parameters: press-1 device=plc-1 base=100")));
    }
    if (!section.text("list", "").isEmpty()) {
      Path list = section.file("list", "");
      files.add(list);
      TagSheet.read(list, section.problems())
          .ifPresent(sheet -> machines.addAll(TagTemplate.machines(sheet, section.problems())));
    }
    TagSheet.read(csv, section.problems())
        .ifPresent(
            sheet -> expand(section, new TagTemplate(sheet, section.problems()), machines, sheets));
  }

  private static void expand(
      Section section,
      TagTemplate template,
      List<Map<String, String>> machines,
      List<TagSheet> sheets) {
    if (machines.isEmpty()) {
      section.problem("machines", "no machine", "machines here, or in a list");
    }
    Set<String> names = new HashSet<>();
    int n = 0;
    for (Map<String, String> machine : machines) {
      n++;
      String name = machine.getOrDefault("name", "");
      if (!names.add(name)) {
        section.problem("machines", "'" + name + "' again", "each machine's name, once");
        continue;
      }
      Map<String, String> parameters = new LinkedHashMap<>(machine);
      parameters.putIfAbsent("n", Integer.toString(n));
      sheets.add(template.expand(parameters));
    }
  }

  /** Reads all of them into one table of tags. */
  public void into(TagCsv csv) {
    sheets.forEach(csv::read);
  }

  /** The files they came from, templates and lists of machines too. */
  public List<Path> files() {
    return files;
  }

  /** All in one. */
  TagSheet joined(String file, TagSheet.Format format) {
    Set<String> used = new LinkedHashSet<>();
    sheets.forEach(sheet -> used.addAll(sheet.columns()));
    List<String> columns = TagCsv.COLUMNS.stream().filter(used::contains).toList();
    List<TagSheet.Row> rows = new ArrayList<>();
    for (TagSheet sheet : sheets) {
      Map<String, Integer> places = sheet.places();
      for (TagSheet.Row row : sheet.rows()) {
        if (!row.isBlank()) {
          rows.add(new TagSheet.Row(row.file(), row.line(), cells(row, columns, places), ""));
        }
      }
    }
    return new TagSheet(file, format, List.of(), columns, rows);
  }

  private static List<String> cells(
      TagSheet.Row row, List<String> columns, Map<String, Integer> places) {
    List<String> cells = new ArrayList<>(columns.size());
    for (String column : columns) {
      int place = places.getOrDefault(column, Integer.MAX_VALUE);
      cells.add(place < row.cells().size() ? row.cells().get(place) : "");
    }
    return cells;
  }
}
