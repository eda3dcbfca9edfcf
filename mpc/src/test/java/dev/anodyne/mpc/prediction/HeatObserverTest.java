package dev.anodyne.mpc.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dState;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeatObserverTest {
  private static final double ROOM = 298.15;
  private static final double NOISE_KELVIN = 0.2;
  private static final double AMPS = 4.0;
  private static final double AHEAD_SECONDS = 60.0;

  /** The controller believes in a fifth more cooling than there is. */
  private final P2dModel believed =
      P2dModel.of(CellParameters.load("lgm50").withHeatTransfer(12), P2dOptions.CONTROL);

  private final CellPredictor battery =
      new CellPredictor(
          P2dModel.of(CellParameters.load("lgm50").withHeatTransfer(10), P2dOptions.CONTROL));
  private final CellPredictor model = new CellPredictor(believed);
  private final HeatObserver observer = new HeatObserver(believed, 60.0);
  private final P2dState cell = believed.newState(0.3, ROOM + 12);

  private static CellEstimate belief(double seconds, double kelvin, P2dState twin) {
    return new CellEstimate(
        Math.round(seconds * 1e9),
        true,
        true,
        AMPS,
        3.8,
        kelvin,
        0.5,
        0.1,
        0.1,
        0.5,
        0.5,
        0.5,
        kelvin,
        0.0,
        twin);
  }

  /**
   * Fifteen minutes of a charge, measured with noise; the observer's errors are those of a look.
   */
  private void charge(double periodSeconds) {
    Random noise = new Random(1);
    for (double t = 0; t < 900; t += periodSeconds) {
      double measured = believed.temperatureKelvin(cell) + NOISE_KELVIN * noise.nextGaussian();
      observer.update(belief(t, measured, cell), ROOM);
      battery.afterCurrent(cell, AMPS, periodSeconds, ROOM);
      cell.copyFrom(battery.end());
    }
  }

  private double kelvinAhead(CellPredictor predictor, double ambient) {
    predictor.afterCurrent(cell, AMPS, AHEAD_SECONDS, ambient);
    return predictor.outputs().temperatureKelvin;
  }

  @Test
  void heatThatTheModelDoesNotKnowIsFoundAndPredicted() {
    charge(1);
    double truth = kelvinAhead(battery, ROOM);
    // 2 W/m²K · 0.005 m² · 12 K over 60 s in a cell of 70 J/K: a tenth of a kelvin each look.
    assertThat(truth - kelvinAhead(model, ROOM)).isGreaterThan(0.06);
    // The noise of 0.2 K moves the raised ambient by some 0.3 K, worth 0.02 K in that time.
    assertThat(kelvinAhead(model, ROOM + observer.raisedKelvin())).isEqualTo(truth, within(0.03));
  }

  @Test
  void theTemperatureIsKnownBetterThanItsSensor() {
    charge(1);
    // 0.2 K · √(1 s/(2·60 s)) = 0.02 K, three times that.
    assertThat(observer.kelvin()).isEqualTo(believed.temperatureKelvin(cell), within(0.06));
  }

  @Test
  void atTenSecondsItIsStillStable() {
    charge(10);
    // 0.2 K · √(10 s/(2·60 s)) = 0.06 K, three times that.
    assertThat(observer.kelvin()).isEqualTo(believed.temperatureKelvin(cell), within(0.18));
    assertThat(observer.raisedKelvin()).isBetween(0.0, 5.0);
  }

  @Test
  void aBreakKeepsWhatIsKnownOfTheHeatAndBeliefsWithoutNumbersChangeNothing() {
    charge(1);
    double raised = observer.raisedKelvin();
    observer.update(belief(901, Double.NaN, cell), ROOM);
    observer.forget();
    observer.update(belief(905, ROOM + 20, cell), ROOM);
    assertThat(observer.kelvin()).isEqualTo(ROOM + 20);
    assertThat(observer.raisedKelvin()).isEqualTo(raised);
    observer.reset();
    assertThat(observer.raisedKelvin()).isZero();
  }
}
