package dev.anodyne.estimators.training;

import java.util.Arrays;

/** The rows of one session: inputs of both kinds of network, the twin's own answer, the truth. */
final class SessionData {
  /** Values of a row besides the inputs, in this order. */
  enum Column {
    SECONDS("Time [s]"),
    TWIN_ANODE_POTENTIAL("Twin anode potential [V]"),
    TWIN_ANODE_SURFACE("Twin anode surface stoichiometry"),
    TWIN_ANODE_SURFACE_AT_SEPARATOR("Twin anode surface stoichiometry at separator"),
    TWIN_CATHODE_SURFACE("Twin cathode surface stoichiometry"),
    TWIN_SOC("Twin state of charge"),
    TRUE_ANODE_POTENTIAL("Anode potential [V]"),
    TRUE_ANODE_SURFACE("Anode surface stoichiometry"),
    TRUE_ANODE_SURFACE_AT_SEPARATOR("Anode surface stoichiometry at separator"),
    TRUE_CATHODE_SURFACE("Cathode surface stoichiometry"),
    TRUE_SOC("State of charge"),
    C_RATE("Twin C-rate [h-1]"),
    KELVIN("Twin temperature [K]"),
    FINDING_VOLTS("Margin while finding [V]");

    private final String title;

    Column(String title) {
      this.title = title;
    }

    /** The column's name in files. */
    String title() {
      return title;
    }
  }

  static final int COLUMNS = Column.values().length;

  final boolean reference;
  final boolean aged;
  final int series;
  SessionLabel label = SessionLabel.NONE;
  double hours;
  int rows;
  float[] augmented = new float[0];
  float[] learned = new float[0];
  double[] columns = new double[0];

  /** Every step of the session, in the order of {@link Sample}; empty when it was not kept. */
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

  void addSample(double[] values) {
    int n = Sample.values().length;
    if (samples.length < (sampleCount + 1) * n) {
      samples = Arrays.copyOf(samples, Math.max(512, sampleCount * 2) * n);
    }
    for (int i = 0; i < n; i++) {
      samples[sampleCount * n + i] = (float) values[i];
    }
    sampleCount++;
  }

  /** Gives back the room that growing arrays keep in reserve. */
  void trim() {
    int capacity = columns.length / COLUMNS;
    if (capacity > rows) {
      augmented = Arrays.copyOf(augmented, augmented.length / capacity * rows);
      learned = Arrays.copyOf(learned, learned.length / capacity * rows);
      columns = Arrays.copyOf(columns, rows * COLUMNS);
    }
    samples = Arrays.copyOf(samples, sampleCount * Sample.values().length);
  }

  double get(int row, Column column) {
    return columns[row * COLUMNS + column.ordinal()];
  }
}
