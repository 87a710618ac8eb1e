package io.deungdae.control.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway leaves in its data folder so that others find it: who it is and where it answers,
 * in {@value #FILE}, and a lock on {@value #LOCK} for as long as its process lives. The lock alone
 * says whether a gateway runs; a process number may be another's by now. There is no secret in it.
 *
 * <p>Written by the thread that starts and stops the gateway; read by anybody.
 */
public final class RunMark implements AutoCloseable {

  /** Name of the file in the data folder. */
  public static final String FILE = "running.json";

  /** Name of the file whose lock the gateway holds. */
  public static final String LOCK = "running.lock";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TRIES = 50; // somebody who looks holds the lock for a moment

  /** Locks of this process: to look at one of them would let go of it (POSIX). */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path data;
  private final Path site;
  private final Map<String, String> set;
  private final Instant started;
  private final FileChannel channel;
  private @Nullable String url;

  /**
   * What stands in a data folder.
   *
   * @param runs false when the gateway that wrote it has ended
   * @param pid its process
   * @param started when it started
   * @param stopped when it was stopped; null while it runs, and when it died
   * @param url where it answers; null while it starts, and when it has no console
   * @param site its settings file
   * @param set the settings that were given on its command line
   */
  public record Found(
      boolean runs,
      long pid,
      Instant started,
      @Nullable Instant stopped,
      @Nullable String url,
      Path site,
      Map<String, String> set) {

    public Found {
      set = Map.copyOf(set);
    }
  }

  private RunMark(SiteSettings settings, FileChannel channel, Instant now) {
    this.data = settings.data();
    this.site = settings.file().toAbsolutePath().normalize();
    this.set = settings.sources().overrides();
    this.started = now;
    this.channel = channel;
  }

  /**
   * Marks a data folder, which has to be there, as in use.
   *
   * @throws IOException when another gateway uses it, or nothing can be written there
   */
  public static RunMark begin(SiteSettings settings, Instant now) throws IOException {
    Path key = key(settings.data());
    if (!OURS.add(key)) {
      throw inUse(settings.data());
    }
    try {
      RunMark mark = new RunMark(settings, locked(settings.data()), now);
      mark.write(null);
      return mark;
    } catch (IOException | RuntimeException e) {
      OURS.remove(key);
      throw e;
    }
  }

  private static FileChannel locked(Path data) throws IOException {
    FileChannel channel =
        FileChannel.open(data.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      for (int i = 0; i < TRIES; i++) {
        if (channel.tryLock() != null) {
          return channel;
        }
        Thread.sleep(10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw inUse(data);
  }

  private static IOException inUse(Path data) throws IOException {
    String who = read(data, true).map(found -> " (process " + found.pid() + ")").orElse("");
    return new IOException("another gateway" + who + " runs on " + data);
  }

  /** Says where the gateway answers. */
  public void answersAt(String address) throws IOException {
    url = address;
    write(null);
  }

  /** Says when the gateway was stopped, and lets go of the folder. */
  public void stopped(Instant now) throws IOException {
    try {
      write(now);
    } finally {
      close();
    }
  }

  /** Lets go of the folder without a word, as a gateway that dies does. */
  @Override
  public void close() throws IOException {
    channel.close();
    OURS.remove(key(data));
  }

  private void write(@Nullable Instant stopped) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.put("pid", ProcessHandle.current().pid());
    json.put("started", started.toString());
    json.put("stopped", stopped == null ? null : stopped.toString());
    json.put("url", url);
    json.put("site", site.toString());
    json.set("set", JSON.valueToTree(set));
    Path fresh = data.resolve(FILE + ".new");
    Files.deleteIfExists(fresh);
    if (data.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.writeString(fresh, json.toPrettyString() + "\n");
    Files.move(
        fresh,
        data.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  // ---- looking

  /**
   * What stands in a data folder; nothing when no gateway was ever started on it.
   *
   * @throws IOException when it cannot be read
   */
  public static Optional<Found> find(Path data) throws IOException {
    return read(data, isHeld(data));
  }

  private static boolean isHeld(Path data) throws IOException {
    if (OURS.contains(key(data))) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(data.resolve(LOCK), StandardOpenOption.READ);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return lock == null;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static Optional<Found> read(Path data, boolean runs) throws IOException {
    try {
      JsonNode json = JSON.readTree(Files.readString(data.resolve(FILE)));
      Map<String, String> set = new LinkedHashMap<>();
      json.path("set").properties().forEach(e -> set.put(e.getKey(), e.getValue().asText()));
      String stopped = json.path("stopped").textValue();
      return Optional.of(
          new Found(
              runs,
              json.path("pid").asLong(),
              Instant.parse(json.path("started").asText()),
              stopped == null ? null : Instant.parse(stopped),
              json.path("url").textValue(),
              Path.of(json.path("site").asText()),
              set));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | java.time.DateTimeException e) {
      throw new IOException("cannot read " + data.resolve(FILE) + ": " + e.getMessage(), e);
    }
  }

  private static Path key(Path data) {
    return data.toAbsolutePath().normalize();
  }
}
