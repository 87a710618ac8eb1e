package io.deungdae.control.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A second copy of users and tokens beside the SQLite file, so that a damaged one never costs
 * anybody the way in: a text with a checksum, readable by the owner alone, replaced as a whole
 * after each change. It has hashes as the SQLite file has them, and no counts of wrong passwords.
 *
 * @param version counts the changes
 * @param users names, hashes, roles and whether the password must be changed
 * @param tokens names, hashes, roles and times
 */
record AccountsCopy(long version, List<List<String>> users, List<List<String>> tokens) {

  private static final String HEAD = "deungdae accounts 1";

  AccountsCopy {
    users = List.copyOf(users);
    tokens = List.copyOf(tokens);
  }

  /** Where the copy of an SQLite file is. */
  static Path of(Path database) {
    return database.resolveSibling(database.getFileName() + ".accounts");
  }

  /** Reads a copy; empty when it is damaged. */
  static Optional<AccountsCopy> read(Path file) throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    if (lines.size() < 3 || !lines.get(0).equals(HEAD)) {
      return Optional.empty();
    }
    String body = String.join("\n", lines.subList(2, lines.size()));
    if (!lines.get(1).equals(sha256(body))) {
      return Optional.empty();
    }
    List<List<String>> users = new ArrayList<>();
    List<List<String>> tokens = new ArrayList<>();
    for (String line : lines.subList(3, lines.size())) {
      List<String> cells = cells(line);
      (cells.get(0).equals("user") ? users : tokens).add(cells.subList(1, cells.size()));
    }
    return Optional.of(new AccountsCopy(Long.parseLong(lines.get(2)), users, tokens));
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    for (String cell : line.split(" ", -1)) {
      cells.add(new String(Base64.getDecoder().decode(cell), StandardCharsets.UTF_8));
    }
    return cells;
  }

  /** Puts it on disk in the place of what is there. */
  void write(Path file) throws IOException {
    StringBuilder body = new StringBuilder().append(version);
    users.forEach(user -> append(body, "user", user));
    tokens.forEach(token -> append(body, "token", token));
    String text = HEAD + "\n" + sha256(body.toString()) + "\n" + body + "\n";
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Accounts.createPrivately(fresh);
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void append(StringBuilder body, String kind, List<String> cells) {
    body.append('\n').append(encoded(kind));
    cells.forEach(cell -> body.append(' ').append(encoded(cell)));
  }

  private static String encoded(String cell) {
    return Base64.getEncoder().encodeToString(cell.getBytes(StandardCharsets.UTF_8));
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
