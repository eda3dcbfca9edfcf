package dev.anodyne.estimators.bounds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.estimators.SensorClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Calibrated bounds for one kind of cell and class of sensors, with where they come from: of the
 * estimator {@code physics} and, beside them, of the networks that correct it.
 *
 * @param cell name of the cell
 * @param nominalAmpHours its capacity, A·h
 * @param card provenance and figures, for people
 * @param table the bounds
 * @param sensors the accuracy of the sensors that they hold for
 * @param augmented bounds of the shipped networks that correct the twin, calibrated on the same
 *     sessions; empty: those of the networks' own file count
 */
public record BoundFile(
    String cell,
    double nominalAmpHours,
    Map<String, String> card,
    BoundTable table,
    SensorClass sensors,
    Optional<BoundTable> augmented) {
  /** Version that this code writes, and the newest that it reads. */
  public static final int VERSION = 2;

  /** The oldest version that it reads: bounds that do not go with the estimator's doubt. */
  public static final int OLDEST_VERSION = 1;

  /** What a file of this kind says it is. */
  public static final String FORMAT = "anodyne-bounds";

  private static final String SENSORS = "sensors";
  private static final String AUGMENTED = "augmentedBounds";
  private static final String FOLDER = "/dev/anodyne/estimators/models/";
  private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9_-]+");
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Read once: they are immutable, and a station makes an estimator a charge. */
  private static final Map<String, Optional<BoundFile>> SHIPPED = new ConcurrentHashMap<>();

  /** Bounds of a twin with sensors that nobody vouches for. */
  public BoundFile(
      String cell, double nominalAmpHours, Map<String, String> card, BoundTable table) {
    this(cell, nominalAmpHours, card, table, SensorClass.UNSTATED, Optional.empty());
  }

  public BoundFile {
    card = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(card));
  }

  /** The bounds that are shipped for a cell with sensors that nobody vouches for, if any. */
  public static Optional<BoundFile> shipped(CellParameters cell) {
    return shipped(cell, SensorClass.UNSTATED);
  }

  /** The bounds that are shipped for a cell with sensors of a class, if any. */
  public static Optional<BoundFile> shipped(CellParameters cell, SensorClass sensors) {
    if (!SAFE_NAME.matcher(cell.name()).matches()) {
      return Optional.empty();
    }
    String ofSensors = sensors == SensorClass.UNSTATED ? "" : "-" + sensors.text();
    String name = FOLDER + cell.name().toLowerCase(Locale.ROOT) + "-physics" + ofSensors + ".json";
    return SHIPPED.computeIfAbsent(name, BoundFile::resource).filter(file -> file.isOf(cell));
  }

  private static Optional<BoundFile> resource(String name) {
    try (InputStream in = BoundFile.class.getResourceAsStream(name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a file when it says that it holds bounds; empty for files of other kinds. */
  public static Optional<BoundFile> readIfBounds(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return text.contains("\"" + FORMAT + "\"")
          ? Optional.of(parse(text, file.toString()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // Whoever reads it as another kind of file says why it cannot.
    }
  }

  /**
   * Reads bounds.
   *
   * @param source names the file in errors
   * @throws IllegalArgumentException with one line for people
   */
  public static BoundFile parse(String text, String source) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Bounds file "
              + source
              + " is damaged: it is not JSON.\nMaybe it was cut short; make it"
              + " again with anodyne train --estimator physics.",
          e);
    }
    if (root == null || !FORMAT.equals(root.path("format").asText())) {
      throw new IllegalArgumentException(
          "Bounds file "
              + source
              + " is not one: \"format\" must be \""
              + FORMAT
              + "\".\nMaybe it is another kind of file.");
    }
    int version = root.path("version").asInt(-1);
    if (version < OLDEST_VERSION || version > VERSION) {
      throw new IllegalArgumentException(
          "Bounds file "
              + source
              + " has version "
              + version
              + "; this program reads versions "
              + OLDEST_VERSION
              + " to "
              + VERSION
              + ".\nMaybe it was written by a newer Anodyne: update, or make it again.");
    }
    Map<String, String> card = new LinkedHashMap<>();
    root.path("card").fields().forEachRemaining(e -> card.put(e.getKey(), e.getValue().asText()));
    double ampHours = root.path("nominalCapacity [A.h]").asDouble(Double.NaN);
    if (!(ampHours > 0.0)) {
      throw new IllegalArgumentException(
          "Bounds file "
              + source
              + " is damaged: \"nominalCapacity [A.h]\" must be above 0.\nMaybe"
              + " it was edited; make it again with anodyne train --estimator physics.");
    }
    return new BoundFile(
        root.path("cell").asText(),
        ampHours,
        card,
        BoundTableJson.read(root.path("bounds"), source),
        root.has(SENSORS) ? SensorClass.of(root.path(SENSORS).asText()) : SensorClass.UNSTATED,
        root.has(AUGMENTED)
            ? Optional.of(BoundTableJson.read(root.path(AUGMENTED), source))
            : Optional.empty());
  }

  /** As text. */
  public String toJson() {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("version", VERSION);
    root.put("cell", cell);
    root.put("nominalCapacity [A.h]", nominalAmpHours);
    root.set("card", JSON.valueToTree(card));
    if (sensors != SensorClass.UNSTATED) {
      root.put(SENSORS, sensors.text());
    }
    root.set("bounds", BoundTableJson.write(table));
    augmented.ifPresent(networks -> root.set(AUGMENTED, BoundTableJson.write(networks)));
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes it; the file is complete or absent. */
  public void write(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.writeString(part, toJson(), StandardCharsets.UTF_8);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Bounds file " + file + " cannot be written: " + e.getMessage() + ".", e);
    }
  }

  /** True when it was made for this kind of cell. */
  public boolean isOf(CellParameters kind) {
    return cell.equals(kind.name())
        && Math.abs(nominalAmpHours / kind.nominalCapacityAmpHours() - 1.0) < 1e-6;
  }

  /** Fails with one clear line when these bounds were made for another cell. */
  public void requireCell(CellParameters kind, String source) {
    if (!isOf(kind)) {
      throw new IllegalArgumentException(
          "Bounds "
              + source
              + " were made for cell "
              + cell
              + " ("
              + nominalAmpHours
              + " A·h), not for "
              + kind.name()
              + " ("
              + kind.nominalCapacityAmpHours()
              + " A·h).\nMaybe make them: anodyne train --estimator physics --cell "
              + kind.name()
              + " --out FILE.");
    }
  }
}
