package dev.anodyne.mpc.baseline;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.SolveStatus;
import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Largest charge current by state of charge and temperature, derived from the model: at each of
 * several constant temperatures the model is charged from empty with its anode potential held at a
 * margin, and the current it draws is noted. What the map tells is thus the current of a cell whose
 * concentration profiles have built up, which is on the safe side early in a charge. Immutable.
 */
public final class CurrentMap {
  /** Temperatures of the map, K. */
  private static final double[] TEMPERATURES_KELVIN = {
    253.15, 263.15, 273.15, 283.15, 293.15, 303.15, 313.15, 328.15
  };

  private static final int SOC_CELLS = 40;
  private static final double STEP_SECONDS = 20.0;
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
    double maxVolts = model.cell().upperCutOffVolts();
    int next = 0;
    for (double seconds = 0; next <= SOC_CELLS && seconds < LONGEST_SECONDS; ) {
      before.copyFrom(state);
      SolveStatus status =
          P2dStepper.step(
              model, state, P2dControl.CURRENT, maxAmps, STEP_SECONDS, kelvin, workspace, outputs);
      if (!status.isUsable() || outputs.anodePotentialVolts < marginVolts) {
        state.copyFrom(before);
        status =
            P2dStepper.step(
                model,
                state,
                P2dControl.ANODE_POTENTIAL,
                marginVolts,
                STEP_SECONDS,
                kelvin,
                workspace,
                outputs);
      }
      if (!status.isUsable() || outputs.chargeCurrentAmps <= 0.0) {
        break;
      }
      seconds += STEP_SECONDS;
      double allowed = SHARE * Math.min(maxAmps, outputs.chargeCurrentAmps);
      while (next <= SOC_CELLS && outputs.soc >= next / (double) SOC_CELLS) {
        row[next++] = allowed;
      }
      if (outputs.voltageVolts > maxVolts + 0.2) {
        break; // Far beyond any use; the entries left stay 0.
      }
    }
    return row;
  }
}
