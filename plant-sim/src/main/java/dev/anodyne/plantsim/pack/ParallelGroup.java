package dev.anodyne.plantsim.pack;

/**
 * Cells wired in parallel: one voltage, currents that add up. The split is found by Newton's method
 * on the cells' voltages with secant resistances: with Vᵢ(Iᵢ) ≈ Vᵢ + Rᵢ·δIᵢ and Σ δIᵢ = 0,
 *
 * <pre>V* = Σ(Vᵢ/Rᵢ) / Σ(1/Rᵢ),   δIᵢ = (V* − Vᵢ)/Rᵢ</pre>
 *
 * so the currents sum to the group's at every iteration.
 */
final class ParallelGroup {
  /** Voltages agree to this; at 30 mΩ it is 0.1 mA. */
  static final double VOLTAGE_TOLERANCE = 3e-6;

  private static final int MAX_ITERATIONS = 25;

  private final PackCell[] cells;
  private final double[] amps;
  private double sumAmps;
  private double volts;

  ParallelGroup(PackCell[] cells) {
    this.cells = cells;
    amps = new double[cells.length];
    volts = restVolts();
  }

  private double restVolts() {
    double sum = 0;
    for (PackCell cell : cells) {
      sum += cell.outputs().voltageVolts;
    }
    return sum / cells.length;
  }

  void begin() {
    for (PackCell cell : cells) {
      cell.begin();
    }
  }

  /** Tries the step at the group's current; false when there is no solution. */
  boolean tryStep(double groupAmps, double dtSeconds, double ambientKelvin) {
    shareChange(groupAmps - sumAmps);
    sumAmps = groupAmps;
    if (cells.length == 1) {
      amps[0] = groupAmps; // exactly, without the rounding of a sum of changes
      boolean solved = cells[0].tryStep(groupAmps, dtSeconds, ambientKelvin);
      volts = solved ? cells[0].trialVolts() : Double.NaN;
      return solved;
    }
    for (int iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
      for (int i = 0; i < cells.length; i++) {
        if (!cells[i].tryStep(amps[i], dtSeconds, ambientKelvin)) {
          shareEvenly(groupAmps);
          return false;
        }
      }
      volts = commonVolts();
      if (spreadAround(volts) < VOLTAGE_TOLERANCE) {
        return true;
      }
      for (int i = 0; i < cells.length; i++) {
        amps[i] += (volts - cells[i].trialVolts()) / cells[i].ohms();
      }
    }
    return false;
  }

  private void shareChange(double changeAmps) {
    double ohms = ohms();
    for (int i = 0; i < cells.length; i++) {
      amps[i] += changeAmps * ohms / cells[i].ohms();
    }
  }

  /** Forgets a split that led nowhere. */
  private void shareEvenly(double groupAmps) {
    for (int i = 0; i < cells.length; i++) {
      amps[i] = groupAmps / cells.length;
    }
  }

  private double commonVolts() {
    double weighted = 0;
    double conductance = 0;
    for (PackCell cell : cells) {
      weighted += cell.trialVolts() / cell.ohms();
      conductance += 1.0 / cell.ohms();
    }
    return weighted / conductance;
  }

  private double spreadAround(double common) {
    double worst = 0;
    for (PackCell cell : cells) {
      worst = Math.max(worst, Math.abs(cell.trialVolts() - common));
    }
    return worst;
  }

  void accept(double dtSeconds) {
    for (PackCell cell : cells) {
      cell.accept(dtSeconds);
    }
  }

  /** Voltage of the last trial, V. */
  double volts() {
    return volts;
  }

  /** Resistance of the group, Ω. */
  double ohms() {
    double conductance = 0;
    for (PackCell cell : cells) {
      conductance += 1.0 / cell.ohms();
    }
    return 1.0 / conductance;
  }
}
