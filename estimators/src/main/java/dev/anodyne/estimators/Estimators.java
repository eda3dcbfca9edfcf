package dev.anodyne.estimators;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.estimators.bounds.BoundFile;
import dev.anodyne.estimators.bounds.BoundTable;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.network.ModelFile;
import dev.anodyne.estimators.network.NetworkEstimator;
import dev.anodyne.estimators.network.NetworkModel;
import dev.anodyne.estimators.twin.DigitalTwin;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Makes estimators by name or from a model file. */
public final class Estimators {
  /** The names that {@link #create} knows, beside model files. */
  public static final List<String> NAMES = List.of("physics", "learned", "augmented", "informed");

  private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9_-]+");

  private Estimators() {}

  /**
   * An estimator for a battery.
   *
   * @param nameOrModelFile one of {@link #NAMES} or the path of a model file
   * @param cell the kind of cell
   * @param layout how cells are wired
   * @param options what else is known
   * @throws IllegalArgumentException with a message for people when the name is unknown, no model
   *     is shipped for the cell, the file is no usable model for it, or the identified battery is
   *     of another cell
   */
  public static StateEstimator create(
      String nameOrModelFile, CellParameters cell, PackLayout layout, EstimatorOptions options) {
    if (options.identified().isPresent() && options.identified().get().sessions() > 0) {
      TwinOfBattery own = TwinOfBattery.of(cell, options.identified().get(), options);
      return nominal(nameOrModelFile, own.cell(), layout, own.options());
    }
    return nominal(nameOrModelFile, cell, layout, options);
  }

  /**
   * Checks that {@link #create} can make an estimator.
   *
   * @throws IllegalArgumentException with a message for people when it cannot
   */
  public static void requireUsable(String nameOrModelFile, CellParameters cell) {
    create(nameOrModelFile, cell, PackLayout.SINGLE_CELL, EstimatorOptions.DEFAULT);
  }

  /** The digital twin alone, as every estimator of such a battery runs it, with cautious bounds. */
  public static DigitalTwin uncalibratedTwin(
      CellParameters cell, PackLayout layout, EstimatorOptions options) {
    if (options.identified().isPresent() && options.identified().get().sessions() > 0) {
      TwinOfBattery own = TwinOfBattery.of(cell, options.identified().get(), options);
      return new DigitalTwin(own.cell(), layout, own.options(), BoundTable.CAUTIOUS);
    }
    return new DigitalTwin(cell, layout, options, BoundTable.CAUTIOUS);
  }

  private static StateEstimator nominal(
      String nameOrModelFile, CellParameters cell, PackLayout layout, EstimatorOptions options) {
    return switch (nameOrModelFile) {
      case "physics" -> new DigitalTwin(cell, layout, options, twinBounds(cell));
      case "learned" -> shippedEstimator(FeatureSet.LEARNED, cell, layout, options);
      case "augmented" -> shippedEstimator(FeatureSet.AUGMENTED, cell, layout, options);
      case "informed" -> shippedEstimator(FeatureSet.INFORMED, cell, layout, options);
      default -> fromFile(nameOrModelFile, cell, layout, options);
    };
  }

  /** {@code augmented} when a model for the cell is shipped, else {@code physics}. */
  public static String defaultFor(CellParameters cell) {
    return shipped(FeatureSet.AUGMENTED, cell).isPresent() ? "augmented" : "physics";
  }

  /** The model that is shipped for a cell, if any. */
  public static Optional<NetworkModel> shipped(FeatureSet kind, CellParameters cell) {
    if (!SAFE_NAME.matcher(cell.name()).matches()) {
      return Optional.empty();
    }
    String file = cell.name().toLowerCase(Locale.ROOT) + "-" + kind.estimatorName() + ".json";
    NetworkModel model = ModelFile.readResource("/dev/anodyne/estimators/models/" + file);
    if (model == null
        || !model.cell().equals(cell.name())
        || Math.abs(model.nominalAmpHours() / cell.nominalCapacityAmpHours() - 1.0) > 1e-6) {
      return Optional.empty();
    }
    return Optional.of(model);
  }

  /** The twin's bounds: its own calibration, else that of the shipped network, else cautious. */
  private static BoundTable twinBounds(CellParameters cell) {
    return BoundFile.shipped(cell)
        .map(BoundFile::table)
        .or(() -> shipped(FeatureSet.AUGMENTED, cell).map(m -> m.twinBackOff().table()))
        .orElse(BoundTable.CAUTIOUS);
  }

  private static StateEstimator shippedEstimator(
      FeatureSet kind, CellParameters cell, PackLayout layout, EstimatorOptions options) {
    NetworkModel model =
        shipped(kind, cell)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Estimator "
                            + kind.estimatorName()
                            + " has no trained model for cell "
                            + cell.name()
                            + ".\nMaybe train one: anodyne train --cell "
                            + cell.name()
                            + " --estimator "
                            + kind.estimatorName()
                            + " --out MODEL; or use the estimator physics, which needs none."));
    return new NetworkEstimator(model, cell, layout, options);
  }

  private static StateEstimator fromFile(
      String name, CellParameters cell, PackLayout layout, EstimatorOptions options) {
    Path file;
    try {
      file = Path.of(name);
    } catch (InvalidPathException e) {
      throw unknown(name, e);
    }
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(
          "Model file "
              + name
              + " is a folder; allowed is a file that anodyne train wrote."
              + "\nMaybe the name of the file in it is missing.");
    }
    if (!Files.isRegularFile(file)) {
      throw unknown(name, null);
    }
    Optional<BoundFile> bounds = BoundFile.readIfBounds(file);
    if (bounds.isPresent()) {
      bounds.get().requireCell(cell, name);
      return new DigitalTwin(cell, layout, options, bounds.get().table());
    }
    NetworkModel model = ModelFile.read(file);
    model.requireCell(cell, name);
    return new NetworkEstimator(model, cell, layout, options);
  }

  private static IllegalArgumentException unknown(
      String name, @org.jspecify.annotations.Nullable Exception cause) {
    String near = "";
    for (String known : NAMES) {
      if (!name.isEmpty() && known.startsWith(name.substring(0, 1).toLowerCase(Locale.ROOT))) {
        near = "\nMaybe " + known + " was meant.";
      }
    }
    return new IllegalArgumentException(
        "Estimator \""
            + name
            + "\" is unknown; allowed are "
            + String.join(", ", NAMES)
            + " or an existing model file."
            + (near.isEmpty() ? "\nMaybe the path of a model file is misspelt." : near),
        cause);
  }
}
