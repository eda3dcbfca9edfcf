package dev.anodyne.controller.safety;

import static dev.anodyne.controller.Images.LAYOUT;
import static dev.anodyne.controller.Images.up;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that pass, and those that are none. */
class GuardTest extends GuardFixture {
  @Test
  void letsAHealthyCommandThroughUnchanged() {
    charging();
    GuardVerdict verdict = admit(up(11, 10), 10, 11);
    assertThat(verdict).isEqualTo(new GuardVerdict(10, 16.8, GuardReason.NONE, ""));
  }

  @Test
  void anExpiredCommandGivesNothing() {
    charging();
    GuardVerdict verdict = guard.recheck(up(12.6, 10), command(10, 10), nanos(12.6));
    assertThat(verdict.reason()).isEqualTo(GuardReason.COMMAND_EXPIRED);
    assertThat(verdict.allowedAmps()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aCommandThatIsNoCurrentGivesNothing(double amps) {
    charging();
    assertThat(admit(up(11, 10), amps, 11).reason()).isEqualTo(GuardReason.BAD_COMMAND);
    assertThat(admit(up(12, 10), amps, 12).allowedAmps()).isZero();
  }

  @Test
  void nothingIsAllowedBeforeTheFirstDecision() {
    assertThat(guard.recheck(up(9, 0), command(10, 9), nanos(9)).reason())
        .isEqualTo(GuardReason.AWAITING_DECISION);
  }

  @Test
  void badSettingsAreRefused() {
    assertThatThrownBy(() -> GuardSettings.of(LAYOUT, Double.NaN, 318))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxCellVoltageVolts");
  }
}
