package io.deungdae.collector.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Imports one tag list into another: compares, checks what would come of it, and writes it as a
 * whole or not at all. Nothing is written before {@link #apply}.
 */
public final class TagImport {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Path into;
  private final TagMerge merge;

  private TagImport(Path into, TagMerge merge) {
    this.into = into;
    this.merge = merge;
  }

  /**
   * Compares two lists and checks the result.
   *
   * @param update the list with what is new
   * @param into the list to import into; may be missing, all tags are new then
   * @param prune true to take out the tags that the new list lacks
   * @throws ConfigException with every mistake, by file, line and column
   */
  public static TagImport of(Path update, Path into, boolean prune) throws ConfigException {
    Problems problems = new Problems();
    Optional<TagSheet> from = TagSheet.read(update, problems);
    Optional<TagSheet> old =
        Files.exists(into) || from.isEmpty()
            ? TagSheet.read(into, problems)
            : Optional.of(empty(into, from.get()));
    if (from.isPresent() && old.isPresent()) {
      TagMerge.reportDoubles(from.get(), problems);
      TagMerge.reportDoubles(old.get(), problems);
      reportStrangers(from.get(), problems);
    }
    problems.throwIfAny();
    TagMerge.Missing rule = prune ? TagMerge.Missing.PRUNE : TagMerge.Missing.KEEP;
    TagMerge merge = TagMerge.of(old.orElseThrow(), from.orElseThrow(), rule);
    new TagCsv(problems).read(merge.result());
    problems.throwIfAny();
    return new TagImport(into, merge);
  }

  private static void reportStrangers(TagSheet update, Problems problems) {
    for (String column : update.columns()) {
      if (!TagCsv.COLUMNS.contains(column)) {
        String allowed = "the columns " + String.join(", ", TagCsv.COLUMNS);
        problems.add(new Problem(update.file(), 1, column, "an unknown column", allowed));
      }
    }
  }

  private static TagSheet empty(Path file, TagSheet like) {
    return new TagSheet(file.toString(), like.format(), like.preamble(), like.columns(), List.of());
  }

  /** How many tags are new. */
  public int added() {
    return merge.added().size();
  }

  /** How many tags differ. */
  public int changed() {
    return merge.changed().size();
  }

  /** How many tags are the same. */
  public int unchanged() {
    return merge.unchanged();
  }

  /** How many tags the new list lacks. */
  public int missing() {
    return merge.missing().size();
  }

  /** True when the file would be as it is. */
  public boolean changesNothing(boolean prune) {
    return added() == 0 && changed() == 0 && !(prune && missing() > 0);
  }

  /**
   * What would change, for people: {@code + name} for a new tag, {@code ~ name} with its columns,
   * {@code - name} for one that the new list lacks.
   */
  public List<String> preview() {
    List<String> lines = new ArrayList<>();
    merge.added().forEach(name -> lines.add("+ " + name));
    for (TagMerge.Changed tag : merge.changed()) {
      lines.add("~ " + tag.tag());
      for (TagMerge.Cell cell : tag.cells()) {
        lines.add("    " + cell.column() + ": " + shown(cell.from()) + " -> " + shown(cell.to()));
      }
    }
    merge.missing().forEach(name -> lines.add("- " + name));
    return lines;
  }

  private static String shown(String cell) {
    return cell.isEmpty() ? "(empty)" : cell;
  }

  /**
   * Writes the result in the place of the old list, whose content is kept beside it.
   *
   * @param now names the copy of the old list
   * @return the copy of the old list; empty when there was none
   * @throws IOException when it cannot be written; the old list is untouched then
   */
  public Optional<Path> apply(Instant now) throws IOException {
    Optional<Path> backup = Optional.empty();
    byte[] bytes = encoded(merge.result());
    if (Files.exists(into)) {
      Path copy = into.resolveSibling(into.getFileName() + "." + STAMP.format(now) + ".bak");
      Files.copy(into, copy, StandardCopyOption.REPLACE_EXISTING);
      backup = Optional.of(copy);
    }
    replace(into, bytes);
    return backup;
  }

  private static byte[] encoded(TagSheet sheet) throws IOException {
    try {
      return sheet.bytes();
    } catch (CharacterCodingException e) {
      throw new IOException(
          sheet.file()
              + " has characters that "
              + sheet.format().charset().name()
              + " does not have; save it as UTF-8 first",
          e);
    }
  }

  /** Writes a file as a whole or not at all. */
  private static void replace(Path file, byte[] bytes) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path fresh = Files.createTempFile(folder, file.getFileName().toString(), ".new");
    try {
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        ByteBuffer content = ByteBuffer.wrap(bytes);
        while (content.hasRemaining()) {
          channel.write(content);
        }
        channel.force(true);
      }
      if (Files.exists(file)
          && file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(file));
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /**
   * Writes several lists as one, for a spreadsheet: all their columns, templates written out.
   *
   * @param lists the lists, see {@link TagLists#read}
   * @param to the file to write
   * @param charset UTF-8, with a byte-order mark, or cp949
   * @return how many tags were written
   * @throws IOException when it cannot be written, or the encoding lacks a character
   */
  public static int export(TagLists lists, Path to, Charset charset) throws IOException {
    boolean utf8 = charset.equals(StandardCharsets.UTF_8);
    TagSheet sheet = lists.joined(to.toString(), new TagSheet.Format(charset, utf8, ',', "\r\n"));
    replace(to, encoded(sheet));
    return sheet.rows().size();
  }
}
