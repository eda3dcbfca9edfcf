package dev.anodyne.estimators.twin;

import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import dev.anodyne.core.p2d.SolveStatus;
import java.util.Map;
import java.util.WeakHashMap;

/** Open-circuit voltage of a cell against its state of charge: a table read from the model. */
final class RestVoltage {
  /** Read once from each model. */
  private static final Map<P2dModel, RestVoltage> KNOWN = new WeakHashMap<>();

  private static final int INTERVALS = 200;
  private static final double REST_SECONDS = 0.1;

  private final double[] volts = new double[INTERVALS + 1];

  private RestVoltage() {}

  /** The table of a model at rest, at 25 °C. */
  static RestVoltage of(P2dModel model) {
    synchronized (KNOWN) {
      RestVoltage known = KNOWN.get(model);
      if (known == null) {
        known = read(model);
        KNOWN.put(model, known);
      }
      return known;
    }
  }

  private static RestVoltage read(P2dModel model) {
    RestVoltage curve = new RestVoltage();
    P2dWorkspace workspace = model.newWorkspace();
    P2dOutputs out = new P2dOutputs();
    P2dState state = model.newState(0.5, 298.15);
    for (int i = 0; i <= INTERVALS; i++) {
      model.initialise(state, (double) i / INTERVALS, 298.15);
      SolveStatus status =
          P2dStepper.step(
              model, state, P2dControl.CURRENT, 0.0, REST_SECONDS, 298.15, workspace, out);
      if (!status.isUsable()) {
        throw new IllegalStateException(
            "Cell "
                + model.cell().name()
                + " has no rest voltage at SoC "
                + i / (double) INTERVALS);
      }
      curve.volts[i] = out.voltageVolts;
    }
    return curve;
  }

  /** Rest voltage, V. Outside 0–1 the end values hold. */
  double at(double soc) {
    double x = Math.min(Math.max(soc, 0.0), 1.0) * INTERVALS;
    int i = Math.min((int) x, INTERVALS - 1);
    return volts[i] + (x - i) * (volts[i + 1] - volts[i]);
  }

  /** dU/dSoC, V, over a window of ±2 % so that staging steps do not make it jump. */
  double slopeAt(double soc) {
    double low = Math.min(Math.max(soc - 0.02, 0.0), 0.96);
    return (at(low + 0.04) - at(low)) / 0.04;
  }

  /** State of charge of a rest voltage, 0–1; the ends for voltages outside the table. */
  double socAt(double restVolts) {
    double low = 0.0;
    double high = 1.0;
    for (int i = 0; i < 40; i++) {
      double middle = 0.5 * (low + high);
      if (at(middle) < restVolts) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return 0.5 * (low + high);
  }
}
