package dev.anodyne.estimators.twin;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dParameter;
import dev.anodyne.core.p2d.P2dTracker;
import dev.anodyne.core.p2d.P2dTracker.Quantity;
import dev.anodyne.estimators.identification.IdentifiedParameter;

/**
 * The chain rule from the tracker's columns to the entries of {@link FilterPrior}, and the place
 * where everything is linearised.
 *
 * <p>The lithium inventory ties the electrodes at the start, as in the identification: n = Q_n x_½
 * a + Q_p y_½ c − L Q, so y₀ = (n − Q_n a x₀)/(Q_p c) follows from the anode's x₀, the active
 * materials a and c and the lost lithium L.
 */
final class FilterTangents {
  private static final IdentifiedParameter[] DIRECT = {
    IdentifiedParameter.ANODE_DIFFUSIVITY,
    IdentifiedParameter.CATHODE_DIFFUSIVITY,
    IdentifiedParameter.ANODE_EXCHANGE,
    IdentifiedParameter.CATHODE_EXCHANGE,
    IdentifiedParameter.CONDUCTIVITY,
    IdentifiedParameter.ELECTROLYTE_DIFFUSIVITY
  };

  private static final P2dParameter[] COLUMNS = {
    P2dParameter.ANODE_DIFFUSIVITY,
    P2dParameter.CATHODE_DIFFUSIVITY,
    P2dParameter.ANODE_EXCHANGE,
    P2dParameter.CATHODE_EXCHANGE,
    P2dParameter.ELECTROLYTE_CONDUCTIVITY,
    P2dParameter.ELECTROLYTE_DIFFUSIVITY,
    P2dParameter.ANODE_ACTIVE_FRACTION,
    P2dParameter.CATHODE_ACTIVE_FRACTION,
    P2dParameter.INITIAL_ANODE_STOICHIOMETRY,
    P2dParameter.INITIAL_CATHODE_STOICHIOMETRY,
    P2dParameter.CAPACITY,
    P2dParameter.INITIAL_TEMPERATURE,
    P2dParameter.FILM_RESISTANCE
  };

  private static final int ANODE_ACTIVE = 6;
  private static final int CATHODE_ACTIVE = 7;
  private static final int ANODE_START = 8;
  private static final int CATHODE_START = 9;
  private static final int CAPACITY = 10;
  private static final int KELVIN = 11;
  private static final int FILM = 12;

  /** Active material and lithium, whose change moves the window of the state of charge. */
  private static final IdentifiedParameter[] BALANCE = {
    IdentifiedParameter.ANODE_MATERIAL,
    IdentifiedParameter.CATHODE_MATERIAL,
    IdentifiedParameter.LITHIUM_LOSS
  };

  private static final double BALANCE_STEP = 0.01;

  final P2dTracker tracker;
  private final CellParameters cell;
  private final double anodeSites;
  private final double cathodeSites;
  private final double[] emptySlope = new double[BALANCE.length];
  private final double[] fullSlope = new double[BALANCE.length];

  /** ∂y₀ by anode material, cathode material, lost lithium, x₀. */
  private final double[] toCathode = new double[4];

  private final double[] moveBy = new double[COLUMNS.length + 1];

  FilterTangents(P2dModel model) {
    cell = model.cell();
    tracker = new P2dTracker(model, COLUMNS);
    anodeSites = cell.anode().siteCapacityAmpHours(cell.electrodeAreaM2());
    cathodeSites = cell.cathode().siteCapacityAmpHours(cell.electrodeAreaM2());
    for (int b = 0; b < BALANCE.length; b++) {
      CellParameters more = cell.with(variation(b, BALANCE_STEP));
      CellParameters less = cell.with(variation(b, -BALANCE_STEP));
      emptySlope[b] =
          (more.anodeStoichiometry(0) - less.anodeStoichiometry(0)) / (2 * BALANCE_STEP);
      fullSlope[b] = (more.anodeStoichiometry(1) - less.anodeStoichiometry(1)) / (2 * BALANCE_STEP);
    }
  }

  private static CellVariation variation(int b, double z) {
    double left = 1 - Math.exp(z);
    return new CellVariation(
        1, 0, 1, 1, 1, 1, 1, 1, b == 2 ? z : 0, b == 0 ? left : 0, b == 1 ? left : 0, 1);
  }

