package dev.anodyne.mpc.baseline;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import java.util.Arrays;

/**
 * Pulse charging: current and rest in turn, with a current by stages of the state of charge. The
 * rest lets concentrations relax (Purushothaman, Landau, J. Electrochem. Soc. 153 (2006) A533,
 * whose current falls from pulse to pulse as well). {@link StageTuning#pulse} finds the currents.
 */
public final class PulseLaw implements CurrentLaw {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Pulses pulses;
  private final StageLaw stages;
  private boolean begun;
  private long beginNanos;

  /** A pulsed charge. */
  public PulseLaw(Pulses pulses, CellTraits traits) {
    this.pulses = pulses;
    stages = new StageLaw(pulses.stages(), traits);
  }

  /**
   * What is tuned.
   *
   * @param stages current of the pulses by state of charge
   * @param onSeconds length of a pulse, s
   * @param offSeconds rest after it, s
   */
  public record Pulses(StageLaw.Stages stages, double onSeconds, double offSeconds) {
    public Pulses {
      if (!(onSeconds > 0.0 && offSeconds >= 0.0)) {
        throw new IllegalArgumentException(
            "A pulse of "
                + onSeconds
                + " s and a rest of "
                + offSeconds
                + " s; the pulse must be longer than 0 s.");
      }
    }

    /** Whether current flows at a time from the start. */
    boolean isOn(double seconds) {
      double cycle = onSeconds + offSeconds;
      return seconds - cycle * Math.floor(seconds / cycle + 1e-9) < onSeconds - 1e-9;
    }

    /** Mean currents of the stages, A. */
    double[] meanAmps() {
      double duty = onSeconds / (onSeconds + offSeconds);
      return Arrays.stream(stages.chargeCurrentAmps()).map(a -> duty * a).toArray();
    }
  }

  @Override
  public double wantedAmps(CellEstimate estimate, ChargeLimits limits, double presentAmps) {
    if (!begun) {
      begun = true;
      beginNanos = estimate.timeNanos();
    }
    double seconds = (estimate.timeNanos() - beginNanos) / NANOS_PER_SECOND;
    // Asked in every phase: it keeps the stage and the filters up to date.
    double amps = stages.wantedAmps(estimate, limits, presentAmps);
    return Double.isNaN(amps) || pulses.isOn(seconds) ? amps : 0.0;
  }

  @Override
  public ActiveConstraint explanation() {
    return stages.explanation();
  }
}
