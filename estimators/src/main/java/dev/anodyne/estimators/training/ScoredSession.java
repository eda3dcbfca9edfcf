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
  private static final int WIDTH = 3 * COUNT + 2 + SIGNALS;

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
   * Adds an instant.
   *
   * @param growth of errors that no deviation follows
   * @param values by {@link Quantity#ordinal()}; NaN where the estimator says nothing. Copied.
   * @param sigmas the same order. Copied.
   * @param truths the same order. Copied.
   * @param signals by {@link Signal#ordinal()}. Copied.
   */
  void add(double growth, double[] values, double[] sigmas, double[] truths, double[] signals) {
    if (data.length < (rows + 1) * WIDTH) {
      data = Arrays.copyOf(data, 2 * data.length);
    }
    int at = rows * WIDTH;
    data[at] = growth;
    System.arraycopy(values, 0, data, at + 2, COUNT);
    System.arraycopy(sigmas, 0, data, at + 2 + COUNT, COUNT);
    System.arraycopy(truths, 0, data, at + 2 + 2 * COUNT, COUNT);
    System.arraycopy(signals, 0, data, at + 2 + 3 * COUNT, SIGNALS);
    rows++;
  }

  /** Gives back the room that the growing array keeps in reserve. */
  void trim() {
    data = Arrays.copyOf(data, rows * WIDTH);
  }

  /** Finds how far each instant is outside a range. */
  void locate(TrainedRange range) {
    for (int r = 0; r < rows; r++) {
      int at = r * WIDTH;
      int signals = at + 2 + 3 * COUNT;
      data[at + 1] = range.distance(Arrays.copyOfRange(data, signals, signals + SIGNALS));
    }
  }

  double signal(int row, Signal s) {
    return data[row * WIDTH + 2 + 3 * COUNT + s.ordinal()];
  }

  int rows() {
    return rows;
  }

  double growth(int row) {
    return data[row * WIDTH];
  }

  /** Distance outside the range given to {@link #locate}; 0 before. */
  double distance(int row) {
    return data[row * WIDTH + 1];
  }

  double sigma(int row, Quantity q) {
    return data[row * WIDTH + 2 + COUNT + q.ordinal()];
  }

  double truth(int row, Quantity q) {
    return data[row * WIDTH + 2 + 2 * COUNT + q.ordinal()];
  }

  /** Value minus truth. */
  double error(int row, Quantity q) {
    return data[row * WIDTH + 2 + q.ordinal()] - truth(row, q);
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
