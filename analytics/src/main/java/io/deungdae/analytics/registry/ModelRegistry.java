package io.deungdae.analytics.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deungdae.analytics.kernel.CompiledNet;
import io.deungdae.analytics.kernel.NetFormatException;
import io.deungdae.analytics.registry.ModelRefusedException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Model sets on disk, one folder each: {@code manifest.json} with the card and every part's
 * checksum, {@code numbers.json} with the caller's own numbers, and {@code NAME.net} for each net.
 *
 * <p>Safe against a crash at any moment: a set is either there whole or not there. One process owns
 * the folder; within it any thread may load and list, and one saves and prunes.
 */
public final class ModelRegistry {

  private static final String NUMBERS = "numbers.json";
  private static final String NET = ".net";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  /**
   * A registry in a folder, which is made when something is saved.
   *
   * @param folder its home
   */
  public ModelRegistry(Path folder) {
    this.folder = folder;
  }

  /**
   * Keeps a model set. When this returns, it is on disk for good.
   *
   * @param set the models
   * @return its id; saving the same set again gives the same id
   * @throws IOException when the disk refuses; then nothing of it is visible
   */
  public String save(ModelSet set) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    set.nets().forEach((name, net) -> files.put(name + NET, net.toBytes()));
    files.put(NUMBERS, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(set.numbers()));
    Map<String, String> sums = new TreeMap<>();
    files.forEach((name, bytes) -> sums.put(name, ModelFiles.sha256(bytes)));
    byte[] manifest = new Manifest(set.card(), sums).toBytes();
    files.put(Manifest.FILE, manifest);
    ModelId id = ModelId.of(set.card().unit(), set.card().created(), ModelFiles.sha256(manifest));
    ModelFiles.publish(folder, id.toString(), files);
    return id.toString();
  }

  /**
   * The ids of a unit's model sets, newest first, readable or not.
   *
   * @param unit the process unit
   * @return ids; none when nothing was ever saved
   * @throws IOException when the folder cannot be read
   */
  public List<String> list(String unit) throws IOException {
    return ModelFiles.children(folder).stream()
        .flatMap(path -> ModelId.parse(String.valueOf(path.getFileName())).stream())
        .filter(id -> id.unit().equals(unit))
        .sorted(ModelId.NEWEST_FIRST)
        .map(ModelId::toString)
        .toList();
  }

  /**
   * One model set, checked: every file's checksum, and that it was trained on rows made the same
   * way.
   *
   * @param id of the model set
   * @param featureSpecHash hash of how rows are made now
   * @return the models, for the calling thread
   * @throws ModelRefusedException when it is missing, damaged or made for other rows
   * @throws IOException when the disk cannot be read
   */
  public StoredModel load(String id, String featureSpecHash)
      throws ModelRefusedException, IOException {
    Manifest manifest = manifest(id);
    String made = manifest.card().featureSpecHash();
    if (!made.equals(featureSpecHash)) {
      throw new ModelRefusedException(
          id,
          Reason.OTHER_FEATURES,
          "trained on rows made as " + made + ", rows are now made as " + featureSpecHash);
    }
    Map<String, byte[]> files = new TreeMap<>();
    for (Map.Entry<String, String> part : manifest.parts().entrySet()) {
      files.put(part.getKey(), part(id, part.getKey(), part.getValue()));
    }
    return new StoredModel(id, assemble(id, manifest.card(), files));
  }

  private byte[] part(String id, String name, String sum)
      throws ModelRefusedException, IOException {
    byte[] bytes = read(id, name);
    if (!ModelFiles.sha256(bytes).equals(sum)) {
      throw new ModelRefusedException(id, Reason.DAMAGED, name + " is not what was saved");
    }
    return bytes;
  }

  private static ModelSet assemble(String id, ModelCard card, Map<String, byte[]> files)
      throws ModelRefusedException, IOException {
    Map<String, CompiledNet> nets = new TreeMap<>();
    byte[] numbers = files.get(NUMBERS);
    if (numbers == null) {
      throw new ModelRefusedException(id, Reason.DAMAGED, "manifest lists no " + NUMBERS);
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      if (file.getKey().endsWith(NET)) {
        String name = file.getKey().substring(0, file.getKey().length() - NET.length());
        nets.put(name, net(id, file.getKey(), file.getValue()));
      }
    }
    return new ModelSet(card, nets, JSON.readTree(numbers));
  }

  /** Its checksum was right, so what cannot be read was written by another version. */
  private static CompiledNet net(String id, String file, byte[] bytes)
      throws ModelRefusedException {
    try {
      return CompiledNet.fromBytes(bytes);
    } catch (NetFormatException e) {
      throw new ModelRefusedException(id, Reason.OTHER_FORMAT, file + ": " + e.getMessage());
    }
  }

  /**
   * A model set's card, for showing; the models themselves are not checked.
   *
   * @param id of the model set
   * @return the card
   * @throws ModelRefusedException when it is missing or its card is damaged
   * @throws IOException when the disk cannot be read
   */
  public ModelCard card(String id) throws ModelRefusedException, IOException {
    return manifest(id).card();
  }

  private Manifest manifest(String id) throws ModelRefusedException, IOException {
    Optional<ModelId> parsed = ModelId.parse(id);
    if (parsed.isEmpty() || !Files.isDirectory(folder.resolve(id))) {
      throw new ModelRefusedException(id, Reason.MISSING, "there is none of that id");
    }
    byte[] bytes = read(id, Manifest.FILE);
    if (!ModelFiles.sha256(bytes).startsWith(parsed.get().hash8())) {
      throw new ModelRefusedException(id, Reason.DAMAGED, Manifest.FILE + " is not what was saved");
    }
    try {
      int version = Manifest.version(bytes);
      if (version != Manifest.VERSION) {
        throw new ModelRefusedException(
            id,
            Reason.OTHER_FORMAT,
            "manifest version " + version + ", this reads " + Manifest.VERSION);
      }
      return Manifest.fromBytes(bytes);
    } catch (IOException e) {
      throw new ModelRefusedException(id, Reason.DAMAGED, Manifest.FILE + ": " + message(e));
    }
  }

  private static String message(IOException e) {
    return e instanceof JsonProcessingException json
        ? json.getOriginalMessage()
        : String.valueOf(e.getMessage());
  }

  private byte[] read(String id, String name) throws ModelRefusedException, IOException {
    try {
      return Files.readAllBytes(folder.resolve(id).resolve(name));
    } catch (NoSuchFileException e) {
      throw new ModelRefusedException(id, Reason.DAMAGED, name + " is missing");
    }
  }

  /**
   * The newest model set that can be used.
   *
   * @param unit the process unit
   * @param featureSpecHash hash of how rows are made now
   * @return it, and what was refused on the way
   * @throws IOException when the folder cannot be read
   */
  public Selection latest(String unit, String featureSpecHash) throws IOException {
    List<ModelRefusedException> refused = new ArrayList<>();
    for (String id : list(unit)) {
      try {
        return new Selection(load(id, featureSpecHash), refused);
      } catch (ModelRefusedException e) {
        refused.add(e);
      } catch (IOException e) {
        refused.add(new ModelRefusedException(id, Reason.DAMAGED, "cannot be read: " + e));
      }
    }
    return new Selection(null, refused);
  }

  /**
   * Removes a unit's older model sets, and whatever an interrupted save left behind.
   *
   * @param unit the process unit
   * @param keep how many of the newest stay, at least 1
   * @return ids of those removed
   * @throws IOException when the disk refuses
   */
  public List<String> prune(String unit, int keep) throws IOException {
    if (keep < 1) {
      throw new IllegalArgumentException("keep is " + keep + ", must be at least 1");
    }
    for (Path path : ModelFiles.children(folder)) {
      if (String.valueOf(path.getFileName()).startsWith(ModelFiles.UNFINISHED)) {
        ModelFiles.remove(path);
      }
    }
    List<String> ids = list(unit);
    List<String> old = ids.subList(Math.min(keep, ids.size()), ids.size());
    for (String id : old) {
      ModelFiles.retract(folder.resolve(id));
    }
    return old;
  }
}
