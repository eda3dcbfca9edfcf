package dev.anodyne.mpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.mpc.spec.PolicyLimits;
import dev.anodyne.mpc.spec.PolicySpec;
import dev.anodyne.mpc.spec.Setting;
import dev.anodyne.mpc.spec.TemperatureLimits;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A policy that continues another's charge at a steady ride. */
class TakeOverTest {
  private static final double CAPACITY = 5.0;
  private static final CellParameters CELL = CellParameters.load("lgm50").withHeatTransfer(40);

  /** The ride itself falls by 0.0005C a second here; a cold start would show as a step or a gap. */
  private static final double MOST_C = 0.002;

  /** Whoever takes over rides the same limit: neither a step nor a gap. 60 s ride, change, 10 s. */
  @ParameterizedTest
  @CsvSource({
    "same, mpc",
    "decay, mpc",
    "horizon, mpc",
    "steps, mpc",
    "limits, mpc",
    "rider, rider",
  })
  void theCurrentGoesOnWithoutAStep(String change, String policy) {
    ClosedLoop loop = new ClosedLoop(CELL, CELL, 0.4, 298.15);
    loop.boundVolts = 0.002;
    ChargeLimits limits = Beliefs.limits();
    try (ChargingPolicy before = create(PolicySpec.named("mpc"));
        ChargingPolicy after = create(spec(change, policy))) {
      loop.run(before, limits, 60);
      double riding = loop.amps;
      double[] steps = new double[10];
      after.takeOver(before);
      for (int i = 0; i < steps.length; i++) {
        double last = loop.amps;
        loop.run(after, limits, 60 + i + 1);
        steps[i] = (loop.amps - last) / CAPACITY;
      }
      for (double step : steps) {
        assertThat(Math.abs(step))
            .as("step in C after %s, riding at %.2f A", change, riding)
            .isLessThan(MOST_C);
      }
    }
  }

  private static PolicySpec spec(String change, String policy) {
    PolicySpec named = PolicySpec.named(policy);
    return switch (change) {
      case "decay" -> with(named, Map.of(Setting.WEIGHT_DECAY, 4.0));
      case "horizon" -> with(named, Map.of(Setting.HORIZON_SECONDS, 600.0));
      case "steps" -> with(named, Map.of(Setting.HORIZON_STEPS, 20.0, Setting.HORIZON_MOVES, 6.0));
      case "limits" ->
          named.withLimits(new PolicyLimits(0.0, 10, 4.3, 330, TemperatureLimits.NONE));
      default -> named;
    };
  }

  private static PolicySpec with(PolicySpec spec, Map<Setting, Double> changes) {
    return spec.withSettings(Setting.change(spec.settings(), changes));
  }

  private static ChargingPolicy create(PolicySpec spec) {
    return Policies.create(
        spec, new PolicyContext(CELL, 1.0, 0.4, 298.15, Beliefs.limits(), NanoClock.SYSTEM, 0L));
  }
}
