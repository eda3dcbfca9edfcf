package dev.anodyne.controller.lab.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anodyne.controller.app.ChargeParts;
import dev.anodyne.controller.app.ChargePartsForm;
import dev.anodyne.controller.lab.Adaptation;
import dev.anodyne.controller.lab.ChargeSetup;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.session.recording.ModelDigest;
import dev.anodyne.controller.session.recording.RecordingException;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.estimators.identification.BatteryFile;
import dev.anodyne.estimators.identification.BatteryRecord;
import dev.anodyne.estimators.identification.IdentifiedCell;
import dev.anodyne.mpc.Policies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a charge's controller was made of, in a recording: the setup; the texts of cell, policy and
 * battery files; the digests of the cell's model and of a model file.
 */
final class RecordedParts {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RecordedParts() {}

  /**
   * The parts of a charge.
   *
   * @param cellSource the name or file that the cell was loaded from
   * @param battery what the charge starts from; null for a battery that nobody knows
   * @param deadlineNanos time a decision may take, ns; 0 for none
   */
  static JsonNode write(
      ChargeSetup setup, String cellSource, @Nullable Adaptation battery, long deadlineNanos) {
    ObjectNode parts = JSON.createObjectNode();
    parts.put("kind", "charge").put("deadlineNanos", deadlineNanos);
    parts.set("setup", SetupForm.write(setup));
    parts.put("cellSource", cellSource);
    if (!CellParameters.shippedNames().contains(cellSource)) {
      putText(parts, "cellFile", cellSource);
    }
    parts.put("modelDigest", ModelDigest.of(setup.cell(), setup.ambientKelvin()));
    if (!Policies.NAMES.contains(setup.policy())) {
      putText(parts, "policyFile", setup.policy());
    }
    Path model = file(setup.estimator());
    if (model != null) {
      parts.put("estimatorFileSha256", ModelDigest.sha256(model));
    }
    if (battery != null) {
      parts.put("sensors", battery.sensors());
      parts.put("batteryRecord", text(battery.record()));
    }
    return parts;
  }

  /**
   * The setup of a recording, with files of its own in a folder.
   *
   * @param folder an empty folder for the texts that the recording holds; needed only during the
   *     call and while policies are made
   * @throws InputException when something that the recording refers to is not there or is another
   */
  static RecordedCharge read(JsonNode parts, Path folder) {
    String kind = parts.path("kind").asText();
    return switch (kind) {
      case "charge" -> new RecordedCharge.InLab(readSetup(parts, folder));
      case ChargePartsForm.KIND -> new RecordedCharge.AtStation(readStation(parts, folder));
      default ->
          throw new RecordingException(
              "a recording of the kind '" + kind + "'; allowed: charge, station");
    };
  }

  private static ChargeParts readStation(JsonNode parts, Path folder) {
    CellParameters cell = cell(parts, parts.get("heatTransferWattsPerM2Kelvin"), folder);
    ChargeParts read = ChargePartsForm.read(parts, cell, battery(parts, cell, folder));
    requireModel(parts, read.estimator());
    return read;
  }

  private static CellParameters cell(JsonNode parts, @Nullable JsonNode heat, Path folder) {
    String source = parts.path("cellSource").asText();
    Path cellFile = restore(parts.get("cellFile"), folder.resolve("cell"), source);
    return InputException.checking(
        "the recording's cell",
        () -> {
          CellParameters cell =
              CellParameters.load(cellFile == null ? source : cellFile.toString());
          return heat == null ? cell : cell.withHeatTransfer(heat.asDouble());
        });
  }

  private static ChargeSetup readSetup(JsonNode parts, Path folder) {
    JsonNode tree = parts.path("setup");
    CellParameters cell = cell(parts, tree.get("heatTransferWattsPerM2Kelvin"), folder);
    ChargeSetup setup = SetupForm.read(tree, cell, battery(parts, cell, folder));
    Path policyFile = restore(parts.get("policyFile"), folder.resolve("policy"), setup.policy());
    requireModel(parts, setup.estimator());
    return policyFile == null ? setup : setup.with(policyFile.toString(), setup.estimator());
  }

  /** A model file is too large for a recording: it must be where it was, and be the same. */
  private static void requireModel(JsonNode parts, String estimator) {
    String digest = parts.path("estimatorFileSha256").asText();
    if (digest.isEmpty()) {
      return;
    }
    Path model = file(estimator);
    if (model == null) {
      throw new InputException(
          "model file '"
              + estimator
              + "' of the recording is not there; allowed: the file that the charge used.");
    }
    if (!digest.equals(ModelDigest.sha256(model))) {
      throw new InputException(
          "model file '"
              + estimator
              + "' is not the one that the charge used (its SHA-256 was "
              + digest
              + ").\nMaybe it was trained again since.");
    }
  }

  private static Optional<IdentifiedCell> battery(
      JsonNode parts, CellParameters cell, Path folder) {
    JsonNode record = parts.get("batteryRecord");
    if (record == null) {
      return Optional.empty();
    }
    Path file = restore(record, folder.resolve("battery"), "battery.json");
    if (file == null) {
      return Optional.empty();
    }
    return Optional.of(
        InputException.checking(
            "the recording's battery",
            () ->
                BatteryFile.read(file, cell)
                    .current(cell)
                    .measuredBy(parts.path("sensors").asText())
                    .within(Estimators.sensorsOf(estimator(parts)))));
  }

  /** Its name tells the accuracy of the sensors. */
  private static String estimator(JsonNode parts) {
    JsonNode own = parts.has("setup") ? parts.path("setup") : parts.path("values");
    return own.path("estimator").asText();
  }

  private static String text(BatteryRecord record) {
    try {
      Path folder = Files.createTempDirectory("anodyne-recording");
      try {
        Path file = folder.resolve("battery.json");
        BatteryFile.write(record, file);
        return Files.readString(file);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void putText(ObjectNode parts, String key, String nameOrFile) {
    Path file = file(nameOrFile);
    if (file == null) {
      return;
    }
    try {
      parts.put(key, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file of that name; null when there is none. */
  private static @Nullable Path file(String nameOrFile) {
    try {
      Path path = Path.of(nameOrFile);
      return Files.isRegularFile(path) ? path : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  /** Writes a text that the recording holds; null when it holds none. */
  private static @Nullable Path restore(@Nullable JsonNode text, Path folder, String source) {
    if (text == null) {
      return null;
    }
    try {
      Path name = Path.of(source).getFileName();
      Path file = folder.resolve(name == null ? "file" : name.toString());
      Files.createDirectories(folder);
      return Files.writeString(file, text.asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a folder with everything in it. */
  static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // A folder of texts is left among the temporary files: no harm.
    }
  }
}
