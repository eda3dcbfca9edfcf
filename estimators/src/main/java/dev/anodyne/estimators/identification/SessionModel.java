package dev.anodyne.estimators.identification;

import dev.anodyne.core.cell.BadCellException;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dParameter;
import dev.anodyne.core.p2d.P2dRollout.Output;
import dev.anodyne.core.p2d.P2dSensitivities;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.SolveStatus;
import java.util.EnumMap;
import java.util.Map;

/**
 * A session's voltages and temperatures as functions of the unknowns: the identified parameters in
 * their internal coordinates, then the session's own nuisances ({@link Nuisance}).
 *
 * <p>The lithium inventory ties the electrodes: n = Q_n x_½ a + Q_p y_½ c − L Q, with a and c the
 * factors on their material, x_½ and y_½ their stoichiometries at half charge (material is lost
 * with the lithium that it then holds) and L the lost share of the capacity Q. The anode's
 * stoichiometry x₀ at the start is free, the cathode's is y₀ = (n − Q_n a x₀)/(Q_p c).
 */
final class SessionModel {
  /** What differs from session to session and is not the battery's. */
  enum Nuisance {
    /** Anode's stoichiometry at the start. */
    START_STOICHIOMETRY,
    /** Voltage read too high, V. */
    VOLTAGE_BIAS,
    /** Share by which the current is read too high. */
    CURRENT_GAIN,
    /** Temperature read too high, K. */
    TEMPERATURE_BIAS,
    /** True temperature at the start, K. */
    START_TEMPERATURE,
    /** True ambient temperature, K. */
    AMBIENT_TEMPERATURE
  }

  static final int UNKNOWNS = IdentifiedParameter.count() + Nuisance.values().length;

  private static final P2dParameter[] COLUMNS = {
    P2dParameter.ANODE_ACTIVE_FRACTION,
    P2dParameter.CATHODE_ACTIVE_FRACTION,
    P2dParameter.SERIES_RESISTANCE,
    P2dParameter.ANODE_DIFFUSIVITY,
    P2dParameter.CATHODE_DIFFUSIVITY,
    P2dParameter.ANODE_EXCHANGE,
    P2dParameter.CATHODE_EXCHANGE,
    P2dParameter.ELECTROLYTE_CONDUCTIVITY,
    P2dParameter.ELECTROLYTE_DIFFUSIVITY,
    P2dParameter.HEAT_TRANSFER,
    P2dParameter.INITIAL_ANODE_STOICHIOMETRY,
    P2dParameter.INITIAL_CATHODE_STOICHIOMETRY,
    P2dParameter.CAPACITY,
    P2dParameter.AMBIENT_TEMPERATURE,
    P2dParameter.INITIAL_TEMPERATURE
  };

  /** The columns of the session's own unknowns: a third of the work. */
  private static final P2dParameter[] OWN_COLUMNS = {
    P2dParameter.INITIAL_ANODE_STOICHIOMETRY,
    P2dParameter.INITIAL_CATHODE_STOICHIOMETRY,
    P2dParameter.CAPACITY,
    P2dParameter.AMBIENT_TEMPERATURE,
    P2dParameter.INITIAL_TEMPERATURE
  };

  private static final Map<IdentifiedParameter, P2dParameter> SAME =
      new EnumMap<>(
          Map.of(
              IdentifiedParameter.ANODE_DIFFUSIVITY, P2dParameter.ANODE_DIFFUSIVITY,
              IdentifiedParameter.CATHODE_DIFFUSIVITY, P2dParameter.CATHODE_DIFFUSIVITY,
              IdentifiedParameter.ANODE_EXCHANGE, P2dParameter.ANODE_EXCHANGE,
              IdentifiedParameter.CATHODE_EXCHANGE, P2dParameter.CATHODE_EXCHANGE,
              IdentifiedParameter.CONDUCTIVITY, P2dParameter.ELECTROLYTE_CONDUCTIVITY,
              IdentifiedParameter.ELECTROLYTE_DIFFUSIVITY, P2dParameter.ELECTROLYTE_DIFFUSIVITY,
              IdentifiedParameter.HEAT_TRANSFER, P2dParameter.HEAT_TRANSFER));

