package dev.anodyne.plantsim.pack;

/**
 * One Newton correction of the currents of parallel cells: for excess voltages e_i above the common
 * one it solves
 *
 * <pre>R_i δI_i + r Σ_j min(i, j) δI_j + e_i = δV,   Σ δI_i = 0</pre>
 *
 * by hand without busbars (r = 0), by elimination with them.
 */
final class CurrentSplit {
  private final int count;
  private final double busbarOhms;
  private final double[][] matrix;
  private final double[] rhs;

  CurrentSplit(int count, double busbarOhms) {
    this.count = count;
    this.busbarOhms = busbarOhms;
    matrix = new double[count + 1][count + 1];
    rhs = new double[count + 1];
  }

  /** Voltage over the busbars between the group's terminals and a cell, V. */
  double dropVolts(int cell, double[] amps) {
    if (busbarOhms == 0) {
      return 0;
    }
    double sum = 0;
    for (int j = 0; j < count; j++) {
      sum += Math.min(cell, j) * amps[j];
    }
    return busbarOhms * sum;
  }

  /**
   * Corrects currents.
   *
   * @param excess by how much each cell's voltage is above the mean weighted by conductance, V
   * @param amps Modified.
   */
  void correct(PackCell[] cells, double[] excess, double[] amps) {
    if (busbarOhms == 0) {
      for (int i = 0; i < count; i++) {
        amps[i] -= excess[i] * cells[i].siemens();
      }
      return;
    }
    fill(cells, excess);
    eliminate();
    for (int i = 0; i < count; i++) {
      amps[i] += rhs[i];
    }
  }

  private void fill(PackCell[] cells, double[] excess) {
    for (int i = 0; i < count; i++) {
      boolean open = !cells[i].isConnected();
      for (int j = 0; j < count; j++) {
        matrix[i][j] = open ? 0 : busbarOhms * Math.min(i, j);
      }
      matrix[i][i] += open ? 1 : 1 / cells[i].siemens();
      matrix[i][count] = open ? 0 : -1;
      rhs[i] = open ? 0 : -excess[i];
      matrix[count][i] = 1;
    }
    matrix[count][count] = 0;
    rhs[count] = 0;
  }

  /** Gauss without pivoting: resistances dominate the diagonal until the last row. */
  private void eliminate() {
    for (int k = 0; k < count; k++) {
      for (int i = k + 1; i <= count; i++) {
        double f = matrix[i][k] / matrix[k][k];
        for (int j = k; j <= count; j++) {
          matrix[i][j] -= f * matrix[k][j];
        }
        rhs[i] -= f * rhs[k];
      }
    }
    for (int i = count; i >= 0; i--) {
      double sum = rhs[i];
      for (int j = i + 1; j <= count; j++) {
        sum -= matrix[i][j] * rhs[j];
      }
      rhs[i] = sum / matrix[i][i];
    }
  }
}
