package dev.anodyne.estimators.training;

import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.estimators.network.FeatureExtractor;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.network.Target;
import dev.anodyne.estimators.training.SessionData.Column;
import dev.anodyne.estimators.twin.BackOff;
import dev.anodyne.estimators.twin.TwinColumns;
import dev.anodyne.estimators.twin.TwinSignals;

/**
 * Makes the rows that networks learn from out of a session's samples: the feature extractors that
 * run in a controller follow every sample, and rows are taken densely where the anode potential is
 * low, thinly elsewhere. Samples just simulated and samples read from a file give the same rows to
 * the bit, and data on disk serve features that were thought of later.
 */
final class RowMaker {
  private static final double ROW_SECONDS = 4.0;
  private static final double FAR_ROW_SECONDS = 12.0;
  private static final double NEAR_VOLTS = 0.060;

  private final SessionData data;
  private final double ampHours;
  private final TwinSignals signals = new TwinSignals();
  private final FeatureExtractor augmented;
  private final FeatureExtractor learned;
  private final double[] augmentedRow = new double[FeatureSet.AUGMENTED.names().size()];
  private final double[] learnedRow = new double[FeatureSet.LEARNED.names().size()];
  private final double[] columns = new double[SessionData.COLUMNS];
  private double nextRow;

  /**
   * @param data where the rows go
   * @param ampHours the cell's nominal capacity, A·h
   */
  RowMaker(SessionData data, double ampHours) {
    this.data = data;
    this.ampHours = ampHours;
    PackLayout layout = new PackLayout(data.series, 1);
    augmented = FeatureSet.AUGMENTED.newExtractor(ampHours, layout);
    learned = FeatureSet.LEARNED.newExtractor(ampHours, layout);
  }

  /** Takes in the sample that begins at {@code at}, in the order of {@link Sample}. */
  void take(float[] samples, int at) {
    if (value(samples, at, Sample.TWIN_ANSWERED) == 0) {
      return;
    }
    TwinColumns.write(samples, at + Sample.values().length, signals);
    Measurement m = measurement(samples, at);
    augmented.update(m, signals, augmentedRow);
    learned.update(m, signals, learnedRow);
    double seconds = value(samples, at, Sample.SECONDS);
    if (seconds < nextRow) {
      return;
    }
    data.joined = signals.startedUnderLoad;
    boolean near = value(samples, at, Sample.ANODE_POTENTIAL) < NEAR_VOLTS;
    nextRow = seconds + (near ? ROW_SECONDS : FAR_ROW_SECONDS) - 1e-6;
    truth(samples, at);
    twin();
    set(Column.SECONDS, seconds);
    data.add(augmentedRow, learnedRow, columns);
  }

  private static Measurement measurement(float[] s, int at) {
    return new Measurement(
        Math.round(value(s, at, Sample.SECONDS) * 1e9),
        value(s, at, Sample.MEASURED_AMPS),
        value(s, at, Sample.MEASURED_VOLTS),
        value(s, at, Sample.MEASURED_KELVIN),
        value(s, at, Sample.MEASURED_MIN_VOLTS),
        value(s, at, Sample.MEASURED_MAX_VOLTS),
        value(s, at, Sample.MEASURED_MIN_KELVIN),
        value(s, at, Sample.MEASURED_MAX_KELVIN),
        Quality.GOOD);
  }

  private void truth(float[] s, int at) {
    set(Column.TRUE_ANODE_POTENTIAL, value(s, at, Sample.ANODE_POTENTIAL));
    set(Column.TRUE_ANODE_SURFACE, value(s, at, Sample.ANODE_SURFACE));
    set(Column.TRUE_ANODE_SURFACE_AT_SEPARATOR, value(s, at, Sample.ANODE_SURFACE_AT_SEPARATOR));
    set(Column.TRUE_CATHODE_SURFACE, value(s, at, Sample.CATHODE_SURFACE));
    set(Column.TRUE_ANODE, value(s, at, Sample.ANODE));
    set(Column.TRUE_CATHODE, value(s, at, Sample.CATHODE));
    set(Column.TRUE_SOC, value(s, at, Sample.MEAN_SOC));
    set(Column.TRUE_KELVIN, value(s, at, Sample.KELVIN));
  }

  private void twin() {
    for (Target target : Target.values()) {
      set(Rows.twinColumn(target), target.ofTwin(signals));
    }
    set(Column.C_RATE, signals.cellAmps / ampHours);
    set(Column.KELVIN, signals.temperatureKelvin);
    set(Column.FINDING_VOLTS, BackOff.findingVolts(signals));
  }

  private static double value(float[] samples, int at, Sample sample) {
    return samples[at + sample.ordinal()];
  }

  private void set(Column column, double value) {
    columns[column.ordinal()] = value;
  }
}
