package dev.anodyne.mpc.baseline;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;

/**
 * Constant currents, one a stage of the state of charge, each with the voltage limit on top.
 * Multi-stage and boost charging are both of this kind; {@link StageTuning} finds the currents.
 */
public final class StageLaw implements CurrentLaw {
  private final Stages stages;
  private final CellRegulator regulator;
  private int stage;

  /**
   * A staged charge.
   *
   * @param stages the currents
   * @param traits what is known about the cell
   */
  public StageLaw(Stages stages, CellTraits traits) {
    this.stages = stages;
    regulator = new CellRegulator(traits);
  }

  /**
   * Of a cell about whose heat nothing is known.
   *
   * @param resistanceOhm the cell's resistance over one control period, Ω
   */
  public StageLaw(Stages stages, double resistanceOhm) {
    this(stages, CellTraits.electric(resistanceOhm));
  }

  @Override
  public double wantedAmps(CellEstimate estimate, ChargeLimits limits, double presentAmps) {
    // Stages only go forward: a noisy state of charge must not switch back to a higher current.
    while (stage < stages.count() - 1 && estimate.soc() >= stages.untilSoc()[stage]) {
      stage++;
    }
    return regulator.lower(stages.chargeCurrentAmps()[stage], estimate, limits, presentAmps);
  }

  @Override
  public ActiveConstraint explanation() {
    return regulator.binding();
  }

  /**
   * Currents by state of charge. Arrays are not copied: do not change them.
   *
   * @param untilSoc where each stage ends, ascending, 0–1; the last one has no end
   * @param chargeCurrentAmps current of each stage, A
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Stages(double[] untilSoc, double[] chargeCurrentAmps) {
    public Stages {
      if (untilSoc.length != chargeCurrentAmps.length || untilSoc.length == 0) {
        throw new IllegalArgumentException(
            "Stages need as many ends as currents and at least one; got "
                + untilSoc.length
                + " and "
                + chargeCurrentAmps.length
                + ".");
      }
    }

    /** Number of stages. */
    public int count() {
      return untilSoc.length;
    }
  }
}
