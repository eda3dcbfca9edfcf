package dev.anodyne.estimators.twin;

import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * What a half-charged cell's voltage does when a current is put on: the part within the second,
 * which grows less than in proportion (charge transfer), and what the next minute adds. Tables over
 * current and temperature, read from the model.
 */
final class LoadResistance {
  /** Read once from each model. */
  private static final Map<P2dModel, LoadResistance> KNOWN = new WeakHashMap<>();

  private static final double COLDEST_KELVIN = 248.15;
  private static final double SPACING_KELVIN = 20.0;
  private static final int POINTS = 6;
  private static final double[] RATES = {0.0, 0.25, 0.5, 1.0, 2.0, 3.0, 4.0};
  private static final double SLOW_RATE = 0.5;
  private static final int SLOW_SECONDS = 60;

  private final double ampHours;
  private final double[][] promptVolts = new double[POINTS][RATES.length];
  private final double[] slowOhm = new double[POINTS];

  private LoadResistance(double ampHours) {
    this.ampHours = ampHours;
  }

  static LoadResistance of(P2dModel model) {
    synchronized (KNOWN) {
      LoadResistance known = KNOWN.get(model);
      if (known == null) {
        known = read(model);
        KNOWN.put(model, known);
      }
      return known;
    }
  }

  private static LoadResistance read(P2dModel model) {
    LoadResistance table = new LoadResistance(model.cell().nominalCapacityAmpHours());
    Trial trial = new Trial(model);
    for (int i = POINTS - 1; i >= 0; i--) {
      table.fill(i, COLDEST_KELVIN + i * SPACING_KELVIN, trial);
    }
    if (!(table.ohm(298.15) > 0.0)) {
      throw new IllegalStateException(
          "Cell "
              + model.cell().name()
              + " has no resistance: at half charge and 25 °C a charge must raise its voltage.");
    }
    return table;
  }

  private void fill(int i, double kelvin, Trial trial) {
    double rest = trial.volts(0.0, kelvin, 1);
    double[] prompt = promptVolts[i];
    for (int k = 1; k < RATES.length; k++) {
      double seen = trial.volts(RATES[k] * ampHours, kelvin, 1) - rest;
      // What the model cannot carry in the cold goes on as it was, or as it is warmer.
      double slope =
          k > 1 ? (prompt[k - 1] - prompt[k - 2]) / (RATES[k - 1] - RATES[k - 2]) : Double.NaN;
      double next = prompt[k - 1] + slope * (RATES[k] - RATES[k - 1]);
      double warmer = i + 1 < POINTS ? promptVolts[i + 1][k] : Double.NaN;
      prompt[k] = seen > prompt[k - 1] ? seen : Double.isFinite(next) ? next : warmer;
    }
    double early = trial.volts(SLOW_RATE * ampHours, kelvin, 1);
    double late = trial.volts(SLOW_RATE * ampHours, kelvin, SLOW_SECONDS);
    double slow = (late - early) / (SLOW_RATE * ampHours);
    slowOhm[i] = slow > 0.0 ? slow : i + 1 < POINTS ? slowOhm[i + 1] : 0.0;
  }

  /** The model from rest under a current. */
  private static final class Trial {
    private final P2dModel model;
    private final P2dWorkspace workspace;
    private final P2dState state;
    private final P2dOutputs out = new P2dOutputs();

    Trial(P2dModel model) {
      this.model = model;
      workspace = model.newWorkspace();
      state = model.newState(0.5, 298.15);
    }

    /** V; NaN when the model has no answer. */
    double volts(double amps, double kelvin, int seconds) {
      model.initialise(state, 0.5, kelvin);
      for (int t = 0; t < seconds; t++) {
        if (!P2dStepper.step(model, state, P2dControl.CURRENT, amps, 1.0, kelvin, workspace, out)
            .isUsable()) {
          return Double.NaN;
        }
      }
      return out.voltageVolts;
    }
  }

  /** Rise of the voltage within a second of a current put on a cell at rest, V; odd in it. */
  double promptVolts(double cellAmps, double kelvin) {
    double x = position(kelvin);
    int i = Math.min((int) x, POINTS - 2);
    double rate = Math.abs(cellAmps) / ampHours;
    double volts =
        (1.0 - (x - i)) * along(promptVolts[i], rate) + (x - i) * along(promptVolts[i + 1], rate);
    return cellAmps < 0.0 ? -volts : volts;
  }

  private static double along(double[] volts, double rate) {
    int k = 1;
    while (k < RATES.length - 1 && RATES[k] < rate) {
      k++;
    }
    double slope = (volts[k] - volts[k - 1]) / (RATES[k] - RATES[k - 1]);
    return volts[k - 1] + slope * (rate - RATES[k - 1]);
  }

  /** What a minute adds to it, Ω. */
  double slowOhm(double kelvin) {
    double x = position(kelvin);
    int i = Math.min((int) x, POINTS - 2);
    return (1.0 - (x - i)) * slowOhm[i] + (x - i) * slowOhm[i + 1];
  }

  /** Prompt resistance at 1C, Ω. */
  double ohm(double kelvin) {
    return promptVolts(ampHours, kelvin) / ampHours;
  }

  private static double position(double kelvin) {
    return Math.min(Math.max((kelvin - COLDEST_KELVIN) / SPACING_KELVIN, 0.0), POINTS - 1.0);
  }
}
