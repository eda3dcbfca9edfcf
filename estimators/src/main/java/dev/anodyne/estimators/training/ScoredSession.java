package dev.anodyne.estimators.training;

import dev.anodyne.estimators.bounds.BatteryGroup;
import dev.anodyne.estimators.bounds.Quantity;
import dev.anodyne.estimators.bounds.Signal;
import dev.anodyne.estimators.bounds.TrainedRange;
import java.util.Arrays;

/**
 * What an estimator said in one session beside what was true: values with their own standard
 * deviations, before calibration.
 */
final class ScoredSession {
  private static final int COUNT = Quantity.count();
  private static final int SIGNALS = Signal.count();
  private static final int GROWTH = 0;
  private static final int DISTANCE = 1;
  private static final int DOUBT = 2;
  private static final int SECONDS = 3;
  private static final int VALUES = 4;
  private static final int SIGMAS = VALUES + COUNT;
  private static final int TRUTHS = SIGMAS + COUNT;
  private static final int OF_SIGNALS = TRUTHS + COUNT;
  private static final int WIDTH = OF_SIGNALS + SIGNALS;

  /** What the estimator knew of the battery. */
  final BatteryGroup group;

  /** What only the simulation knows: the kind of battery and condition, each to be covered. */
  final String population;

  /** Whether the battery is new and as its parameter set says, but for its production spread. */
  final boolean nominal;

  private double[] data = new double[64 * WIDTH];
  private int rows;

  ScoredSession(BatteryGroup group, String population, boolean nominal) {
    this.group = group;
    this.population = population;
    this.nominal = nominal;
  }

  /**
   * Adds an instant that counts for one second, of an estimator that has no doubt of its own.
   *
   * @param growth of errors that no deviation follows
   * @param values by {@link Quantity#ordinal()}; NaN where the estimator says nothing. Copied.
   * @param sigmas the same order. Copied.
   * @param truths the same order. Copied.
   * @param signals by {@link Signal#ordinal()}. Copied.
   */
  void add(double growth, double[] values, double[] sigmas, double[] truths, double[] signals) {
    add(growth, 0.0, 1.0, values, sigmas, truths, signals);
  }

  /**
   * Adds an instant.
   *
   * @param doubt the estimator's, whether the battery is what it should be, 0–1
   * @param seconds of the session that the instant stands for
   */
  void add(
      double growth,
      double doubt,
      double seconds,
      double[] values,
      double[] sigmas,
      double[] truths,
      double[] signals) {
    if (data.length < (rows + 1) * WIDTH) {
      data = Arrays.copyOf(data, 2 * data.length);
    }
    int at = rows * WIDTH;
    data[at + GROWTH] = growth;
    data[at + DOUBT] = doubt;
    data[at + SECONDS] = seconds;
    System.arraycopy(values, 0, data, at + VALUES, COUNT);
    System.arraycopy(sigmas, 0, data, at + SIGMAS, COUNT);
    System.arraycopy(truths, 0, data, at + TRUTHS, COUNT);
    System.arraycopy(signals, 0, data, at + OF_SIGNALS, SIGNALS);
    rows++;
  }

  /** The same of an estimator that has no doubt of its own. */
  ScoredSession withoutDoubt() {
    ScoredSession other = new ScoredSession(group, population, nominal);
    other.data = data.clone();
    other.rows = rows;
    for (int r = 0; r < rows; r++) {
      other.data[r * WIDTH + DOUBT] = 0.0;
    }
    return other;
  }

  /** Gives back the room that the growing array keeps in reserve. */
  void trim() {
    data = Arrays.copyOf(data, rows * WIDTH);
  }

  /** Finds how far each instant is outside a range. */
  void locate(TrainedRange range) {
    for (int r = 0; r < rows; r++) {
      int at = r * WIDTH;
      int signals = at + OF_SIGNALS;
      data[at + DISTANCE] = range.distance(Arrays.copyOfRange(data, signals, signals + SIGNALS));
    }
  }

  double signal(int row, Signal s) {
    return data[row * WIDTH + OF_SIGNALS + s.ordinal()];
  }

  int rows() {
    return rows;
  }

  double growth(int row) {
    return data[row * WIDTH + GROWTH];
  }

  /** Distance outside the range given to {@link #locate}; 0 before. */
  double distance(int row) {
    return data[row * WIDTH + DISTANCE];
  }

  double doubt(int row) {
    return data[row * WIDTH + DOUBT];
  }

  /** How much of the session the instant stands for, s. */
  double seconds(int row) {
    return data[row * WIDTH + SECONDS];
  }

  double sigma(int row, Quantity q) {
    return data[row * WIDTH + SIGMAS + q.ordinal()];
  }

  double truth(int row, Quantity q) {
    return data[row * WIDTH + TRUTHS + q.ordinal()];
  }

  /** Value minus truth. */
  double error(int row, Quantity q) {
    return data[row * WIDTH + VALUES + q.ordinal()] - truth(row, q);
  }

  /** True where a bound that is wrong could make a controller plate. */
  boolean isNear(int row) {
    return Calibrator.isNear(truth(row, Quantity.ANODE_POTENTIAL));
  }

  boolean isEverNear() {
    for (int r = 0; r < rows; r++) {
      if (isNear(r)) {
        return true;
      }
    }
    return false;
  }
}
