package dev.anodyne.estimators.identification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOptions.Ageing;
import dev.anodyne.estimators.identification.SessionModel.Nuisance;
import org.junit.jupiter.api.Test;

class SessionModelTest {
  private static SessionSteps steps() {
    RecordedSession session = new RecordedSession(PackLayout.SINGLE_CELL);
    for (int t = 0; t < 400; t++) {
      double amps = t < 5 ? 0 : t < 200 ? 8 : 4;
      session.add(Measurement.ofCell(t * 1_000_000_000L, amps, 3.6, 298.15, Quality.GOOD));
    }
    return SessionSteps.of(session, 5);
  }

  /**
   * The chain rule to every unknown against central differences. Newton's method leaves 2 µV and 10
   * µK of the outputs, which the step divides: 0.5 % of the largest derivative beside that.
   */
  @Test
  void derivativesAreDifferenceQuotients() {
    SessionSteps steps = steps();
    P2dOptions options = P2dOptions.CONTROL.withAgeing(Ageing.FULL);
    SessionModel model = new SessionModel(Garage.KIND, options, steps, true);
    SessionModel other = new SessionModel(Garage.KIND, options, steps, true);
    double[] x = new double[SessionModel.UNKNOWNS];
    x[IdentifiedParameter.ANODE_MATERIAL.ordinal()] = -0.03;
    x[IdentifiedParameter.LITHIUM_LOSS.ordinal()] = 0.02;
    x[IdentifiedParameter.SERIES_RESISTANCE.ordinal()] = 0.01;
    x[SessionModel.index(Nuisance.START_STOICHIOMETRY)] = 0.2;
    x[SessionModel.index(Nuisance.CURRENT_GAIN)] = 0.004;
    x[SessionModel.index(Nuisance.START_TEMPERATURE)] = 297;
    x[SessionModel.index(Nuisance.AMBIENT_TEMPERATURE)] = 295;
    assertThat(model.run(x)).isTrue();
    for (int i = 0; i < x.length; i++) {
      double h = i >= SessionModel.index(Nuisance.TEMPERATURE_BIAS) ? 1 : 2e-3;
      double[] up = x.clone();
      up[i] += h;
      assertThat(other.run(up)).isTrue();
      double[] high = other.volts.clone();
      double[] hot = other.kelvin.clone();
      up[i] -= 2 * h;
      assertThat(other.run(up)).isTrue();
      compare("volts of " + i, model.voltsSlope, high, other.volts, i, h, 4e-6);
      compare("kelvin of " + i, model.kelvinSlope, hot, other.kelvin, i, h, 2e-5);
    }
  }

  private static void compare(
      String what, double[][] slope, double[] high, double[] low, int i, double h, double rest) {
    double largest = 0;
    for (double[] row : slope) {
      largest = Math.max(largest, Math.abs(row[i]));
    }
    for (int k = 0; k < slope.length; k++) {
      double quotient = (high[k] - low[k]) / (2 * h);
      assertThat(slope[k][i])
          .as(what + " at step " + k)
          .isCloseTo(quotient, within(5e-3 * largest + rest / h));
    }
  }

  @Test
  void stepsKeepTheChargeAndEndAtJumps() {
    SessionSteps steps = steps();
    double charge = 0;
    double time = 0;
    for (int k = 0; k < steps.count; k++) {
      charge += steps.amps[k] * steps.seconds[k];
      time += steps.seconds[k];
      // No step mixes the currents before and after a jump.
      assertThat(steps.amps[k]).isIn(0.0, 8.0, 4.0);
    }
    assertThat(charge).isCloseTo(195 * 8 + 200 * 4, within(1e-9));
    assertThat(time).isCloseTo(1 + 399, within(1e-9));
  }
}
