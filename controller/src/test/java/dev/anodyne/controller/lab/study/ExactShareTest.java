package dev.anodyne.controller.lab.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ExactShareTest {
  /** None of n: 1 − 0.025^(1/n). The bisection is good to 1e-15, the sum to rounding. */
  @Test
  void ofNoHitsTheUpperEndHasAClosedForm() {
    ExactShare none = new ExactShare(0, 1000);
    assertThat(none.low()).isZero();
    assertThat(none.high()).isCloseTo(1 - Math.pow(0.025, 1e-3), within(1e-12));
    assertThat(new ExactShare(1000, 1000).low()).isCloseTo(Math.pow(0.025, 1e-3), within(1e-12));
    assertThat(new ExactShare(1000, 1000).high()).isEqualTo(1);
  }

  /** Figures of standard tables (Clopper and Pearson 1934), which give four digits. */
  @Test
  void agreesWithTables() {
    ExactShare two = new ExactShare(2, 20);
    assertThat(two.low()).isCloseTo(0.0123, within(5e-5));
    assertThat(two.high()).isCloseTo(0.3170, within(5e-5));
    ExactShare one = new ExactShare(1, 1000);
    assertThat(one.low()).isCloseTo(2.53e-5, within(1e-7));
    assertThat(one.high()).isCloseTo(0.00556, within(5e-6));
  }

  @Test
  void refusesWhatIsNoShare() {
    assertThatThrownBy(() -> new ExactShare(3, 2)).hasMessageContaining("3 of 2");
  }
}
