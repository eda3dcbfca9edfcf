package dev.anodyne.mpc.objective;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.Constants;
import dev.anodyne.core.cell.Electrode;
import dev.anodyne.core.cell.SeiData;
import dev.anodyne.core.cell.ThermalData;
import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import dev.anodyne.mpc.objective.CellSurvey.Quantity;
import java.util.Arrays;

/**
 * The charges behind a {@link CellSurvey}: from empty at constant current and temperature, with all
 * side reactions that the parameter set has data for. The temperature is put back after each step;
 * the heat is what it rose by, so that the reversible heat counts too.
 */
final class SurveyRun {
  private static final int STEPS_PER_CELL = 2;
  private static final double FIRST_SECONDS = 1.0;

  /** Plated lithium is in equilibrium with the anode long before this, s. */
  private static final double REST_SECONDS = 7200.0;

  /** A run ends where the voltage is far beyond any use, V above the cut-off. */
  private static final double BEYOND_CUT_OFF_VOLTS = 0.3;

  private final P2dModel model;
  private final double kelvin;
  private final P2dState state;
  private final P2dWorkspace workspace;
  private final P2dOutputs outputs = new P2dOutputs();
  private double heatWatts;
  private double seiPerSecond;
  private double deadPerSecond;

  private SurveyRun(P2dModel model, double kelvin) {
    this.model = model;
    this.kelvin = kelvin;
    state = model.newState(0.0, kelvin);
    workspace = model.newWorkspace();
  }

  /** Makes the tables of a cell. */
  static CellSurvey survey(CellParameters cell) {
    P2dModel model = P2dModel.of(cell, options(cell));
    int temperatures = CellSurvey.KELVIN.length;
    int rates = CellSurvey.RATES.length;
    double[][][][] tables =
        new double[Quantity.values().length][temperatures][rates][CellSurvey.SOC_CELLS + 1];
    for (int t = 0; t < temperatures; t++) {
      SurveyRun run = new SurveyRun(model, CellSurvey.KELVIN[t]);
      for (int r = 0; r < rates; r++) {
        run.fill(tables, t, r);
      }
    }
    return new CellSurvey(tables, cell.nominalCapacityAmpHours(), cell.capacityAmpHours());
  }

  private static P2dOptions options(CellParameters cell) {
    boolean sei = cell.sei().isPresent();
    boolean plating = cell.plating().isPresent();
    P2dOptions.Ageing one = sei ? P2dOptions.Ageing.SEI : P2dOptions.Ageing.NONE;
    P2dOptions.Ageing withPlating = sei ? P2dOptions.Ageing.FULL : P2dOptions.Ageing.PLATING;
    return P2dOptions.CONTROL
        .withAgeing(plating ? withPlating : one)
        .withThermal(
            cell.thermal().isPresent() ? P2dOptions.Thermal.LUMPED : P2dOptions.Thermal.ISOTHERMAL);
  }

  private void fill(double[][][][] tables, int t, int r) {
    double amps = CellSurvey.RATES[r] * model.cell().nominalCapacityAmpHours();
    int done = amps > 0.0 ? charge(tables, t, r, amps) : rest(tables, t, r);
    for (int s = done; s <= CellSurvey.SOC_CELLS; s++) {
      for (double[][][] table : tables) {
        table[t][r][s] = extrapolated(table[t], r, s);
      }
    }
  }

  /** Where the run did not get to, the line through the two currents below. */
  private static double extrapolated(double[][] table, int r, int s) {
    if (r < 2) {
      return r == 0 ? 0.0 : table[0][s];
    }
    double[] x = CellSurvey.RATES;
    double slope = (table[r - 1][s] - table[r - 2][s]) / (x[r - 1] - x[r - 2]);
    return table[r - 1][s] + slope * (x[r] - x[r - 1]);
  }

  /** Returns how many entries were made. */
  private int charge(double[][][][] tables, int t, int r, double amps) {
    double highest = model.cell().upperCutOffVolts() + BEYOND_CUT_OFF_VOLTS;
    double cellSeconds = 3600.0 * model.cell().capacityAmpHours() / amps / CellSurvey.SOC_CELLS;
    begin(0.0);
    if (!step(amps, FIRST_SECONDS)) {
      return 0;
    }
    store(tables, t, r, 0);
    for (int s = 1; s <= CellSurvey.SOC_CELLS; s++) {
      for (int i = 0; i < STEPS_PER_CELL; i++) {
        if (!step(amps, cellSeconds / STEPS_PER_CELL) || outputs.voltageVolts > highest) {
          return s;
        }
      }
      store(tables, t, r, s);
    }
    return CellSurvey.SOC_CELLS + 1;
  }

