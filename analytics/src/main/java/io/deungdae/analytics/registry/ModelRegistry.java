package io.deungdae.analytics.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Model sets on disk, one folder each.
 *
 * <p>Safe against a crash at any moment: a set is either there whole or not there. One process owns
 * the folder; within it any thread may call.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class ModelRegistry {

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
    throw new UnsupportedOperationException(folder + "");
  }

  /**
   * The ids of a unit's model sets, newest first, readable or not.
   *
   * @param unit the process unit
   * @throws IOException when the folder cannot be read
   */
  public List<String> list(String unit) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * One model set, checked: every file's checksum, and that it was trained on rows made the same
   * way.
   *
   * @param id of the model set
   * @param featureSpecHash hash of how rows are made now
   * @throws ModelRefusedException when it is missing, damaged or made for other rows
   * @throws IOException when the disk cannot be read
   */
  public StoredModel load(String id, String featureSpecHash)
      throws ModelRefusedException, IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * A model set's card, for showing; the models themselves are not checked.
   *
   * @param id of the model set
   * @throws ModelRefusedException when it is missing or its card is damaged
   * @throws IOException when the disk cannot be read
   */
  public ModelCard card(String id) throws ModelRefusedException, IOException {
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
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
    throw new UnsupportedOperationException();
  }
}
