package io.deungdae.control.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The end of the newest file as the last run left it.
 *
 * @param head the last whole record
 * @param size bytes up to and including it and its line end
 * @param torn what came after it: a line that a power cut tore, empty when there is none
 */
record AuditTail(AuditHead head, long size, String torn) {

  /** Longest record, in bytes; a line is looked for in this much of the file's end. */
  static final int LONGEST = 1 << 20;

  /** Finds the last whole record of a file; size 0 and an empty head when there is none. */
  static AuditTail of(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long from = Math.max(0, channel.size() - 2L * LONGEST);
      ByteBuffer buffer = ByteBuffer.allocate((int) (channel.size() - from));
      while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) > 0) {
        // until all of it is there
      }
      return lastWhole(buffer.array(), from);
    }
  }

  private static AuditTail lastWhole(byte[] bytes, long offset) {
    int end = bytes.length;
    while (end > 0) {
      int lineEnd = lastIndexOf(bytes, end);
      if (lineEnd < 0) {
        break;
      }
      int start = lastIndexOf(bytes, lineEnd) + 1;
      Optional<AuditLine> line =
          AuditLine.parse(new String(bytes, start, lineEnd - start, StandardCharsets.UTF_8));
      if (line.isPresent()) {
        AuditHead head = new AuditHead(line.get().seq(), line.get().hash());
        return new AuditTail(head, offset + lineEnd + 1, text(bytes, lineEnd + 1));
      }
      end = start;
    }
    return new AuditTail(AuditHead.EMPTY, offset, text(bytes, 0));
  }

  /** Index of the last line end before {@code end}, or -1. */
  private static int lastIndexOf(byte[] bytes, int end) {
    for (int i = end - 1; i >= 0; i--) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static String text(byte[] bytes, int from) {
    return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
  }
}
