package dev.anodyne.mpc;

import dev.anodyne.core.charging.PlanAhead;
import java.util.Arrays;

/** What is left of a plan some time later. */
final class PlanRest {
  private PlanRest() {}

  static PlanAhead of(PlanAhead plan, double elapsedSeconds) {
    int past = 0;
    while (past < plan.length() && plan.secondsAhead()[past] <= elapsedSeconds) {
      past++;
    }
    double[] seconds = tail(plan.secondsAhead(), past);
    for (int k = 0; k < seconds.length; k++) {
      seconds[k] -= elapsedSeconds;
    }
    return new PlanAhead(
        seconds,
        tail(plan.chargeCurrentAmps(), past),
        tail(plan.voltageVolts(), past),
        tail(plan.anodePotentialVolts(), past),
        tail(plan.temperatureKelvin(), past),
        tail(plan.soc(), past));
  }

  private static double[] tail(double[] values, int from) {
    return Arrays.copyOfRange(values, from, values.length);
  }
}
