package dev.anodyne.core.p2d;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParticleModesTest {
  /**
   * Surface of a unit sphere (D = 1) under unit inflow from rest: 3t + 1/5 − 2 Σ e^{−μ²t}/μ² with
   * tan μ = μ (Carslaw and Jaeger, §9.7).
   */
  private static double exactSurface(double t) {
    double sum = 3 * t + 0.2;
    for (int k = 1; k <= 4000; k++) {
      double mu = (k + 0.5) * Math.PI - 1 / ((k + 0.5) * Math.PI);
      for (int i = 0; i < 5; i++) {
        double f = Math.sin(mu) - mu * Math.cos(mu);
        mu -= f / (mu * Math.sin(mu));
      }
      sum -= 2 * Math.exp(-mu * mu * t) / (mu * mu);
    }
    return sum;
  }

  /** dq/dt = −λ q + 3 v(1), solved exactly for each mode. */
  private static double modalSurface(ParticleModes modes, double t) {
    double sum = 3 * t;
    for (int k = 1; k < modes.count; k++) {
      double v = modes.surface[k];
      double lambda = modes.lambda[k];
      sum += 3 * v * v * (1 - Math.exp(-lambda * t)) / lambda;
    }
    return sum;
  }

  /** Errors for t ≥ 10⁻³ R²/D as published for this basis, with a quarter in hand. */
  @ParameterizedTest
  @CsvSource({"6, 2e-3", "8, 2e-4", "10, 5e-5", "12, 1.3e-5"})
  void stepResponseIsThatOfTheSphere(int count, double tolerance) {
    ParticleModes modes = new ParticleModes(count);
    for (double t = 1e-3; t < 1; t *= 1.3) {
      assertThat(modalSurface(modes, t)).isCloseTo(exactSurface(t), within(tolerance));
    }
  }

  @Test
  void theFirstModeIsTheMean() {
    ParticleModes modes = new ParticleModes(9);
    assertThat(modes.lambda[0]).isZero();
    assertThat(modes.surface[0]).isEqualTo(1);
    for (int k = 1; k < modes.count; k++) {
      assertThat(modes.lambda[k]).isGreaterThan(modes.lambda[k - 1]);
      assertThat(modes.surface[k]).isPositive();
    }
    // The lowest exact eigenvalue is μ² with tan μ = μ, μ = 4.4934.
    assertThat(modes.lambda[1]).isCloseTo(4.493409457909064 * 4.493409457909064, within(1e-9));
  }
}
