package io.deungdae.collector.signal;

/**
 * A short text for people, in the console's two languages.
 *
 * @param en English
 * @param ko Korean; the same as {@code en} where no translation was given
 */
public record Label(String en, String ko) {

  public Label {
    if (ko.isBlank()) {
      ko = en;
    }
    if (en.isBlank()) {
      en = ko;
    }
  }

  /** The same text in both languages. */
  public static Label of(String text) {
    return new Label(text, text);
  }
}
