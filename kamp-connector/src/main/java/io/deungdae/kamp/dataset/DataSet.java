package io.deungdae.kamp.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A finished data set in a folder. The manifest names every other file with its checksum and is
 * written last: a folder without one is not a data set.
 *
 * @param name name of the data set
 * @param window the stretch of history in it
 * @param rows its rows; 0 when nothing was collected in the window, and there are no files then
 * @param quality its quality
 * @param files its files but the manifest
 * @param manifest the manifest, empty when there are no rows
 */
public record DataSet(
    String name,
    Window window,
    long rows,
    QualityIndices quality,
    List<DataFile> files,
    Optional<DataFile> manifest) {

  /** Name of the manifest's file. */
  public static final String MANIFEST = "manifest.json";

  static final String FORMAT = "deungdae-kamp/1";

  public DataSet {
    files = List.copyOf(files);
  }

  /** Bytes of all files. */
  public long bytes() {
    return files.stream().mapToLong(DataFile::bytes).sum()
        + manifest.map(DataFile::bytes).orElse(0L);
  }

  /** What the manifest says. */
  static Map<String, Object> manifest(
      DataSetSpec spec, Window window, Measured measured, List<DataFile> files) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("format", FORMAT);
    manifest.put("dataset", spec.name());
    manifest.put("title", spec.card().title().ko());
    manifest.put("from", window.from().toString());
    manifest.put("to", window.to().toString());
    manifest.put("step_ms", spec.step().toMillis());
    manifest.put("rows", measured.rows());
    manifest.put("columns", spec.columns().size() + 1);
    manifest.put("licence", spec.card().licence());
    manifest.put("contract", spec.card().contract());
    manifest.put("quality", measured.counts().indices());
    List<Map<String, Object>> entries = new ArrayList<>();
    for (DataFile file : files) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", file.name());
      entry.put("content_type", file.contentType());
      entry.put("bytes", file.bytes());
      entry.put("sha256", file.sha256());
      entries.add(entry);
    }
    manifest.put("files", entries);
    return manifest;
  }

  /**
   * Reads a finished data set back.
   *
   * @throws IOException when it is not one
   */
  static DataSet read(Path folder) throws IOException {
    Path file = folder.resolve(MANIFEST);
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    if (!json.path("format").asText().equals(FORMAT)) {
      throw new IOException(file + " is of format " + json.path("format").asText());
    }
    List<DataFile> files = new ArrayList<>();
    for (JsonNode entry : json.path("files")) {
      files.add(
          new DataFile(
              folder.resolve(entry.path("name").asText()),
              entry.path("content_type").asText(),
              entry.path("bytes").asLong(),
              entry.path("sha256").asText()));
    }
    JsonNode quality = json.path("quality");
    return new DataSet(
        json.path("dataset").asText(),
        new Window(
            java.time.Instant.parse(json.path("from").asText()),
            java.time.Instant.parse(json.path("to").asText())),
        json.path("rows").asLong(),
        new QualityIndices(
            quality.path("completeness").asDouble(),
            quality.path("uniqueness").asDouble(),
            quality.path("validity").asDouble(),
            quality.path("consistency").asDouble(),
            quality.path("accuracy").asDouble(),
            quality.path("integrity").asDouble()),
        files,
        Optional.of(DataSetBuilder.describe(file, "application/json")));
  }
}
