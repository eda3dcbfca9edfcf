package dev.anodyne.mpc.baseline;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import dev.anodyne.core.p2d.SolveStatus;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Largest charge current by state of charge and temperature, derived from the model: at each of
 * several constant temperatures the model is charged from empty with its anode potential held at a
 * margin, and the current is noted. What the map tells is thus the current of a cell whose
 * concentration profiles have built up, which is on the safe side early in a charge. Immutable.
 */
public final class CurrentMap {
  /** Temperatures of the map, K. */
  private static final double[] TEMPERATURES_KELVIN = {
    253.15, 263.15, 273.15, 283.15, 293.15, 303.15, 313.15, 328.15
  };

  private static final int SOC_CELLS = 40;
  private static final double STEP_SECONDS = 10.0;

  /** The search of the current: it rises, slowly where it had to fall, and starts and ends low. */
  private static final double RISE = 1.3;

  private static final double SLOW_RISE = 1.03;

  private static final double FALL = 0.97;
  private static final double FIRST_SHARE = 0.02;
  private static final double LEAST_SHARE = 1e-3;

  /** The map ends where the voltage is far beyond any use, V above the cut-off. */
  private static final double BEYOND_CUT_OFF_VOLTS = 0.2;

  private static final double LONGEST_SECONDS = 40.0 * 3600.0;

  /**
   * An open-loop law cannot see the cell it charges: it keeps this share of the model's current.
   */
  private static final double SHARE = 0.9;

  /** Weak keys: a map lives as long as the parameters it was derived from. */
  private static final Map<CellParameters, Map<Key, CurrentMap>> CACHE = new WeakHashMap<>();

  /** amps[temperature][soc cell]. */
  private final double[][] amps;

  private CurrentMap(double[][] amps) {
    this.amps = amps;
  }

  /**
   * Derives the map of a cell.
   *
   * @param cell the cell
   * @param marginVolts anode potential to keep, V
   * @param maxAmps the largest entry, A
   */
  public static CurrentMap of(CellParameters cell, double marginVolts, double maxAmps) {
    P2dModel model =
        P2dModel.of(cell, P2dOptions.CONTROL.withThermal(P2dOptions.Thermal.ISOTHERMAL));
    double[][] amps = new double[TEMPERATURES_KELVIN.length][];
    for (int i = 0; i < amps.length; i++) {
      amps[i] = chargeAt(model, TEMPERATURES_KELVIN[i], marginVolts, maxAmps);
    }
    return new CurrentMap(amps);
  }

  /**
   * The map of a cell, derived once for each parameter object: many policies on the same cell share
   * one.
   */
  public static CurrentMap cached(CellParameters cell, double marginVolts, double maxAmps) {
    Key key = new Key(marginVolts, maxAmps);
    synchronized (CACHE) {
      return CACHE
          .computeIfAbsent(cell, c -> new HashMap<>())
          .computeIfAbsent(key, k -> of(cell, marginVolts, maxAmps));
    }
  }

  private record Key(double marginVolts, double maxAmps) {}

  /**
   * The map's current.
   *
   * @param soc state of charge, 0–1
   * @param temperatureKelvin temperature, K; below the coldest row nothing is charged
   * @return A; NaN when an argument is not a number
   */
  public double amps(double soc, double temperatureKelvin) {
    if (Double.isNaN(soc) || Double.isNaN(temperatureKelvin)) {
      return Double.NaN;
    }
    int last = TEMPERATURES_KELVIN.length - 1;
    if (temperatureKelvin < TEMPERATURES_KELVIN[0]) {
      return 0.0;
    }
    if (temperatureKelvin >= TEMPERATURES_KELVIN[last]) {
      return row(last, soc);
    }
    int i = 0;
    while (temperatureKelvin >= TEMPERATURES_KELVIN[i + 1]) {
      i++;
    }
    double share =
        (temperatureKelvin - TEMPERATURES_KELVIN[i])
            / (TEMPERATURES_KELVIN[i + 1] - TEMPERATURES_KELVIN[i]);
    return (1.0 - share) * row(i, soc) + share * row(i + 1, soc);
  }

  /** The smaller of the two entries around a state of charge: the current falls along a charge. */
  private double row(int temperature, double soc) {
    double position = Math.min(1.0, Math.max(0.0, soc)) * SOC_CELLS;
    int low = Math.min(SOC_CELLS, (int) Math.floor(position));
    int high = Math.min(SOC_CELLS, low + 1);
    return Math.min(amps[temperature][low], amps[temperature][high]);
  }

  private static double[] chargeAt(
      P2dModel model, double kelvin, double marginVolts, double maxAmps) {
    double[] row = new double[SOC_CELLS + 1];
    P2dState state = model.newState(0.0, kelvin);
    P2dState before = model.newState(0.0, kelvin);
    P2dWorkspace workspace = model.newWorkspace();
    P2dOutputs outputs = new P2dOutputs();
    double highestVolts = model.cell().upperCutOffVolts() + BEYOND_CUT_OFF_VOLTS;
    double amps = FIRST_SHARE * maxAmps;
    double rise = RISE;
    int next = 0;
    for (double seconds = 0; next <= SOC_CELLS && seconds < LONGEST_SECONDS; ) {
      before.copyFrom(state);
      amps = Math.min(maxAmps, rise * amps);
      rise = RISE;
      while (!keeps(model, state, amps, kelvin, marginVolts, workspace, outputs)) {
        state.copyFrom(before);
        amps *= FALL;
        rise = SLOW_RISE;
        if (amps < LEAST_SHARE * maxAmps) {
          return row;
        }
      }
      if (outputs.voltageVolts > highestVolts) {
        return row;
      }
      seconds += STEP_SECONDS;
      while (next <= SOC_CELLS && outputs.soc >= next / (double) SOC_CELLS) {
        row[next++] = SHARE * amps;
      }
    }
    return row;
  }

  private static boolean keeps(
      P2dModel model,
      P2dState state,
      double amps,
      double kelvin,
      double marginVolts,
      P2dWorkspace workspace,
      P2dOutputs outputs) {
    SolveStatus status =
        P2dStepper.step(
            model, state, P2dControl.CURRENT, amps, STEP_SECONDS, kelvin, workspace, outputs);
    return status.isUsable() && outputs.anodePotentialVolts >= marginVolts;
  }
}
