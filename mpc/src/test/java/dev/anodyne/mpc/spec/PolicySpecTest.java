package dev.anodyne.mpc.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.mpc.Beliefs;
import dev.anodyne.mpc.MpcSettings;
import dev.anodyne.mpc.spec.TemperatureLimits.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicySpecTest {
  @Test
  void theDigestIsOfWhatThePolicyDoes() {
    PolicySpec mpc = PolicySpec.named("mpc");
    assertThat(mpc.digest()).matches("[0-9a-f]{16}").isEqualTo(PolicySpec.named("mpc").digest());
    assertThat(mpc.withName("other", "2").digest()).isEqualTo(mpc.digest());
    assertThat(PolicySpec.named("rider").digest()).isNotEqualTo(mpc.digest());
    assertThat(mpc.withObjective(new Objective.LeastCost()).digest()).isNotEqualTo(mpc.digest());
    assertThat(mpc.withLimits(limits(table())).digest()).isNotEqualTo(mpc.digest());
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void everySettingIsPartOfTheDigest(Setting setting) {
    PolicySpec mpc = PolicySpec.named("mpc");
    double other = setting.standard() == setting.low() ? setting.high() : setting.low();
    Map<Setting, Double> changes = new java.util.EnumMap<>(Setting.class);
    changes.put(setting, other);
    if (setting == Setting.HORIZON_STEPS) {
      changes.put(Setting.HORIZON_MOVES, 1.0);
    }
    MpcSettings changed = Setting.change(MpcSettings.DEFAULT, changes);
    assertThat(mpc.withSettings(changed).digest()).isNotEqualTo(mpc.digest());
    assertThat(PolicySpec.named("map").withSettings(changed).digest())
        .as("a map has no horizon")
        .isEqualTo(PolicySpec.named("map").digest());
  }

  @Test
  void unknownLawsAreRefused() {
    assertThatThrownBy(() -> PolicySpec.named("magic")).hasMessageContaining("\"magic\"");
  }

  @Test
  void theLimitsOfTheMomentFollowTheColdestAndTheHottest() {
    List<ChargeLimits> seen = new ArrayList<>();
    ChargingPolicy inner =
        new ChargingPolicy() {
          @Override
          public PolicyDecision next(CellEstimate estimate, ChargeLimits limits) {
            seen.add(limits);
            return new PolicyDecision(
                limits.maxChargeCurrentAmps(),
                limits.maxVoltageVolts(),
                dev.anodyne.core.charging.PlanAhead.EMPTY,
                SolveStatus.OK,
                dev.anodyne.core.charging.DecisionSource.BASELINE,
                dev.anodyne.core.charging.ActiveConstraint.NONE,
                0);
          }
        };
    LimitedPolicy policy = new LimitedPolicy(inner, limits(table()), 5.0);
    policy.next(Beliefs.belief(0, 0, 3.6, 278.15, 0.2, 0.1), Beliefs.limits());
    policy.next(Beliefs.belief(1, 0, 3.6, 298.15, 0.2, 0.1), Beliefs.limits());
    assertThat(seen.get(0).maxChargeCurrentAmps()).isEqualTo(5.0);
    assertThat(seen.get(1).maxChargeCurrentAmps()).isEqualTo(15.0);
  }

  private static PolicyLimits limits(TemperatureLimits table) {
    double none = Double.POSITIVE_INFINITY;
    return new PolicyLimits(Double.NEGATIVE_INFINITY, none, none, none, table);
  }

  private static TemperatureLimits table() {
    double none = Double.POSITIVE_INFINITY;
    return new TemperatureLimits(List.of(new Row(278.15, 1, none), new Row(298.15, 3, none)));
  }
}
