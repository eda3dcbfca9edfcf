package dev.anodyne.mpc.optimum;

import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import dev.anodyne.mpc.prediction.ConstraintClass;
import java.util.Arrays;

/**
 * The greedy charge: in every move the largest current with which all limits still hold at its end.
 * Where the search for the optimum starts, and what tells how long the charge will take.
 */
final class StartingRide {
  private static final double RESOLUTION_AMPS = 1e-3;
  private static final double LONGEST_SECONDS = 40.0 * 3600.0;

  private final OptimumTask task;
  private final double marginVolts;
  private final P2dState state;
  private final P2dState tried;
  private final P2dWorkspace workspace;
  private final P2dOutputs outputs = new P2dOutputs();

  /**
   * A ride.
   *
   * @param marginVolts anode potential kept beside the task's own limit, V
   */
  StartingRide(OptimumTask task, double marginVolts) {
    this.task = task;
    this.marginVolts = marginVolts;
    state = task.start();
    tried = task.start();
    workspace = task.model().newWorkspace();
  }

  /** A ride on its mesh. */
  record Ride(ChargeMesh mesh, double[] amps) {}

  /**
   * Rides to the target.
   *
   * @param longestSeconds longest move, s
   * @throws IllegalStateException when no current is allowed on the way
   */
  Ride ride(double longestSeconds) {
    ChargeMesh mesh = ChargeMesh.until(LONGEST_SECONDS, task.periodSeconds(), longestSeconds);
    double[] amps = new double[mesh.moves()];
    double last = 0.0;
    for (int j = 0; j < amps.length; j++) {
      double seconds = mesh.seconds()[j];
      double rise = task.limits().maxRampAmpsPerSecond() * task.periodSeconds();
      double high = Math.min(task.limits().maxChargeCurrentAmps(), last + rise);
      amps[j] = largest(high, seconds);
      if (amps[j] <= 0.0 && j > 0) {
        break;
      }
      hold(amps[j], seconds);
      state.copyFrom(tried);
      last = amps[j];
      if (outputs.soc >= task.limits().targetSoc()) {
        return new Ride(mesh.upTo(mesh.startSeconds(j + 1)), Arrays.copyOf(amps, j + 1));
      }
    }
    throw new IllegalStateException(
        "The charge cannot reach its target "
            + task.limits().targetSoc()
            + " within its limits.\nMaybe the cell starts beyond one of them, or the margin of the"
            + " anode potential is larger than any current allows.");
  }

  /** Bisection: the limits hold below the answer and not above it. */
  private double largest(double highAmps, double seconds) {
    if (holds(highAmps, seconds)) {
      return highAmps;
    }
    double low = 0.0;
    double high = highAmps;
    while (high - low > RESOLUTION_AMPS) {
      double middle = 0.5 * (low + high);
      if (holds(middle, seconds)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean holds(double amps, double seconds) {
    if (!hold(amps, seconds)
        || amps * outputs.voltageVolts > task.limits().maxPowerWatts()
        || excess(ConstraintClass.VOLTAGE, outputs.voltageVolts) > 0.0
        || excess(ConstraintClass.TEMPERATURE, outputs.temperatureKelvin) > 0.0) {
      return false;
    }
    return excess(ConstraintClass.ANODE_POTENTIAL, outputs.anodePotentialVolts - marginVolts) <= 0.0
        && excess(ConstraintClass.STOICHIOMETRY, outputs.anodeSurfaceStoichiometryAtSeparator)
            <= 0.0
        && excess(ConstraintClass.ELECTROLYTE, outputs.electrolyteAtAnodeCollectorMolPerM3) <= 0.0;
  }

  private double excess(ConstraintClass constraint, double value) {
    return task.excess(constraint, value);
  }

  /** Steps a copy of the state, left in {@code tried}. */
  private boolean hold(double amps, double seconds) {
    tried.copyFrom(state);
    return P2dStepper.step(
            task.model(),
            tried,
            P2dControl.CURRENT,
            amps,
            seconds,
            task.limits().ambientTemperatureKelvin(),
            workspace,
            outputs)
        .isUsable();
  }
}
