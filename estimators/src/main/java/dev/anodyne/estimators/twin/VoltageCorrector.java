package dev.anodyne.estimators.twin;

/**
 * Kalman filter of reduced rank on the voltage innovation: two directions in which a cell's state
 * and the model's part most, the state of charge s and a series resistance r.
 *
 * <pre>
 *   V − V̂ = (dU/ds) δs + I δr + noise,   noise² = σ_V² + (σ_model |I|/I_1C)²
 * </pre>
 *
 * <p>The shift δs is applied to the twin at once (profiles keep their shape), so s is always zero
 * after an update; r stays with the filter and never enters the electrochemical state, because
 * ohmic resistance outside the anode does not move the anode potential.
 */
final class VoltageCorrector {
  private static final double VOLTAGE_SIGMA = 0.002;
  private static final double MODEL_SIGMA_AT_1C = 0.006;
  private static final double RESISTANCE_PRIOR_OHM_AH = 0.010;
  private static final double RESISTANCE_WALK_OHM_AH_PER_SQRT_S = 0.00005;
  private static final double CAPACITY_SIGMA = 0.015;
  private static final double SOC_WALK_PER_SQRT_S = 2e-5;
  private static final double SOC_SIGMA_FLOOR = 5e-4;

  private final double ampHours;

  private double resistanceOhm;
  private double varSoc;
  private double varResistance;
  private double covariance;
  private double socShift;
  private double resistanceShift;

  VoltageCorrector(double ampHours) {
    this.ampHours = ampHours;
  }

  /** Begins with a state of charge known to {@code socSigma}. */
  void start(double socSigma) {
    resistanceOhm = 0.0;
    varSoc = socSigma * socSigma;
    double sigma = RESISTANCE_PRIOR_OHM_AH / ampHours;
    varResistance = sigma * sigma;
    covariance = 0.0;
  }

  /** Uncertainty grows with time, charge moved (capacity error) and unseen charge. */
  void predict(double seconds, double amps, double unseenSoc) {
    double moved = amps * seconds / (3600.0 * ampHours);
    double drift = CAPACITY_SIGMA * moved;
    // A capacity error accumulates coherently: its variance grows with the deviation so far.
    varSoc +=
        2.0 * Math.sqrt(varSoc) * Math.abs(drift) * 0.25
            + SOC_WALK_PER_SQRT_S * SOC_WALK_PER_SQRT_S * seconds
            + unseenSoc * unseenSoc;
    double walk = RESISTANCE_WALK_OHM_AH_PER_SQRT_S / ampHours;
    varResistance += walk * walk * seconds;
  }

  /**
   * Takes in one innovation.
   *
   * @param innovationVolts measured minus model voltage, the resistance known so far taken off
   * @param slopeVolts dU/dSoC, V
   * @param amps cell current, A
   */
  void correct(double innovationVolts, double slopeVolts, double amps) {
    double load = MODEL_SIGMA_AT_1C * amps / ampHours;
    double noise = VOLTAGE_SIGMA * VOLTAGE_SIGMA + load * load;
    double hs = varSoc * slopeVolts + covariance * amps;
    double hr = covariance * slopeVolts + varResistance * amps;
    double total = slopeVolts * hs + amps * hr + noise;
    double gainSoc = hs / total;
    double gainResistance = hr / total;
    socShift = gainSoc * innovationVolts;
    resistanceShift = gainResistance * innovationVolts;
    resistanceOhm += resistanceShift;
    varSoc = Math.max(varSoc - gainSoc * hs, SOC_SIGMA_FLOOR * SOC_SIGMA_FLOOR);
    varResistance = Math.max(varResistance - gainResistance * hr, 1e-14);
    double limit = 0.99 * Math.sqrt(varSoc * varResistance);
    covariance = Math.min(Math.max(covariance - gainSoc * hr, -limit), limit);
  }

  /** Shift of the state of charge that the last correction asks for. */
  double socShift() {
    return socShift;
  }

  /** Series resistance beyond the model's, Ω. */
  double resistanceOhm() {
    return resistanceOhm;
  }

  double socSigma() {
    return Math.sqrt(varSoc);
  }

  double resistanceSigmaOhm() {
    return Math.sqrt(varResistance);
  }
}
