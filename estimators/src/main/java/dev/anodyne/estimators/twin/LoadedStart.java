package dev.anodyne.estimators.twin;

import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;

/**
 * A start under load: one voltage does not tell how long the current has been flowing, and with it
 * how steep the profiles are and how full the cell is. Several pasts, each with the state of charge
 * that its voltage needs, are followed until the way the voltage goes on tells them apart: a load
 * just put on lets it rise by tens of millivolts in a minute, an old one hardly.
 *
 * <p>The first sample costs some milliseconds, the following ones as many model steps as there are
 * pasts. Allocates nothing.
 */
final class LoadedStart {
  /** How long the current may have been flowing, s. */
  private static final double[] PASTS = {0, 20, 60, 180, 600, 1800};

  /** Until then the pasts are told apart, s. */
  private static final double WATCH_SECONDS = 40;

  private static final int LEAST_SAMPLES = 6;
  private static final int ITERATIONS = 8;
  private static final double CLOSE_VOLTS = 2e-4;
  private static final int PARTS = 6;
  private static final double NOISE_VOLTS = 1.2e-3;

  /** What an unknown battery's voltage may drift from the model's while it is watched, V at 1C. */
  private static final double DRIFT_VOLTS_AT_1C = 4e-3;

  private final P2dModel model;
  private final RestVoltage rest;
  private final double ampHours;
  private final P2dWorkspace workspace;
  private final P2dState[] states = new P2dState[PASTS.length];
  private final P2dOutputs[] outputs = new P2dOutputs[PASTS.length];
  private final double[] sum = new double[PASTS.length];
  private final double[] sumTime = new double[PASTS.length];
  private final double[] weight = new double[PASTS.length];
  private final boolean[] alive = new boolean[PASTS.length];
  private double elapsed;
  private double times;
  private double timesSquared;
  private int samples;

  LoadedStart(P2dModel model, RestVoltage rest, double ampHours) {
    this.model = model;
    this.rest = rest;
    this.ampHours = ampHours;
    workspace = model.newWorkspace();
    for (int k = 0; k < PASTS.length; k++) {
      states[k] = model.newState(0.5, 298.15);
      outputs[k] = new P2dOutputs();
    }
  }

  /**
   * Finds a state of charge for every past.
   *
   * @return whether any past is possible
   */
  boolean begin(double volts, double amps, double kelvin) {
    elapsed = 0;
    times = 0;
    timesSquared = 0;
    samples = 0;
    boolean any = false;
    for (int k = 0; k < PASTS.length; k++) {
      alive[k] = find(k, volts, amps, kelvin);
      sum[k] = 0;
      sumTime[k] = 0;
      any |= alive[k];
    }
    judge(volts, amps);
    return any;
  }

  /** Secant-like: the drop under load changes slowly with charge. */
  private boolean find(int k, double volts, double amps, double kelvin) {
    double moved = amps * PASTS[k] / (3600 * ampHours);
    double soc = rest.socAt(volts - (rest.at(0.5) - rest.at(0.4)));
    for (int i = 0; i < ITERATIONS; i++) {
      double before = soc - moved;
      if (!(before > -0.03 && soc < 1.05) || !run(k, before, amps, kelvin)) {
        return false;
      }
      double off = volts - outputs[k].voltageVolts;
      if (Math.abs(off) < CLOSE_VOLTS) {
        return true;
      }
      double next = soc + off / Math.max(rest.slopeAt(soc), 0.2);
      soc = Math.min(Math.max(next, moved), 1);
    }
    return Math.abs(volts - outputs[k].voltageVolts) < 10 * CLOSE_VOLTS;
  }

  /** Steps that grow, then one as short as a sample's. */
  private boolean run(int k, double soc, double amps, double kelvin) {
    model.initialise(states[k], soc, kelvin);
    boolean ok = true;
    double share = PASTS[k] / ((1 << PARTS) - 1);
    for (int part = 0; ok && part < PARTS && share > 0; part++) {
      ok = step(k, share * (1 << part), amps, kelvin);
      model.setTemperatureKelvin(states[k], kelvin);
    }
    return ok && step(k, StateFinder.FIRST_STEP_SECONDS, amps, kelvin);
  }

  private boolean step(int k, double seconds, double amps, double ambientKelvin) {
    return P2dStepper.step(
            model,
            states[k],
            P2dControl.CURRENT,
            amps,
            seconds,
            ambientKelvin,
            workspace,
            outputs[k])
        .isUsable();
  }

  /** Every past's way to the next sample; false when none is left. */
  boolean step(double seconds, double amps, double ambientKelvin) {
    boolean any = false;
    for (int k = 0; k < PASTS.length; k++) {
      alive[k] = alive[k] && step(k, seconds, amps, ambientKelvin);
      any |= alive[k];
    }
    elapsed += seconds;
    return any;
  }

  /** Takes in a sample. */
  void correct(double volts, double amps, double kelvin) {
    judge(volts, amps);
    for (int k = 0; k < PASTS.length; k++) {
      model.setTemperatureKelvin(states[k], kelvin);
    }
  }

  /**
   * Evidence: how far measured and predicted voltages have drifted apart, by a line through them.
   */
  private void judge(double volts, double amps) {
    samples++;
    times += elapsed;
    timesSquared += elapsed * elapsed;
    double spread = timesSquared - times * times / samples;
    double drift = DRIFT_VOLTS_AT_1C * Math.abs(amps) / ampHours * elapsed / WATCH_SECONDS;
    double variance =
        spread > 0
            ? FilterPrior.square(drift) + FilterPrior.square(NOISE_VOLTS * elapsed) / spread
            : 1;
    double total = 0;
    for (int k = 0; k < PASTS.length; k++) {
      double off = alive[k] ? volts - outputs[k].voltageVolts : 0;
      sum[k] += off;
      sumTime[k] += off * elapsed;
      double slope = spread > 0 ? (sumTime[k] - sum[k] * times / samples) / spread : 0;
      double apart = slope * elapsed;
      weight[k] = alive[k] ? Math.exp(Math.max(-0.5 * apart * apart / variance, -500)) : 0;
      total += weight[k];
    }
    for (int k = 0; k < PASTS.length; k++) {
      weight[k] /= total;
    }
  }

  /** True when enough has been seen. */
  boolean decided() {
    return elapsed >= WATCH_SECONDS && samples >= LEAST_SAMPLES;
  }

  int pasts() {
    return PASTS.length;
  }

  double weight(int past) {
    return weight[past];
  }

  P2dOutputs outputs(int past) {
    return outputs[past];
  }

  /** The likeliest past. */
  int best() {
    int best = 0;
    for (int k = 1; k < PASTS.length; k++) {
      if (weight[k] > weight[best]) {
        best = k;
      }
    }
    return best;
  }

  P2dState state(int past) {
    return states[past];
  }
}