  private static final double LEAST_STOICHIOMETRY = 1e-3;

  private final CellParameters kind;
  private final P2dOptions options;
  private final SessionSteps steps;
  private final double ampHours;
  private final double anodeSites;
  private final double cathodeSites;
  private final double anodeHalf;
  private final double cathodeHalf;
  private final double capacity;
  private final double[] current;
  private final boolean ofBattery;

  final double[] volts;
  final double[] kelvin;

  /** ∂volts/∂unknown and ∂kelvin/∂unknown, one row a step. */
  final double[][] voltsSlope;

  final double[][] kelvinSlope;

  /**
   * @param ofBattery true for derivatives with respect to all unknowns; false leaves those of the
   *     battery's parameters zero
   */
  SessionModel(CellParameters kind, P2dOptions options, SessionSteps steps, boolean ofBattery) {
    this.ofBattery = ofBattery;
    this.kind = kind;
    this.options = options;
    this.steps = steps;
    ampHours = kind.nominalCapacityAmpHours();
    anodeSites = kind.anode().siteCapacityAmpHours(kind.electrodeAreaM2());
    cathodeSites = kind.cathode().siteCapacityAmpHours(kind.electrodeAreaM2());
    anodeHalf = kind.anodeStoichiometry(0.5);
    cathodeHalf = kind.cathodeStoichiometry(0.5);
    capacity = kind.capacityAmpHours();
    current = new double[steps.count];
    volts = new double[steps.count];
    kelvin = new double[steps.count];
    voltsSlope = new double[steps.count][UNKNOWNS];
    kelvinSlope = new double[steps.count][UNKNOWNS];
  }

  static int index(Nuisance n) {
    return IdentifiedParameter.count() + n.ordinal();
  }

  private static double at(double[] x, Nuisance n) {
    return x[index(n)];
  }

  /** The anode's stoichiometry at rest at a voltage, given the battery's parameters. */
  double stoichiometryAt(double[] x, double restVolts) {
    CellParameters cell = cell(x);
    double low = -0.1;
    double high = 1.1;
    for (int i = 0; i < 60; i++) {
      double soc = 0.5 * (low + high);
      if (cell.openCircuitVolts(soc) < restVolts) {
        low = soc;
      } else {
        high = soc;
      }
    }
    return cell.anodeStoichiometry(0.5 * (low + high));
  }

  private CellParameters cell(double[] x) {
    return kind.with(IdentifiedCell.variation(x, ampHours));
  }

