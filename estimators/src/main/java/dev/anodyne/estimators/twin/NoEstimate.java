package dev.anodyne.estimators.twin;

import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.p2d.P2dState;

/** Estimates without numbers: what was measured, and that nothing else may be used. */
final class NoEstimate {
  private NoEstimate() {}

  /** For a sample that could not be used. */
  static CellEstimate of(Measurement m, double cellAmps, P2dState state) {
    return make(
        m.timeNanos(), cellAmps, m.maxCellVoltageVolts(), m.maxCellTemperatureKelvin(), state);
  }

  /** Before the first sample. */
  static CellEstimate yet(P2dState state) {
    return make(0L, Double.NaN, Double.NaN, Double.NaN, state);
  }

  private static CellEstimate make(
      long nanos, double amps, double volts, double kelvin, P2dState state) {
    return new CellEstimate(
        nanos,
        false,
        false,
        amps,
        volts,
        kelvin,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        Double.NaN,
        0.0,
        state);
  }
}
