package io.deungdae.collector.store;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The tags' names in the order in which the table numbers them, in a file of our own with
 * checksums: the table's rows have the numbers alone, and without the names they would be nobody's.
 * A name is on disk before the first row that has it. Used by the writer.
 */
final class TagNames implements AutoCloseable {

  static final String FILE = "names";

  private final FileChannel channel;
  private final Set<String> known;
  private boolean dirty;

  private TagNames(FileChannel channel, Set<String> known) {
    this.channel = channel;
    this.known = known;
  }

  /** The names that a file has, up to the first that is damaged. */
  static List<String> load(Path folder) throws IOException {
    List<String> names = new ArrayList<>();
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return names;
    }
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      while (true) {
        int crc = in.readInt();
        String name = in.readUTF();
        if (crc != crc(name)) {
          return names;
        }
        names.add(name);
      }
    } catch (EOFException | java.io.UTFDataFormatException e) {
      return names;
    }
  }

  /** Opens the file with these names, replacing what it has when that is something else. */
  static TagNames open(Path folder, List<String> names) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file) || !load(folder).equals(names)) {
      Path fresh = file.resolveSibling(FILE + ".new");
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (String name : names) {
        bytes.write(record(name));
      }
      Files.write(fresh, bytes.toByteArray());
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    channel.force(true);
    return new TagNames(channel, new HashSet<>(names));
  }

  private static byte[] record(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(crc(name));
    out.writeUTF(name);
    return bytes.toByteArray();
  }

  private static int crc(String name) {
    CRC32C crc = new CRC32C();
    crc.update(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }

  /** Says that a row of this tag is going to be written. On disk only after {@link #force}. */
  void cover(String name) throws IOException {
    if (known.add(name)) {
      ByteBuffer bytes = ByteBuffer.wrap(record(name));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      dirty = true;
    }
  }

  void force() throws IOException {
    if (dirty) {
      channel.force(false);
      dirty = false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
