package dev.anodyne.mpc.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dState;
import org.junit.jupiter.api.Test;

class OutputOffsetsTest {
  private static final double KELVIN = 298.15;
  private static final double AMPS = 5.0;
  private final P2dModel model = P2dModel.of(CellParameters.load("lgm50"), P2dOptions.CONTROL);
  private final P2dState twin = model.newState(0.5, KELVIN);
  private final CellPredictor predictor = new CellPredictor(model);

  /** The filters alone: doubt has its own test. */
  private static final DoubtSettings NO_DOUBT =
      new DoubtSettings(0.0045, 0.0, 0.006, 0.04, 120.0, 60.0, 0.0025, 1.5, 0.5);

  private final OutputOffsets offsets = new OutputOffsets(5.0, 4.0, 20.0, NO_DOUBT);

  private CellEstimate belief(double seconds, double boundAboveModel, double kelvin) {
    predictor.now(twin, AMPS);
    double bound = predictor.outputs().anodePotentialVolts + boundAboveModel;
    return new CellEstimate(
        Math.round(seconds * 1e9),
        true,
        true,
        AMPS,
        3.8,
        kelvin,
        0.5,
        bound,
        bound,
        0.5,
        0.5,
        0.5,
        kelvin,
        0.007,
        twin);
  }

  @Test
  void theFirstBeliefCountsInFull() {
    offsets.update(belief(0, -0.004, KELVIN + 1), predictor);
    assertThat(offsets.anodePotentialVolts()).isCloseTo(-0.004, within(1e-6));
    assertThat(offsets.temperatureKelvin()).isCloseTo(1.0, within(1e-6));
    assertThat(offsets.voltageVolts()).isEqualTo(0.007);
  }

  /** Errors of rates and resistances go with the current; those that help are not relied upon. */
  @Test
  void aBoundBelowTheModelMovesAwayWithTheCurrentAndOneAboveStays() {
    offsets.update(belief(0, -0.004, KELVIN), predictor);
    assertThat(offsets.anodePotentialVolts(AMPS)).isCloseTo(-0.004, within(1e-6));
    assertThat(offsets.anodePotentialVolts(3 * AMPS)).isCloseTo(-0.008, within(1e-6));
    assertThat(offsets.anodePotentialVolts(0)).isCloseTo(-0.002, within(1e-6));
    offsets.reset();
    offsets.update(belief(100, 0.004, KELVIN), predictor);
    assertThat(offsets.anodePotentialVolts(3 * AMPS)).isCloseTo(0.004, within(1e-6));
  }

  @Test
  void aFallingBoundIsBelievedAtOnceAndARisingOneSlowly() {
    offsets.update(belief(0, 0.0, KELVIN), predictor);
    offsets.update(belief(1, -0.005, KELVIN), predictor);
    assertThat(offsets.anodePotentialVolts()).isCloseTo(-0.005, within(1e-6));
    offsets.update(belief(2, 0.0, KELVIN), predictor);
    assertThat(offsets.anodePotentialVolts()).isCloseTo(-0.005 * Math.exp(-0.25), within(1e-6));
    offsets.reset();
    offsets.update(belief(3, 0.0, KELVIN), predictor);
    assertThat(offsets.anodePotentialVolts()).isCloseTo(0.0, within(1e-6));
  }

  /** A rise is ridden until the next belief: over long periods it takes 1.5 of them at least. */
  @Test
  void aRiseTakesSeveralBeliefsHoweverFarTheyLieApart() {
    offsets.update(belief(0, -0.005, KELVIN), predictor);
    offsets.update(belief(30, 0.0, KELVIN), predictor);
    assertThat(offsets.anodePotentialVolts()).isCloseTo(-0.005 * Math.exp(-1 / 1.5), within(1e-6));
  }

  @Test
  void aBeliefThatIsNotFiniteChangesNothing() {
    offsets.update(belief(0, -0.004, KELVIN), predictor);
    assertThat(offsets.update(belief(1, Double.NaN, KELVIN), predictor).isUsable()).isFalse();
    assertThat(offsets.update(belief(1, 0, Double.NaN), predictor).isUsable()).isFalse();
    assertThat(offsets.anodePotentialVolts()).isCloseTo(-0.004, within(1e-6));
  }

  @Test
  void askingTheModelLeavesTheTwinAlone() {
    double[] before = twin.values().clone();
    offsets.update(belief(0, 0, KELVIN), predictor);
    predictor.afterCurrent(twin, 15, 30, KELVIN);
    assertThat(twin.values()).isEqualTo(before);
  }
}
