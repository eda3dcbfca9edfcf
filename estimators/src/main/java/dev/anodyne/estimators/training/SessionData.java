package dev.anodyne.estimators.training;

import java.util.Arrays;

/** The rows of one session: inputs of both kinds of network, the twin's own answer, the truth. */
final class SessionData {
  /** Values of a row besides the inputs, in this order. */
  enum Column {
    SECONDS,
    TWIN_ANODE_POTENTIAL,
    TWIN_ANODE_SURFACE,
    TWIN_ANODE_SURFACE_AT_SEPARATOR,
    TWIN_CATHODE_SURFACE,
    TWIN_SOC,
    TRUE_ANODE_POTENTIAL,
    TRUE_ANODE_SURFACE,
    TRUE_ANODE_SURFACE_AT_SEPARATOR,
    TRUE_CATHODE_SURFACE,
    TRUE_SOC,
    C_RATE,
    KELVIN,
    FINDING_VOLTS
  }

  static final int COLUMNS = Column.values().length;

  final boolean reference;
  final boolean aged;
  final int series;
  double hours;
  int rows;
  float[] augmented = new float[0];
  float[] learned = new float[0];
  double[] columns = new double[0];

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

  /** Gives back the room that growing arrays keep in reserve. */
  void trim() {
    int capacity = columns.length / COLUMNS;
    if (capacity > rows) {
      augmented = Arrays.copyOf(augmented, augmented.length / capacity * rows);
      learned = Arrays.copyOf(learned, learned.length / capacity * rows);
      columns = Arrays.copyOf(columns, rows * COLUMNS);
    }
  }

  double get(int row, Column column) {
    return columns[row * COLUMNS + column.ordinal()];
  }
}
