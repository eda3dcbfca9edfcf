package dev.anodyne.estimators.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.estimators.SensorClass;
import dev.anodyne.estimators.identification.IdentifiedParameter;
import dev.anodyne.estimators.identification.SensorBias;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SoundBatteryTest {
  private static final int RESISTANCE = IdentifiedParameter.SERIES_RESISTANCE.ordinal();
  private static final int PARAMETERS = IdentifiedParameter.values().length;
  private static final int SIZE = PARAMETERS + SensorBias.values().length;

  /** A quarter of the spread of any battery. */
  private static final double[] PRODUCTION =
      Arrays.stream(IdentifiedParameter.values()).mapToDouble(p -> p.priorSigma() / 4).toArray();

  private final double[] mean = new double[SIZE];
  private final double[][] known = new double[SIZE][SIZE];

  SoundBatteryTest() {
    for (IdentifiedParameter p : IdentifiedParameter.values()) {
      known[p.ordinal()][p.ordinal()] = square(p.priorSigma());
    }
    for (SensorBias b : SensorBias.values()) {
      int at = PARAMETERS + b.ordinal();
      known[at][at] = square(SensorClass.CALIBRATED.sigma(b));
    }
  }

  private SoundBattery sound() {
    return new SoundBattery(mean, known, SensorClass.CALIBRATED, PRODUCTION);
  }

  @Test
  void whereNothingWasLearntTheProductionLineIsAllThatIsKnown() {
    SoundBattery sound = sound();
    // Rounding of an inverse of thirteen numbers.
    assertThat(sound.probability(0.6, 0.4)).isCloseTo(0.6, within(1e-9));
    for (int i = 0; i < FilterPrior.START; i++) {
      assertThat(Math.sqrt(sound.covariance()[i][i])).isCloseTo(PRODUCTION[i], within(1e-9));
      assertThat(sound.mean()[i]).isCloseTo(0.0, within(1e-12));
    }
  }

  @Test
  void aParameterThatWasMeasuredSpeaksByItsDensityUnderBothKinds() {
    double any = IdentifiedParameter.SERIES_RESISTANCE.priorSigma();
    double line = PRODUCTION[RESISTANCE];
    double measured = 1e-3; // Standard deviation of the measurement alone, Ohm.A.h
    for (double value : new double[] {0.0, 3e-3, 2e-2}) {
      double posterior = 1 / (1 / square(measured) + 1 / square(any));
      known[RESISTANCE][RESISTANCE] = posterior;
      mean[RESISTANCE] = value * posterior / square(measured);
      double ratio =
          density(value, Math.hypot(measured, line)) / density(value, Math.hypot(measured, any));
      assertThat(sound().probability(0.5, 0.5)).isCloseTo(ratio / (1 + ratio), within(1e-6));
    }
  }

  @Test
  void aSoundBatteryIsBetterKnownThanItsIdentificationAloneSays() {
    double identified = 2e-3;
    known[RESISTANCE][RESISTANCE] = square(identified);
    mean[RESISTANCE] = 1e-3;
    SoundBattery sound = sound();
    assertThat(Math.sqrt(sound.covariance()[RESISTANCE][RESISTANCE]))
        .isLessThan(Math.min(identified, PRODUCTION[RESISTANCE]));
    // Pulled towards the parameter set, not beyond it.
    assertThat(sound.mean()[RESISTANCE]).isBetween(0.0, 1e-3);
  }

  @Test
  void aBatteryFarFromTheLineIsNotTakenForOneOfIt() {
    known[RESISTANCE][RESISTANCE] = square(1e-3);
    mean[RESISTANCE] = 3e-2; // Ten deviations of the line.
    assertThat(sound().probability(0.6, 0.4)).isLessThan(1e-5);
  }

  private static double density(double x, double sigma) {
    return Math.exp(-0.5 * square(x / sigma)) / sigma;
  }

  private static double square(double x) {
    return x * x;
  }
}
