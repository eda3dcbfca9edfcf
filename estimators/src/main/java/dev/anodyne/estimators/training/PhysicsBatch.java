package dev.anodyne.estimators.training;

/**
 * What the physics in the loss needs to know of a batch besides the network's outputs: all of it
 * measured, nothing of it true. Rows stand group after group, each group some rows of one session;
 * after them come probes: copies of rows whose present current is a little higher.
 *
 * @param starts first row of each group, then the number of rows
 * @param probed the row that each probe is a copy of
 * @param amps cell current of each row, A
 * @param filteredAmps the same through a filter of 100 s, A
 * @param volts voltage of the highest cell, V
 * @param spreadVolts how much higher it may be than the weakest cell's, V
 * @param kelvin temperature, K
 * @param ampHours charge since the session's start, A·h
 */
@SuppressWarnings("ArrayRecordComponent") // Read-only after construction, compared nowhere.
record PhysicsBatch(
    int[] starts,
    int[] probed,
    double[] amps,
    double[] filteredAmps,
    double[] volts,
    double[] spreadVolts,
    double[] kelvin,
    double[] ampHours) {

  int groups() {
    return starts.length - 1;
  }

  /** Rows with labels. */
  int rows() {
    return starts[groups()];
  }

  /** Rows and probes. */
  int size() {
    return rows() + probed.length;
  }
}
