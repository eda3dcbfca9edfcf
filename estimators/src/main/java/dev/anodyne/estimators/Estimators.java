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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Makes estimators by name or from a model file. */
public final class Estimators {
  /** The names that {@link #create} knows, beside model files. */
  public static final List<String> NAMES = List.of("physics", "learned", "augmented", "informed");

  /** Between an estimator's name and the accuracy of its sensors. */
  private static final String CLASS = ":";

  private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9_-]+");

  /** Read and checked once: they are immutable, and a station makes an estimator a charge. */
  private static final Map<String, Optional<NetworkModel>> SHIPPED = new ConcurrentHashMap<>();

  private Estimators() {}

  /**
   * An estimator for a battery.
   *
   * @param nameOrModelFile one of {@link #NAMES}, {@code physics} and {@code augmented} also with
   *     the stated accuracy of the sensors, such as {@code augmented:calibrated}; or the path of a
   *     model file
   * @param cell the kind of cell
   * @param layout how cells are wired
   * @param options what else is known; sensors that the name states count instead of theirs
   * @throws IllegalArgumentException with a message for people when the name is unknown, no model
   *     is shipped for the cell, the file is no usable model for it, or the identified battery is
   *     of another cell
   */
  public static StateEstimator create(
      String nameOrModelFile, CellParameters cell, PackLayout layout, EstimatorOptions options) {
    Optional<SensorClass> stated = stated(nameOrModelFile);
    if (stated.isPresent()) {
      String plain = nameOrModelFile.substring(0, nameOrModelFile.indexOf(CLASS));
      return create(plain, cell, layout, options.withSensors(stated.get()));
    }
    if (options.identified().isPresent() && options.identified().get().sessions() > 0) {
      TwinOfBattery own = TwinOfBattery.of(cell, options.identified().get(), options);
      return nominal(nameOrModelFile, own.cell(), layout, own.options());
    }
    return nominal(nameOrModelFile, cell, layout, options);
  }

  /**
   * The accuracy of the sensors that an estimator's name states, or that its file of bounds was
   * calibrated for; else that of sensors that nobody vouches for.
   *
   * @throws IllegalArgumentException with a message for people when the name states one that is
   *     unknown
   */
  public static SensorClass sensorsOf(String nameOrModelFile) {
    return stated(nameOrModelFile)
        .or(
            () ->
                NAMES.contains(nameOrModelFile)
                    ? Optional.empty()
                    : boundsIn(nameOrModelFile).map(BoundFile::sensors))
        .orElse(SensorClass.UNSTATED);
  }

  private static Optional<BoundFile> boundsIn(String name) {
    try {
      Path file = Path.of(name);
      return Files.isRegularFile(file) ? BoundFile.readIfBounds(file) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty(); // A name, then.
    }
  }

  /** The name of an estimator with sensors of a stated accuracy. */
  public static String withSensors(String name, SensorClass accuracy) {
    return accuracy == SensorClass.UNSTATED ? name : name + CLASS + accuracy.text();
  }

  /** What stands behind one of the names and a colon. */
  private static Optional<SensorClass> stated(String name) {
    int at = name.indexOf(CLASS);
    return at > 0 && NAMES.contains(name.substring(0, at))
        ? Optional.of(SensorClass.of(name.substring(at + CLASS.length())))
        : Optional.empty();
  }

  /** Bounds hold for the sensors that they were calibrated with, and for no others. */
  private static void requireBounds(
      String name, boolean known, CellParameters cell, EstimatorOptions options) {
    SensorClass sensors = options.sensors();
    if (sensors != SensorClass.UNSTATED
        && !(known && BoundFile.shipped(cell, sensors).isPresent())) {
      throw new IllegalArgumentException(
          "Estimator "
              + name
              + " has no bounds for "
              + sensors.text()
              + " sensors on cell "
              + cell.name()
              + "; allowed are physics and augmented on cells that such bounds are shipped for."
              + "\nMaybe leave the statement out, or calibrate: anodyne train --estimator physics"
              + " --sensor-accuracy "
              + sensors.text()
              + " --cell "
              + cell.name()
              + " --out FILE.");
    }
  }

  /**
   * Checks that {@link #create} can make an estimator.
   *
   * @throws IllegalArgumentException with a message for people when it cannot
   */
  public static void requireUsable(String nameOrModelFile, CellParameters cell) {
    create(nameOrModelFile, cell, PackLayout.SINGLE_CELL, EstimatorOptions.DEFAULT);
  }

  /**
   * The same for a cell that is shipped, with any cooling: its twin is known to work (unless it
   * lacks thermal data), so that nothing is simulated to find out, which would keep a server's
   * start waiting.
   *
   * @throws IllegalArgumentException as above
   */
  public static void requireUsableOnShipped(String nameOrModelFile, CellParameters cell) {
    Optional<SensorClass> stated = stated(nameOrModelFile);
    String plain =
        stated.isEmpty()
            ? nameOrModelFile
            : nameOrModelFile.substring(0, nameOrModelFile.indexOf(CLASS));
    if (!NAMES.contains(plain) || cell.thermal().isEmpty()) {
      requireUsable(nameOrModelFile, cell);
      return;
    }
    EstimatorOptions options =
        stated.map(EstimatorOptions.DEFAULT::withSensors).orElse(EstimatorOptions.DEFAULT);
    requireBounds(plain, isWithBounds(plain), cell, options);
    for (FeatureSet kind : FeatureSet.values()) {
      if (kind.estimatorName().equals(plain)) {
        var unused = requireShipped(kind, cell);
      }
    }
  }

  /** Whether bounds for stated sensors may be shipped for it. */
  private static boolean isWithBounds(String name) {
    return name.equals("physics") || name.equals("augmented");
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

  /**
   * The networks that are shipped to correct a cell's twin, as every {@code augmented} runs them,
   * with cautious bounds of their own where none are calibrated for the options' sensors.
   *
   * @throws IllegalArgumentException when none are shipped for the cell
   */
  public static NetworkEstimator uncalibratedNetworks(
      CellParameters cell, PackLayout layout, EstimatorOptions options) {
    if (options.identified().isPresent() && options.identified().get().sessions() > 0) {
      TwinOfBattery own = TwinOfBattery.of(cell, options.identified().get(), options);
      return augmented(own.cell(), layout, own.options());
    }
    return augmented(cell, layout, options);
  }

  private static NetworkEstimator augmented(
      CellParameters cell, PackLayout layout, EstimatorOptions options) {
    NetworkModel model = requireShipped(FeatureSet.AUGMENTED, cell);
    BoundTable table =
        BoundFile.shipped(cell, options.sensors())
            .flatMap(BoundFile::augmented)
            .orElse(model.bounds());
    return new NetworkEstimator(model, table, cell, layout, options);
  }

  private static StateEstimator nominal(
      String nameOrModelFile, CellParameters cell, PackLayout layout, EstimatorOptions options) {
    if (NAMES.contains(nameOrModelFile)) {
      requireBounds(nameOrModelFile, isWithBounds(nameOrModelFile), cell, options);
    }
    return switch (nameOrModelFile) {
      case "physics" -> new DigitalTwin(cell, layout, options, twinBounds(cell, options.sensors()));
      case "learned" ->
          new NetworkEstimator(requireShipped(FeatureSet.LEARNED, cell), cell, layout, options);
      case "augmented" -> augmented(cell, layout, options);
      case "informed" ->
          new NetworkEstimator(requireShipped(FeatureSet.INFORMED, cell), cell, layout, options);
      default -> fromFile(nameOrModelFile, cell, layout, options);
    };
  }

  /** {@code augmented} when a model for the cell is shipped, else {@code physics}. */
  public static String defaultFor(CellParameters cell) {
    return shipped(FeatureSet.AUGMENTED, cell).isPresent() ? "augmented" : "physics";
  }

  /** Reads the models that connectors run by default, so that the first need not wait for them. */
  public static void readAhead() {
    for (String name : CellParameters.shippedNames()) {
      var unused = defaultFor(CellParameters.load(name));
    }
  }

  /** The model that is shipped for a cell, if any; every estimator shares one. */
  public static Optional<NetworkModel> shipped(FeatureSet kind, CellParameters cell) {
    if (!SAFE_NAME.matcher(cell.name()).matches()) {
      return Optional.empty();
    }
    String file = cell.name().toLowerCase(Locale.ROOT) + "-" + kind.estimatorName() + ".json";
    return SHIPPED
        .computeIfAbsent(
            "/dev/anodyne/estimators/models/" + file,
            resource -> Optional.ofNullable(ModelFile.readResource(resource)))
        .filter(
            model ->
                model.cell().equals(cell.name())
                    && Math.abs(model.nominalAmpHours() / cell.nominalCapacityAmpHours() - 1.0)
                        <= 1e-6);
  }

  /** The twin's bounds: its own calibration, else that of the shipped network, else cautious. */
  private static BoundTable twinBounds(CellParameters cell, SensorClass sensors) {
    return BoundFile.shipped(cell, sensors)
        .map(BoundFile::table)
        .or(() -> shipped(FeatureSet.AUGMENTED, cell).map(m -> m.twinBackOff().table()))
        .orElse(BoundTable.CAUTIOUS);
  }

  private static NetworkModel requireShipped(FeatureSet kind, CellParameters cell) {
    return shipped(kind, cell)
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
      EstimatorOptions calibrated = options.withSensors(bounds.get().sensors());
      return new DigitalTwin(cell, layout, calibrated, bounds.get().table());
    }
    requireBounds(name, false, cell, options);
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
