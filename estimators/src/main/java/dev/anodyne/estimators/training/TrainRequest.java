package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.estimators.network.FeatureSet;

/**
 * What to train.
 *
 * @param cell the kind of cell
 * @param kind the kind of network
 * @param seed of data, initial weights and order; the same seed gives the same file
 * @param trainingSessions sessions for fitting and early stopping
 * @param calibrationSessions sessions for the conformal bound
 * @param testSessions sessions for the metrics on the card
 * @param epochs at most this many passes
 * @param workers threads that simulate
 * @param truth resolution and physics of the simulated cells
 * @param progress is told how it gets on
 */
public record TrainRequest(
    CellParameters cell,
    FeatureSet kind,
    long seed,
    int trainingSessions,
    int calibrationSessions,
    int testSessions,
    int epochs,
    int workers,
    P2dOptions truth,
    TrainingProgress progress) {

  /** Finer than the twin's model, with every side reaction; within 0.2 mV of the finest. */
  public static final P2dOptions TRUTH =
      new P2dOptions(P2dOptions.Thermal.LUMPED, P2dOptions.Ageing.FULL, 16, 6, 12, 8);

  /** The full training of the shipped models. */
  public static TrainRequest of(CellParameters cell, FeatureSet kind) {
    return new TrainRequest(
        cell,
        kind,
        1L,
        500,
        500,
        250,
        kind.correctsTwin() ? 10 : 20,
        Math.max(1, Runtime.getRuntime().availableProcessors()),
        TRUTH,
        TrainingProgress.SILENT);
  }

  public TrainRequest {
    atLeast("trainingSessions", trainingSessions, 10);
    atLeast("calibrationSessions", calibrationSessions, 4);
    atLeast("testSessions", testSessions, 2);
    atLeast("epochs", epochs, 1);
    atLeast("workers", workers, 1);
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "Training with " + name + " = " + value + " is not possible: at least " + least + ".");
    }
  }

  public TrainRequest withSeed(long newSeed) {
    return new TrainRequest(
        cell,
        kind,
        newSeed,
        trainingSessions,
        calibrationSessions,
        testSessions,
        epochs,
        workers,
        truth,
        progress);
  }

  public TrainRequest withSessions(int training, int calibration, int test) {
    return new TrainRequest(
        cell, kind, seed, training, calibration, test, epochs, workers, truth, progress);
  }

  public TrainRequest withEpochs(int newEpochs) {
    return new TrainRequest(
        cell,
        kind,
        seed,
        trainingSessions,
        calibrationSessions,
        testSessions,
        newEpochs,
        workers,
        truth,
        progress);
  }

  public TrainRequest withWorkers(int newWorkers) {
    return new TrainRequest(
        cell,
        kind,
        seed,
        trainingSessions,
        calibrationSessions,
        testSessions,
        epochs,
        newWorkers,
        truth,
        progress);
  }

  public TrainRequest withTruth(P2dOptions options) {
    return new TrainRequest(
        cell,
        kind,
        seed,
        trainingSessions,
        calibrationSessions,
        testSessions,
        epochs,
        workers,
        options,
        progress);
  }

  public TrainRequest withProgress(TrainingProgress newProgress) {
    return new TrainRequest(
        cell,
        kind,
        seed,
        trainingSessions,
        calibrationSessions,
        testSessions,
        epochs,
        workers,
        truth,
        newProgress);
  }
}
