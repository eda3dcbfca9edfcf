package dev.anodyne.mpc;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoliciesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mpc",
        "cccv:0.5",
        "cccv-noplating",
        "multistage",
        "boost",
        "pulse",
        "cccv-t",
        "map",
        "rider",
        "inversion",
        "optimum"
      })
  void knownNamesPass(String name) {
    assertThatCode(() -> Policies.check(name)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rider-oracle", "p.yaml", ""})
  void otherNamesAreRefusedWithWhatIsAllowed(String name) {
    assertThatThrownBy(() -> Policies.check(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + name + "\"")
        .hasMessageContaining("allowed: mpc, cccv:RATE, cccv-noplating");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cccv:", "cccv:fast", "cccv:-1", "cccv:0", "cccv:NaN", "cccv:500"})
  void ratesMustBeSensible(String name) {
    assertThatThrownBy(() -> Policies.check(name)).hasMessageContaining("must be a number above 0");
  }

  @Test
  void theMissingColonIsHintedAt() {
    assertThatThrownBy(() -> Policies.check("cccv1")).hasMessageContaining("Maybe cccv:1");
  }

  @Test
  void whatDoesNotLookAtTheBatteryIsForSimulatedOnesOnly() {
    assertThatThrownBy(() -> Policies.checkForBattery("optimum"))
        .hasMessageContaining("simulated charges")
        .hasMessageContaining("Maybe mpc");
    assertThatCode(() -> Policies.checkForBattery("rider")).doesNotThrowAnyException();
  }
}
