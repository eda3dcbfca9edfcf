package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.estimators.EstimatorOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Which data set is wanted. What is left empty is whatever the folder holds, or the default where
 * it holds nothing yet.
 *
 * @param folder of the data set
 * @param cell the kind of cell
 * @param plan empty: the folder's, else {@link DataPlan#SHIPPED}
 * @param seed empty: the folder's, else 1
 * @param sessions sessions to fit (shipped; half as many each to calibrate and test) or all of them
 *     (wide); empty: the folder's, else the plan's default
 * @param truth resolution and physics of the simulated cells
 * @param twin resolution of the digital twin, and of what is identified for it
 * @param workers threads that simulate
 * @param softwareVersion goes into the manifest
 * @param progress is told how generation gets on
 */
public record DataRequest(
    Path folder,
    CellParameters cell,
    Optional<DataPlan> plan,
    OptionalLong seed,
    OptionalInt sessions,
    P2dOptions truth,
    P2dOptions twin,
    int workers,
    String softwareVersion,
    TrainingProgress progress) {

  /** A folder's data set for a cell, on all cores; everything else is as it is there. */
  public static DataRequest of(Path folder, CellParameters cell) {
    return new DataRequest(
        folder,
        cell,
        Optional.empty(),
        OptionalLong.empty(),
        OptionalInt.empty(),
        TrainRequest.TRUTH,
        EstimatorOptions.DEFAULT.model(),
        Math.max(1, Runtime.getRuntime().availableProcessors()),
        "unknown",
        TrainingProgress.SILENT);
  }

  public DataRequest {
    if (workers < 1) {
      throw new IllegalArgumentException("Generation on " + workers + " threads; at least 1.");
    }
  }

  public DataRequest withPlan(DataPlan wanted) {
    return new DataRequest(
        folder,
        cell,
        Optional.of(wanted),
        seed,
        sessions,
        truth,
        twin,
        workers,
        softwareVersion,
        progress);
  }

  public DataRequest withSeed(long wanted) {
    return new DataRequest(
        folder,
        cell,
        plan,
        OptionalLong.of(wanted),
        sessions,
        truth,
        twin,
        workers,
        softwareVersion,
        progress);
  }

  public DataRequest withSessions(int wanted) {
    return new DataRequest(
        folder,
        cell,
        plan,
        seed,
        OptionalInt.of(wanted),
        truth,
        twin,
        workers,
        softwareVersion,
        progress);
  }

  public DataRequest withTruth(P2dOptions options) {
    return new DataRequest(
        folder, cell, plan, seed, sessions, options, twin, workers, softwareVersion, progress);
  }

  public DataRequest withTwin(P2dOptions options) {
    return new DataRequest(
        folder, cell, plan, seed, sessions, truth, options, workers, softwareVersion, progress);
  }

  public DataRequest withWorkers(int threads) {
    return new DataRequest(
        folder, cell, plan, seed, sessions, truth, twin, threads, softwareVersion, progress);
  }

  public DataRequest withSoftwareVersion(String version) {
    return new DataRequest(
        folder, cell, plan, seed, sessions, truth, twin, workers, version, progress);
  }

  public DataRequest withProgress(TrainingProgress listener) {
    return new DataRequest(
        folder, cell, plan, seed, sessions, truth, twin, workers, softwareVersion, listener);
  }
}
