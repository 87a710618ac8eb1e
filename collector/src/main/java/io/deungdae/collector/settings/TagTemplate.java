package io.deungdae.collector.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tag list for machines that are alike, written out once for each of them. In its cells {@code
 * {name}} stands for the machine's name, {@code {n}} for its number from 1, and any other name for
 * one of its parameters; {@code {base+10}} and {@code {base+(n-1)*100}} are worked out in whole
 * numbers, {@code {n:02}} is filled up with zeros. A brace itself is written twice.
 */
final class TagTemplate {

  private static final Pattern PLACE = Pattern.compile("\\{\\{|\\}\\}|\\{([^{}]*)\\}|[{}]");
  private static final Pattern FILLED = Pattern.compile("(.+):0?(\\d{1,2})");
  private static final Pattern WORD = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");

  private final TagSheet sheet;
  private final Problems problems;

  TagTemplate(TagSheet sheet, Problems problems) {
    this.sheet = sheet;
    this.problems = problems;
  }

  /** Its lines for one machine; a mistake names the template's line and the machine. */
  TagSheet expand(Map<String, String> parameters) {
    String file = sheet.file() + " [" + parameters.get("name") + "]";
    List<TagSheet.Row> rows = new ArrayList<>();
    for (TagSheet.Row row : sheet.rows()) {
      if (!row.isBlank()) {
        rows.add(expand(row, file, parameters));
      }
    }
    return new TagSheet(file, sheet.format(), List.of(), sheet.columns(), rows);
  }

  private TagSheet.Row expand(TagSheet.Row row, String file, Map<String, String> parameters) {
    List<String> cells = new ArrayList<>(row.cells().size());
    for (int i = 0; i < row.cells().size(); i++) {
      String cell = row.cells().get(i);
      try {
        cells.add(fill(cell, parameters));
      } catch (BadPlaceException e) {
        String column = i < sheet.columns().size() ? sheet.columns().get(i) : "(line)";
        problems.add(new Problem(file, row.line(), column, "'" + cell + "'", e.getMessage()));
        cells.add(cell);
      }
    }
    return new TagSheet.Row(file, row.line(), cells, "");
  }

  /** What is wrong with a placeholder; the message says what is allowed. */
  private static final class BadPlaceException extends Exception {
    private static final long serialVersionUID = 1;

    BadPlaceException(String allowed) {
      super(allowed);
    }

    @Override
    public String getMessage() {
      return String.valueOf(super.getMessage());
    }
  }

  private static String fill(String cell, Map<String, String> parameters) throws BadPlaceException {
    if (cell.indexOf('{') < 0 && cell.indexOf('}') < 0) {
      return cell;
    }
    StringBuilder filled = new StringBuilder();
    Matcher matcher = PLACE.matcher(cell);
    int from = 0;
    while (matcher.find()) {
      filled.append(cell, from, matcher.start()).append(one(matcher, parameters));
      from = matcher.end();
    }
    return filled.append(cell, from, cell.length()).toString();
  }

  private static String one(Matcher found, Map<String, String> parameters)
      throws BadPlaceException {
    String inside = found.group(1);
    if (inside == null) {
      if (found.group().length() == 2) {
        return found.group().substring(1);
      }
      throw new BadPlaceException("braces in pairs; one that is meant as such is written twice");
    }
    String text = inside.strip();
    String plain = parameters.get(text);
    if (plain != null) {
      return plain;
    }
    Matcher filled = FILLED.matcher(text);
    if (filled.matches()) {
      long number = new Sum(filled.group(1), parameters).value();
      return String.format("%0" + Math.max(1, Integer.parseInt(filled.group(2))) + "d", number);
    }
    return Long.toString(new Sum(text, parameters).value());
  }

  /** A whole number worked out of numbers, names, + - * and brackets. */
  private static final class Sum {
    private final String text;
    private final Map<String, String> parameters;
    private int at;

    Sum(String text, Map<String, String> parameters) {
      this.text = text;
      this.parameters = parameters;
    }

    long value() throws BadPlaceException {
      try {
        long value = sum();
        if (at < text.length()) {
          throw new BadPlaceException(grammar());
        }
        return value;
      } catch (ArithmeticException e) {
        throw new BadPlaceException("a number of at most 18 digits");
      }
    }

    private String grammar() {
      return "one of "
          + String.join(", ", parameters.keySet())
          + ", or a sum of whole numbers such as {base+10*n}";
    }

    private long sum() throws BadPlaceException {
      long value = product();
      for (char sign = next(); sign == '+' || sign == '-'; sign = next()) {
        at++;
        long right = product();
        value = sign == '+' ? Math.addExact(value, right) : Math.subtractExact(value, right);
      }
      return value;
    }

    private long product() throws BadPlaceException {
      long value = factor();
      while (next() == '*') {
        at++;
        value = Math.multiplyExact(value, factor());
      }
      return value;
    }

    private long factor() throws BadPlaceException {
      char c = next();
      if (c == '-') {
        at++;
        return Math.negateExact(factor());
      }
      if (c == '(') {
        at++;
        long value = sum();
        if (next() != ')') {
          throw new BadPlaceException("brackets in pairs");
        }
        at++;
        return value;
      }
      Matcher word = WORD.matcher(text).region(at, text.length());
      if (word.lookingAt()) {
        at = word.end();
        String value = parameters.get(word.group());
        if (value == null) {
          throw new BadPlaceException(grammar());
        }
        return number(value, word.group() + ", which is '" + value + "', to be a whole number");
      }
      int start = at;
      while (at < text.length() && Character.isDigit(text.charAt(at))) {
        at++;
      }
      return number(text.substring(start, at), grammar());
    }

    private static long number(String digits, String allowed) throws BadPlaceException {
      try {
        return Long.parseLong(digits);
      } catch (NumberFormatException e) {
        throw new BadPlaceException(allowed);
      }
    }

    /** The next character that is no space; 0 at the end. */
    private char next() {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
      return at < text.length() ? text.charAt(at) : 0;
    }
  }

  // ---- machines

  /** Machines of a list: a column {@code name}, and one for each other parameter. */
  static List<Map<String, String>> machines(TagSheet list, Problems problems) {
    List<Map<String, String>> machines = new ArrayList<>();
    if (!list.columns().contains("name")) {
      problems.add(new Problem(list.file(), 1, "name", "no such column", "a column name"));
      return machines;
    }
    for (TagSheet.Row row : list.rows()) {
      if (!row.isBlank()) {
        Map<String, String> machine = new LinkedHashMap<>();
        for (int i = 0; i < list.columns().size(); i++) {
          machine.put(list.columns().get(i), i < row.cells().size() ? row.cells().get(i) : "");
        }
        machines.add(machine);
      }
    }
    return machines;
  }

  /**
   * A machine of the settings: its name, then its parameters, {@code press-1 device=plc-1
   * base=100}; a name alone when nothing is wrong with it but the parameters.
   */
  static Map<String, String> machine(String text, Runnable wrong) {
    Map<String, String> machine = new LinkedHashMap<>();
    for (String part : text.strip().split("[\\s,]+", -1)) {
      int equals = part.indexOf('=');
      String key = equals < 0 ? "name" : part.substring(0, equals);
      if (key.isEmpty() || machine.putIfAbsent(key, part.substring(equals + 1)) != null) {
        wrong.run();
      }
    }
    if (machine.getOrDefault("name", "").isEmpty()) {
      wrong.run();
    }
    return machine;
  }
}
