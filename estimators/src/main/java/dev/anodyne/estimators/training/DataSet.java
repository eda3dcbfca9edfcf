package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Training data as an artefact: a folder with {@code manifest.json} and Parquet shards, generated
 * once, the same for the same request whatever the machine's cores, and read by every training.
 */
public final class DataSet {
  /** Engines agree closer than this over the probe, and another cell's parameters do not. */
  private static final double SAME_CELL_VOLTS = 1e-3;

  /** Training batteries are dealt in turns of so many, of which a share takes the first. */
  private static final int SHARES = 16;

  private final Path folder;
  private final DataManifest manifest;
  private final double trainingShare;

  private DataSet(Path folder, DataManifest manifest) {
    this(folder, manifest, 1.0);
  }

  private DataSet(Path folder, DataManifest manifest, double trainingShare) {
    this.folder = folder;
    this.manifest = manifest;
    this.trainingShare = trainingShare;
  }

  /**
   * The same data with fewer batteries to train on: the first of every few, so that a smaller share
   * is part of a larger one. Calibration and test stay.
   *
   * @param share above 0 to 1
   */
  public DataSet withTrainingShare(double share) {
    if (!(share > 0.0 && share <= 1.0)) {
      throw new IllegalArgumentException(
          "Share "
              + share
              + " of the training batteries is not possible: allowed is above 0 to 1.");
    }
    return new DataSet(folder, manifest, share);
  }

  /** Simulated hours of the batteries that are trained on. */
  public double trainingHours() {
    Set<Integer> kept = trainingBatteries();
    return labels().stream()
        .filter(s -> kept.contains(s.label.ref().battery()))
        .mapToDouble(s -> s.hours)
        .sum();
  }

  private List<SessionData> labels() {
    return manifest.shards().stream()
        .flatMap(shard -> read(shard, () -> labels(shard)).stream())
        .toList();
  }

  private Set<Integer> trainingBatteries() {
    List<Integer> all =
        labels().stream()
            .filter(s -> s.label.ref().split() == Split.TRAIN)
            .map(s -> s.label.ref().battery())
            .distinct()
            .sorted()
            .toList();
    Set<Integer> kept = new HashSet<>();
    for (int rank = 0; rank < all.size(); rank++) {
      if (rank % SHARES < Math.round(SHARES * trainingShare)) {
        kept.add(all.get(rank));
      }
    }
    return kept;
  }

  /**
   * The data set of a folder, generated or completed first when it is not all there.
   *
   * @throws DataSetException when the folder holds another or a damaged data set
   */
  public static DataSet prepare(DataRequest request) {
    DataManifest found = DataManifest.read(request.folder()).orElse(null);
    if (found == null || !found.complete()) {
      return generate(request);
    }
    requireWanted(request, found);
    return open(request.folder(), request.cell(), request.truth());
  }

  /**
   * Generates what is missing or damaged in a folder: all of it, what an interrupted run left to
   * do, or single shards.
   *
   * @throws DataSetException when the folder holds another data set
   */
  public static DataSet generate(DataRequest request) {
    DataManifest manifest = new DataGeneration(request).run();
    return new DataSet(request.folder(), manifest);
  }

  private static DataSet open(Path folder, CellParameters cell, P2dOptions truth) {
    DataManifest manifest =
        DataManifest.read(folder)
            .orElseThrow(
                () -> new DataSetException(folder.resolve(DataManifest.FILE) + ": no such file."));
    Shards.requireLayout(folder, manifest);
    requireCell(folder, manifest, cell, Shards.probeVolts(cell, truth), SAME_CELL_VOLTS);
    for (DataManifest.Shard shard : manifest.shards()) {
      Shards.problem(folder, shard)
          .ifPresent(
              problem -> {
                throw new DataSetException(
                    problem
                        + "\nMaybe generate it again with --generate-only: the bytes will be the"
                        + " same.");
              });
    }
    return new DataSet(folder, manifest);
  }

  /** Refuses a data set that is not the one asked for. */
  static void requireWanted(DataRequest request, DataManifest found) {
    Path file = request.folder().resolve(DataManifest.FILE);
    request
        .plan()
        .filter(p -> !p.text().equals(found.plan()))
        .ifPresent(p -> refuse(file, "plan", found.plan(), p.text(), "--plan"));
    if (request.seed().isPresent() && request.seed().getAsLong() != found.seed()) {
      refuse(file, "seed", found.seed(), request.seed().getAsLong(), "--seed");
    }
    if (request.sessions().isPresent()
        && request.sessions().getAsInt() != found.sessionsAsked()
        && request.sessions().getAsInt() != defaultOf(found)) {
      String there = found.sessionsAsked() == 0 ? "default" : "" + found.sessionsAsked();
      refuse(file, "sessions", there, request.sessions().getAsInt(), "--sessions");
    }
  }

  /** The number that would ask for the same sessions where none was given; −1: there is none. */
  private static int defaultOf(DataManifest found) {
    boolean all = found.plan().equals(DataPlan.WIDE.text());
    return found.sessionsAsked() == 0 && all ? found.sessions() : -1;
  }

