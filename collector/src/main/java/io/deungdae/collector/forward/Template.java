package io.deungdae.collector.forward;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts with {@code {words}} in them. */
final class Template {

  private static final Pattern WORD = Pattern.compile("\\{([^{}]*)}");

  private Template() {}

  /** The words that are not among those known. */
  static Set<String> strangers(String template, Set<String> known) {
    Set<String> words = new TreeSet<>();
    Matcher matcher = WORD.matcher(template);
    while (matcher.find()) {
      words.add(matcher.group(1));
    }
    words.removeAll(known);
    return words;
  }

  /** The text with a value for each word. */
  static String fill(String template, UnaryOperator<String> value) {
    return WORD.matcher(template)
        .replaceAll(match -> Matcher.quoteReplacement(value.apply(match.group(1))));
  }
}
