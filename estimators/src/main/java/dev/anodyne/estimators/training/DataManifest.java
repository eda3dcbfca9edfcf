package dev.anodyne.estimators.training;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.anodyne.core.p2d.P2dOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a data set is made of and from: {@code manifest.json}.
 *
 * @param format always {@code anodyne-training-data}
 * @param schemaVersion changes with the files' columns
 * @param complete whether every shard is there
 * @param softwareVersion that made it
 * @param cell name of the parameter set
 * @param nominalCapacityAmpHours of that cell, A·h
 * @param probeVolts the cell's voltage after a minute of 1C at 50 % as the engine solves it: tells
 *     other parameters under the same name, and another engine
 * @param plan name of the plan
 * @param ranges what the plan draws from
 * @param seed of everything drawn
 * @param sessionsAsked sessions asked for, 0 for the plan's default
 * @param stepSeconds period of samples, s
 * @param engine the simulated truth's physics and resolution
 * @param twin the digital twin's physics and resolution
 * @param sessionsAShard sessions in a shard; the last may have fewer
 * @param sessions number of sessions
 * @param splits by split: number of sessions and of batteries
 * @param shards those that are there, by number
 */
@JsonPropertyOrder({"format", "schemaVersion", "complete", "softwareVersion"})
record DataManifest(
    String format,
    int schemaVersion,
    boolean complete,
    String softwareVersion,
    String cell,
    double nominalCapacityAmpHours,
    double probeVolts,
    String plan,
    Map<String, String> ranges,
    long seed,
    int sessionsAsked,
    double stepSeconds,
    P2dOptions engine,
    P2dOptions twin,
    int sessionsAShard,
    int sessions,
    Map<String, SplitSize> splits,
    List<Shard> shards) {

  static final String FILE = "manifest.json";
  static final String FORMAT = "anodyne-training-data";

  /** Changes whenever the columns change, or the same request would give other rows. */
  static final int SCHEMA_VERSION = 2;

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

  /**
   * How many sessions and batteries a split has.
   *
   * @param sessions number of sessions
   * @param batteries number of batteries, of this split only
   */
  record SplitSize(int sessions, int batteries) {}

  /**
   * A shard: a folder of three files.
   *
   * @param number from 0
   * @param packHours simulated time, h
   * @param files in the order of {@link SessionTables#FILES}
   */
  record Shard(int number, double packHours, List<ShardFile> files) {
    String folder() {
      return shardFolder(number);
    }

    List<Integer> rows() {
      return files.stream().map(ShardFile::rows).toList();
    }
  }

  /**
   * A file of a shard.
   *
   * @param name within the shard's folder
   * @param rows in the table
   * @param bytes of the file
   * @param sha256 of the file, hexadecimal
   */
  record ShardFile(String name, int rows, long bytes, String sha256) {}

  DataManifest {
    ranges = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(ranges));
    splits = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(splits));
    shards = List.copyOf(shards);
  }

  static String shardFolder(int number) {
    return String.format(java.util.Locale.ROOT, "shard-%05d", number);
  }

  int shardCount() {
    return (sessions + sessionsAShard - 1) / sessionsAShard;
  }

  Optional<Shard> shard(int number) {
    return shards.stream().filter(s -> s.number() == number).findFirst();
  }

  /** With one more shard, or with another one in its place. */
  DataManifest with(Shard shard) {
    List<Shard> all = new ArrayList<>(shards);
    all.removeIf(s -> s.number() == shard.number());
    all.add(shard);
    all.sort(java.util.Comparator.comparingInt(Shard::number));
    return new DataManifest(
        format,
        schemaVersion,
        all.size() == shardCount(),
        softwareVersion,
        cell,
        nominalCapacityAmpHours,
        probeVolts,
        plan,
        ranges,
        seed,
        sessionsAsked,
        stepSeconds,
        engine,
        twin,
        sessionsAShard,
        sessions,
        splits,
        all);
  }

  /**
   * Reads the manifest of a folder; empty when there is none.
   *
   * @throws DataSetException when it is damaged or newer than this software
   */
  static Optional<DataManifest> read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode tree = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
      check(file, tree);
      return Optional.of(JSON.treeToValue(tree, DataManifest.class));
    } catch (JsonProcessingException e) {
      throw damaged(file, e);
    } catch (java.nio.charset.CharacterCodingException e) {
      throw damaged(file, e);
    } catch (IOException e) {
      throw new DataSetException(
          file + ": cannot be read (" + e.getClass().getSimpleName() + ").", e);
    }
  }

  private static void check(Path file, @Nullable JsonNode tree) {
    if (tree == null || !FORMAT.equals(tree.path("format").asText())) {
      throw new DataSetException(
          file
              + ": not a manifest of training data; allowed: \"format\": \""
              + FORMAT
              + "\".\nMaybe --data names a folder of something else.");
    }
    int version = tree.path("schemaVersion").asInt(-1);
    if (version != SCHEMA_VERSION) {
      throw new DataSetException(
          file
              + ": schemaVersion "
              + version
              + " cannot be read; allowed: "
              + SCHEMA_VERSION
              + ".\nMaybe the data were made by "
              + (version > SCHEMA_VERSION ? "a newer" : "another")
              + " version ("
              + tree.path("softwareVersion").asText("unknown")
              + ").");
    }
  }

  private static DataSetException damaged(Path file, Exception cause) {
    return new DataSetException(
        file
            + ": damaged, not the JSON that it was written as.\nMaybe it was edited or copied in"
            + " part; without it the data cannot be trusted: generate them in another folder.",
        cause);
  }

  /** Writes it, complete or not at all. */
  void write(Path folder) throws IOException {
    Path part = folder.resolve(FILE + ".part");
    Files.writeString(part, JSON.writeValueAsString(this) + "\n", StandardCharsets.UTF_8);
    Files.move(
        part,
        folder.resolve(FILE),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }
}
