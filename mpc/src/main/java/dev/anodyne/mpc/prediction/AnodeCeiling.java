package dev.anodyne.mpc.prediction;

import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.p2d.P2dModel;

/**
 * The largest current of the next period with which the anode potential's lower bound still holds
 * at its end. A hard limit of the first move, whatever the rest of a plan looks like: the slack of
 * a soft limit that cannot be kept later must not set the present free.
 *
 * <p>Two things keep it careful where the model has shown nothing yet:
 *
 * <ul>
 *   <li>A rise may use a share (half by default) of the room that the model sees; the rest of the
 *       way is taken when a measurement has confirmed it. A cell that is less willing than the
 *       model by as much again still keeps its limit, and the current is within a few per cent of
 *       its goal after five periods.
 *   <li>The gap between bound and model goes with 1 + C-rate, as the errors do that bounds are
 *       widened by. A bound that fell below its limit thus asks for less current, not for none.
 * </ul>
 *
 * Owns its scratch memory; not thread-safe.
 */
public final class AnodeCeiling {
  private final CellPredictor predictor;
  private final RoomSearch search = new RoomSearch();
  private final double periodSeconds;
  private final double provenShare;
  private double presentAmps;
  private double presentVolts;

  /** For a policy that decides every {@code periodSeconds} on a cell's model. */
  public AnodeCeiling(P2dModel model, double periodSeconds) {
    this(model, periodSeconds, DoubtSettings.DEFAULT.provenShare());
  }

  /**
   * The same with another caution.
   *
   * @param provenShare share of the room that a rise may use before it was measured, above 0 to 1
   */
  public AnodeCeiling(P2dModel model, double periodSeconds, double provenShare) {
    this.provenShare = provenShare;
    predictor = new CellPredictor(model);
    this.periodSeconds = periodSeconds;
  }

  /**
   * The ceiling.
   *
   * @param estimate a valid belief
   * @param limits the limits in force
   * @param offsets of this belief
   * @param flowingAmps current that flows now, A
   * @param highestAmps ceiling by everything else, A
   * @return A, at most {@code highestAmps}; 0 where even no current keeps the bound or the model
   *     has no answer
   */
  public double amps(
      CellEstimate estimate,
      ChargeLimits limits,
      OutputOffsets offsets,
      double flowingAmps,
      double highestAmps) {
    presentAmps = Math.min(flowingAmps, highestAmps);
    presentVolts = potential(estimate, limits, presentAmps);
    double amps =
        search.largest(asked -> room(estimate, limits, offsets, asked), presentAmps, highestAmps);
    return Double.isNaN(amps) ? 0.0 : amps;
  }

  /** As if it had not been asked yet. */
  public void reset() {
    search.reset();
  }

  /** Room above the limit after a period of a current, V; NaN when the model has no answer. */
  private double room(
      CellEstimate estimate, ChargeLimits limits, OutputOffsets offsets, double amps) {
    double volts = amps == presentAmps ? presentVolts : potential(estimate, limits, amps);
    double unproven =
        amps > presentAmps ? (1.0 / provenShare - 1.0) * Math.max(presentVolts - volts, 0.0) : 0.0;
    return volts + offsets.anodePotentialVolts(amps) - unproven - limits.minAnodePotentialVolts();
  }

  private double potential(CellEstimate estimate, ChargeLimits limits, double amps) {
    boolean usable =
        predictor
            .afterPeriod(
                estimate.twinState(), amps, periodSeconds, limits.ambientTemperatureKelvin())
            .isUsable();
    return usable ? predictor.outputs().anodePotentialVolts : Double.NaN;
  }
}
