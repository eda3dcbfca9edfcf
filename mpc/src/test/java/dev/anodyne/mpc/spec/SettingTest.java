package dev.anodyne.mpc.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.mpc.MpcSettings;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingTest {
  /** The period is the loop's, not the policy's. */
  private static final Set<String> NOT_A_SETTING = Set.of("horizon.periodSeconds");

  @Test
  void everythingThatCanBeTunedIsListed() {
    List<String> components = new ArrayList<>();
    for (RecordComponent group : MpcSettings.class.getRecordComponents()) {
      for (RecordComponent value : group.getType().getRecordComponents()) {
        components.add(group.getName() + "." + value.getName());
      }
    }
    components.removeAll(NOT_A_SETTING);
    assertThat(Stream.of(Setting.values()).map(Setting::key)).containsExactlyElementsOf(components);
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void bothEndsOfTheRangeAreAccepted(Setting setting) {
    assertThat(setting.standard()).isBetween(setting.low(), setting.high());
    for (double end : new double[] {setting.low(), setting.high()}) {
      MpcSettings changed = Setting.change(roomy(), Map.of(setting, end));
      assertThat(setting.of(changed)).isEqualTo(end);
    }
  }

  /** A range that is wider than what the controller accepts would promise too much. */
  @ParameterizedTest
  @EnumSource(Setting.class)
  void theControllerIsNeverAskedForWhatItRefuses(Setting setting) {
    assertThatCode(() -> Setting.change(roomy(), Map.of(setting, setting.low())))
        .doesNotThrowAnyException();
    if (setting.low() == 0.0 || setting.isWhole()) {
      assertThatThrownBy(() -> Setting.change(roomy(), Map.of(setting, setting.low() - 1)))
          .hasMessageContaining(setting.key());
    }
  }

  @Test
  void changingOneLeavesTheOthers() {
    Map<Setting, Double> changes = new EnumMap<>(Setting.class);
    changes.put(Setting.WEIGHT_DECAY, 3.5);
    MpcSettings changed = Setting.change(MpcSettings.forPeriod(10), changes);
    assertThat(changed.horizon().periodSeconds()).isEqualTo(10);
    for (Setting s : Setting.values()) {
      double expected = s == Setting.WEIGHT_DECAY ? 3.5 : s.standard();
      assertThat(s.of(changed)).as(s.key()).isEqualTo(expected);
    }
  }

  /** Settings in which every single range fits: there may not be more moves than steps. */
  private static MpcSettings roomy() {
    return Setting.change(
        MpcSettings.DEFAULT, Map.of(Setting.HORIZON_STEPS, 200.0, Setting.HORIZON_MOVES, 1.0));
  }
}