  private int rest(double[][][][] tables, int t, int r) {
    for (int s = 0; s <= CellSurvey.SOC_CELLS; s++) {
      begin(s / (double) CellSurvey.SOC_CELLS);
      if (!step(0.0, REST_SECONDS) || !step(0.0, 0.5 * REST_SECONDS)) {
        return s;
      }
      store(tables, t, r, s);
    }
    return CellSurvey.SOC_CELLS + 1;
  }

  private void begin(double soc) {
    model.initialise(state, soc, kelvin);
    outputs.lossToSeiAmpHours = 0.0;
    outputs.deadLithiumAmpHours = 0.0;
  }

  private boolean step(double amps, double seconds) {
    double sei = outputs.lossToSeiAmpHours;
    double dead = outputs.deadLithiumAmpHours;
    if (!P2dStepper.step(
            model, state, P2dControl.CURRENT, amps, seconds, kelvin, workspace, outputs)
        .isUsable()) {
      return false;
    }
    seiPerSecond =
        onFreshFilm(
            (outputs.lossToSeiAmpHours - sei) / seconds, 0.5 * (outputs.lossToSeiAmpHours + sei));
    deadPerSecond = (outputs.deadLithiumAmpHours - dead) / seconds;
    heatWatts = heat(model.temperatureKelvin(state) - kelvin, seconds);
    model.setTemperatureKelvin(state, kelvin);
    return true;
  }

  /**
   * The growth on the film of the set. The film grows during a run, which slows the growth by dL/dt
   * = 1/(1/r + L/d); without this, slow charges would seem to age a cell less.
   */
  private double onFreshFilm(double ampHoursPerSecond, double grownAmpHours) {
    if (model.cell().sei().isEmpty() || !(ampHoursPerSecond > 0.0)) {
      return ampHoursPerSecond;
    }
    SeiData data = model.cell().sei().get();
    Electrode anode = model.cell().anode();
    double ampHoursPerMetre =
        data.chargePerThickness()
            * anode.surfaceAreaPerM()
            * anode.thicknessM()
            * model.cell().electrodeAreaM2()
            / 3600.0;
    double diffusionInverse =
        data.diffusionInverse()
            / Constants.arrhenius(data.activation(), model.cell().referenceKelvin(), kelvin);
    double slowed = ampHoursPerMetre / ampHoursPerSecond;
    return ampHoursPerMetre / (slowed - grownAmpHours / ampHoursPerMetre * diffusionInverse);
  }

  /** Q from ΔT = Q/(hA) (1 − exp(−hA t/C)). */
  private double heat(double rise, double seconds) {
    if (model.cell().thermal().isEmpty()) {
      return 0.0;
    }
    ThermalData data = model.cell().thermal().get();
    double cooling = Math.max(data.heatTransferWPerM2Kelvin() * data.coolingAreaM2(), 1e-9);
    double time = data.heatCapacityJPerKelvin() / cooling;
    return rise * cooling / -Math.expm1(-seconds / time);
  }

  private void store(double[][][][] tables, int t, int r, int s) {
    double[] values = new double[tables.length];
    values[Quantity.VOLTAGE.ordinal()] = outputs.voltageVolts;
    values[Quantity.ANODE_POTENTIAL.ordinal()] = outputs.anodePotentialVolts;
    values[Quantity.HEAT.ordinal()] = heatWatts;
    values[Quantity.SEI_LOSS.ordinal()] = seiPerSecond;
    values[Quantity.DEAD_LITHIUM.ordinal()] = deadPerSecond;
    if (!Arrays.stream(values).allMatch(Double::isFinite)) {
      throw new IllegalStateException(
          "The survey of cell " + model.cell().name() + " is not finite at " + kelvin + " K.");
    }
    for (int q = 0; q < values.length; q++) {
      tables[q][t][r][s] = values[q];
    }
  }
}