  /**
   * Runs the session.
   *
   * @param x the unknowns
   * @return false when the model cannot be run with them; all results are then meaningless
   */
  boolean run(double[] x) {
    double a = Math.exp(x[IdentifiedParameter.ANODE_MATERIAL.ordinal()]);
    double c = Math.exp(x[IdentifiedParameter.CATHODE_MATERIAL.ordinal()]);
    double lost = x[IdentifiedParameter.LITHIUM_LOSS.ordinal()];
    double x0 = at(x, Nuisance.START_STOICHIOMETRY);
    double lithium = anodeSites * anodeHalf * a + cathodeSites * cathodeHalf * c - lost * capacity;
    double y0 = (lithium - anodeSites * a * x0) / (cathodeSites * c);
    if (!inside(x0) || !inside(y0)) {
      return false;
    }
    P2dModel model;
    try {
      model = P2dModel.of(cell(x), options);
    } catch (BadCellException e) {
      return false; // A trial of the fit may lie where no cell can.
    }
    P2dState start = model.newState(0.5, at(x, Nuisance.START_TEMPERATURE));
    model.initialiseStoichiometries(start, x0, y0, at(x, Nuisance.START_TEMPERATURE));
    double gain = 1 + at(x, Nuisance.CURRENT_GAIN);
    for (int k = 0; k < steps.count; k++) {
      current[k] = steps.amps[k] / gain;
    }
    P2dSensitivities s =
        new P2dSensitivities(model, steps.count, ofBattery ? COLUMNS : OWN_COLUMNS);
    double ambient = at(x, Nuisance.AMBIENT_TEMPERATURE);
    s.begin(start, ambient);
    if (s.advance(steps.count, steps.seconds, current, ambient) != SolveStatus.OK) {
      return false;
    }
    double[] toCathode = {
      (anodeSites * a * (anodeHalf - x0)) / (cathodeSites * c),
      cathodeHalf - y0,
      -capacity / (cathodeSites * c),
      -anodeSites * a / (cathodeSites * c)
    };
    for (int k = 0; k < steps.count; k++) {
      volts[k] = s.value(Output.VOLTAGE, k) + at(x, Nuisance.VOLTAGE_BIAS);
      kelvin[k] = s.value(Output.TEMPERATURE, k) + at(x, Nuisance.TEMPERATURE_BIAS);
      slopes(s, Output.VOLTAGE, k, toCathode, gain, voltsSlope[k]);
      slopes(s, Output.TEMPERATURE, k, toCathode, gain, kelvinSlope[k]);
      voltsSlope[k][index(Nuisance.VOLTAGE_BIAS)] = 1;
      kelvinSlope[k][index(Nuisance.TEMPERATURE_BIAS)] = 1;
    }
    return true;
  }

  /** The chain rule from the model's parameters to the unknowns. */
  private void slopes(
      P2dSensitivities s, Output o, int k, double[] toCathode, double gain, double[] out) {
    double cathode = s.derivative(o, k, P2dParameter.INITIAL_CATHODE_STOICHIOMETRY);
    if (ofBattery) {
      slopesOfBattery(s, o, k, cathode, toCathode, out);
    }
    out[index(Nuisance.START_STOICHIOMETRY)] =
        s.derivative(o, k, P2dParameter.INITIAL_ANODE_STOICHIOMETRY) + cathode * toCathode[3];
    // Less current through a cell is the same as the same current through a larger cell.
    out[index(Nuisance.CURRENT_GAIN)] = s.derivative(o, k, P2dParameter.CAPACITY) / gain;
    out[index(Nuisance.START_TEMPERATURE)] = s.derivative(o, k, P2dParameter.INITIAL_TEMPERATURE);
    out[index(Nuisance.AMBIENT_TEMPERATURE)] = s.derivative(o, k, P2dParameter.AMBIENT_TEMPERATURE);
  }

  private void slopesOfBattery(
      P2dSensitivities s, Output o, int k, double cathode, double[] toCathode, double[] out) {
    out[IdentifiedParameter.ANODE_MATERIAL.ordinal()] =
        s.derivative(o, k, P2dParameter.ANODE_ACTIVE_FRACTION) + cathode * toCathode[0];
    out[IdentifiedParameter.CATHODE_MATERIAL.ordinal()] =
        s.derivative(o, k, P2dParameter.CATHODE_ACTIVE_FRACTION) + cathode * toCathode[1];
    out[IdentifiedParameter.LITHIUM_LOSS.ordinal()] = cathode * toCathode[2];
    out[IdentifiedParameter.SERIES_RESISTANCE.ordinal()] =
        s.derivative(o, k, P2dParameter.SERIES_RESISTANCE) / ampHours;
    SAME.forEach((p, same) -> out[p.ordinal()] = s.derivative(o, k, same));
  }

  private static boolean inside(double stoichiometry) {
    return stoichiometry > LEAST_STOICHIOMETRY && stoichiometry < 1 - LEAST_STOICHIOMETRY;
  }

  /** True when the temperature is the model's own and tells something. */
  boolean isThermal() {
    return options.thermal() == P2dOptions.Thermal.LUMPED;
  }
}