  private static void refuse(Path file, String key, Object there, Object wanted, String option) {
    throw new DataSetException(
        file
            + ": "
            + key
            + " "
            + there
            + ", wanted "
            + wanted
            + "; allowed: the data set's own.\nMaybe leave "
            + option
            + " out, or name another folder.");
  }

  static void requireCell(
      Path folder, DataManifest found, CellParameters cell, double probeVolts, double tolerance) {
    Path file = folder.resolve(DataManifest.FILE);
    if (!found.cell().equals(cell.name())) {
      throw new DataSetException(
          file
              + ": data of cell '"
              + found.cell()
              + "', wanted '"
              + cell.name()
              + "'; allowed: the same cell.\nMaybe add --cell "
              + found.cell()
              + ", or name another folder.");
    }
    if (found.nominalCapacityAmpHours() != cell.nominalCapacityAmpHours()
        || !(Math.abs(found.probeVolts() - probeVolts) <= tolerance)) {
      throw new DataSetException(
          file
              + ": the data's cell '"
              + found.cell()
              + "' answers with "
              + found.probeVolts()
              + " V to a minute of 1C, this one with "
              + probeVolts
              + " V.\nMaybe its parameters or the engine changed since; generate the data in another"
              + " folder.");
    }
  }

  DataManifest manifest() {
    return manifest;
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  /** The plan that it was drawn from. */
  public DataPlan plan() {
    return DataPlan.of(manifest.plan());
  }

  /** The seed that it was drawn with. */
  public long seed() {
    return manifest.seed();
  }

  /** The truth's physics and resolution. */
  public P2dOptions engine() {
    return manifest.engine();
  }

  /** Number of sessions in all splits. */
  public int sessions() {
    return manifest.sessions();
  }

  /** Simulated time, h. */
  public double packHours() {
    return manifest.shards().stream().mapToDouble(DataManifest.Shard::packHours).sum();
  }

  /** Size of all tables, bytes. */
  public long bytes() {
    return manifest.shards().stream()
        .flatMap(s -> s.files().stream())
        .mapToLong(DataManifest.ShardFile::bytes)
        .sum();
  }

  /** Number of sessions by split. */
  public Map<Split, Integer> sizes() {
    Map<Split, Integer> sizes = new java.util.EnumMap<>(Split.class);
    manifest
        .splits()
        .forEach(
            (name, size) ->
                sizes.put(Split.valueOf(name.toUpperCase(java.util.Locale.ROOT)), size.sessions()));
    return sizes;
  }

  /**
   * Number of sessions that calibrate the bound, by what an estimator knows of its battery: whether
   * it is identified, and whether it has cells in series.
   */
  public Map<String, Integer> calibrationSizes() {
    Map<String, Integer> sizes = new java.util.TreeMap<>();
    for (DataManifest.Shard shard : manifest.shards()) {
      for (SessionData s : read(shard, () -> labels(shard))) {
        if (s.label.ref().split() == Split.CALIBRATE) {
          String who = s.identified() ? "identified" : "nominal twin";
          sizes.merge(who + (s.series > 1 ? ", series" : ", single"), 1, Integer::sum);
        }
      }
    }
    return sizes;
  }

  /** The sessions of a kind, in order; rows are made with today's features, on all cores. */
  List<SessionData> load(Predicate<SessionLabel> wanted, boolean withSamples) {
    Predicate<SessionLabel> which = wanted;
    if (trainingShare < 1.0) {
      Set<Integer> kept = trainingBatteries();
      which =
          label ->
              wanted.test(label)
                  && (label.ref().split() != Split.TRAIN || kept.contains(label.ref().battery()));
    }
    return read(which, withSamples);
  }

  private List<SessionData> read(Predicate<SessionLabel> which, boolean withSamples) {
    double ampHours = manifest.nominalCapacityAmpHours();
    return manifest.shards().parallelStream()
        .flatMap(
            shard ->
                read(
                    shard,
                    () ->
                        SessionTables.read(
                            folder.resolve(shard.folder()),
                            shard.rows(),
                            ampHours,
                            which,
                            withSamples))
                    .stream())
        .toList();
  }

  private List<SessionData> labels(DataManifest.Shard shard) throws IOException {
    return SessionTables.readLabels(folder.resolve(shard.folder()), shard.rows());
  }

  /** Reads something of a shard. */
  private interface Reading {
    List<SessionData> read() throws IOException;
  }

  private List<SessionData> read(DataManifest.Shard shard, Reading reading) {
    try {
      return reading.read();
    } catch (IOException | RuntimeException e) {
      throw new DataSetException(
          folder.resolve(shard.folder())
              + ": not a shard of training data ("
              + e.getMessage()
              + ").\nMaybe a version whose twin had other signals made it ("
              + manifest.softwareVersion()
              + "): generate the data in another folder.",
          e);
    }
  }
}