  /** The linearised start: stoichiometries from which the tracker began. */
  void begin(double anodeStart, double cathodeStart) {
    toCathode[0] = anodeSites * (cell.anodeStoichiometry(0.5) - anodeStart) / cathodeSites;
    toCathode[1] = cell.cathodeStoichiometry(0.5) - cathodeStart;
    toCathode[2] = -cell.capacityAmpHours() / cathodeSites;
    toCathode[3] = -anodeSites / cathodeSites;
  }

  /**
   * ∂quantity/∂z.
   *
   * @param row Modified: {@link FilterPrior#SIZE} entries.
   */
  void row(Quantity q, double[] row) {
    java.util.Arrays.fill(row, 0);
    for (int i = 0; i < DIRECT.length; i++) {
      row[DIRECT[i].ordinal()] = tracker.derivative(q, i);
    }
    double cathode = tracker.derivative(q, CATHODE_START);
    row[IdentifiedParameter.ANODE_MATERIAL.ordinal()] =
        tracker.derivative(q, ANODE_ACTIVE) + cathode * toCathode[0];
    row[IdentifiedParameter.CATHODE_MATERIAL.ordinal()] =
        tracker.derivative(q, CATHODE_ACTIVE) + cathode * toCathode[1];
    row[IdentifiedParameter.LITHIUM_LOSS.ordinal()] = cathode * toCathode[2];
    row[FilterPrior.START] = tracker.derivative(q, ANODE_START) + cathode * toCathode[3];
    // Less current through a cell is the same as the same current through a larger cell.
    row[FilterPrior.CURRENT_GAIN] = tracker.derivative(q, CAPACITY);
    row[FilterPrior.FILM] = tracker.derivative(q, FILM);
    row[FilterPrior.TEMPERATURE_BIAS] = -tracker.derivative(q, KELVIN);
  }

  /** The voltage's: with what the sensor and the wires add. */
  void voltageRow(double amps, double[] row) {
    row(Quantity.VOLTAGE, row);
    row[IdentifiedParameter.SERIES_RESISTANCE.ordinal()] = amps / cell.nominalCapacityAmpHours();
    row[FilterPrior.VOLTAGE_BIAS] = 1;
    row[FilterPrior.MODEL] = 1;
  }

  /**
   * The state of charge's, whose window moves with material and lithium.
   *
   * @param row Modified: holds that of the anode's mean stoichiometry before.
   */
  void socRow(double soc, double[] row) {
    double window = cell.anodeStoichiometry(1) - cell.anodeStoichiometry(0);
    for (int b = 0; b < BALANCE.length; b++) {
      row[BALANCE[b].ordinal()] -= emptySlope[b] + soc * (fullSlope[b] - emptySlope[b]);
    }
    for (int i = 0; i < row.length; i++) {
      row[i] /= window;
    }
  }

  /** What the followed state itself has been moved by. */
  double moved(Quantity q) {
    return tracker.derivative(q, tracker.moved());
  }

  /** Stoichiometry per state of charge. */
  double anodeWindow() {
    return cell.anodeStoichiometry(1) - cell.anodeStoichiometry(0);
  }

  /** Moves the followed state to where deviations {@code z} put the cell. */
  boolean move(double[] z) {
    for (int i = 0; i < DIRECT.length; i++) {
      moveBy[i] = z[DIRECT[i].ordinal()];
    }
    double a = z[IdentifiedParameter.ANODE_MATERIAL.ordinal()];
    double c = z[IdentifiedParameter.CATHODE_MATERIAL.ordinal()];
    double lost = z[IdentifiedParameter.LITHIUM_LOSS.ordinal()];
    moveBy[ANODE_ACTIVE] = a;
    moveBy[CATHODE_ACTIVE] = c;
    moveBy[ANODE_START] = z[FilterPrior.START];
    moveBy[CATHODE_START] =
        toCathode[0] * a
            + toCathode[1] * c
            + toCathode[2] * lost
            + toCathode[3] * z[FilterPrior.START];
    moveBy[CAPACITY] = z[FilterPrior.CURRENT_GAIN];
    moveBy[FILM] = z[FilterPrior.FILM];
    moveBy[KELVIN] = -z[FilterPrior.TEMPERATURE_BIAS];
    moveBy[tracker.moved()] = -1;
    return tracker.move(moveBy);
  }

  P2dOutputs outputs() {
    return tracker.outputs();
  }
}
