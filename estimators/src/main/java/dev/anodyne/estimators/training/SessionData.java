package dev.anodyne.estimators.training;

import java.util.Arrays;
import java.util.List;

/**
 * One session: every step as it was, and the rows made of them by {@link RowMaker} (inputs of both
 * kinds of network, the twin's own answer, the truth).
 */
final class SessionData {
  /**
   * Values of a row besides the inputs, in this order: the twin's own model, then the truth of the
   * cell with the lowest anode potential (the pack's mean state of charge), then what bounds grow
   * with. Units are SI; stoichiometries are electrode means unless they say where.
   */
  enum Column {
    SECONDS,
    TWIN_ANODE_POTENTIAL,
    TWIN_ANODE_SURFACE,
    TWIN_ANODE_SURFACE_AT_SEPARATOR,
    TWIN_CATHODE_SURFACE,
    TWIN_ANODE,
    TWIN_CATHODE,
    TWIN_SOC,
    TWIN_KELVIN,
    TRUE_ANODE_POTENTIAL,
    TRUE_ANODE_SURFACE,
    TRUE_ANODE_SURFACE_AT_SEPARATOR,
    TRUE_CATHODE_SURFACE,
    TRUE_ANODE,
    TRUE_CATHODE,
    TRUE_SOC,
    TRUE_KELVIN,
    C_RATE,
    KELVIN,
    FINDING_VOLTS
  }

  static final int COLUMNS = Column.values().length;

  final boolean reference;
  final boolean aged;
  final int series;
  SessionLabel label = SessionLabel.NONE;
  double hours;

  /** Whether the twin joined while current flowed, and found the state of charge by itself. */
  boolean joined;

  int rows;
  float[] augmented = new float[0];
  float[] learned = new float[0];
  double[] columns = new double[0];

  /** Every step of the session, {@link Sample#width} numbers each; empty when it was not kept. */
  float[] samples = new float[0];

  int sampleCount;

  SessionData(boolean reference, boolean aged, int series) {
    this.reference = reference;
    this.aged = aged;
    this.series = series;
  }

  void add(double[] augmentedRow, double[] learnedRow, double[] columnRow) {
    int a = augmentedRow.length;
    int l = learnedRow.length;
    if (columns.length < (rows + 1) * COLUMNS) {
      int capacity = Math.max(256, rows * 2);
      augmented = Arrays.copyOf(augmented, capacity * a);
      learned = Arrays.copyOf(learned, capacity * l);
      columns = Arrays.copyOf(columns, capacity * COLUMNS);
    }
    for (int i = 0; i < a; i++) {
      augmented[rows * a + i] = (float) augmentedRow[i];
    }
    for (int i = 0; i < l; i++) {
      learned[rows * l + i] = (float) learnedRow[i];
    }
    System.arraycopy(columnRow, 0, columns, rows * COLUMNS, COLUMNS);
    rows++;
  }

  /** Keeps a step; the number is that of its first value in {@link #samples}. */
  int addSample(double[] values) {
    int n = Sample.width();
    int at = sampleCount * n;
    if (samples.length < at + n) {
      samples = Arrays.copyOf(samples, Math.max(512, sampleCount * 2) * n);
    }
    for (int i = 0; i < n; i++) {
      samples[at + i] = (float) values[i];
    }
    sampleCount++;
    return at;
  }

  /** Forgets the steps; the rows stay. */
  void dropSamples() {
    samples = new float[0];
    sampleCount = 0;
  }

  /** Gives back the room that growing arrays keep in reserve. */
  void trim() {
    int capacity = columns.length / COLUMNS;
    if (capacity > rows) {
      augmented = Arrays.copyOf(augmented, augmented.length / capacity * rows);
      learned = Arrays.copyOf(learned, learned.length / capacity * rows);
      columns = Arrays.copyOf(columns, rows * COLUMNS);
    }
    samples = Arrays.copyOf(samples, sampleCount * Sample.width());
  }

  /** True when an input of a network is not a number. */
  boolean lacksInputs() {
    for (float[] inputs : List.of(augmented, learned)) {
      for (float input : inputs) {
        if (Float.isNaN(input)) {
          return true;
        }
      }
    }
    return false;
  }

  /** True when the twin ran on what earlier sessions had told about this battery. */
  boolean identified() {
    return label.identifiedSessions() > 0;
  }

  double get(int row, Column column) {
    return columns[row * COLUMNS + column.ordinal()];
  }
}
