package dev.anodyne.estimators.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.estimators.bounds.BoundInputs;
import dev.anodyne.estimators.bounds.Quantity;
import dev.anodyne.estimators.bounds.Signal;
import org.junit.jupiter.api.Test;

class FilmBeliefTest {
  private static final int ANODE = Quantity.ANODE_POTENTIAL.ordinal();

  private static BoundInputs battery(double lithium, double ohmAmpHours, double rate) {
    BoundInputs inputs = new BoundInputs();
    inputs.signals[Signal.LITHIUM_LOSS.ordinal()] = lithium;
    inputs.signals[Signal.SERIES_RESISTANCE.ordinal()] = ohmAmpHours;
    inputs.signals[Signal.C_RATE.ordinal()] = rate;
    inputs.values[ANODE] = 0.020;
    inputs.sigmas[ANODE] = 0.0015;
    FilmBelief.apply(inputs, 0.003, 0.0005);
    return inputs;
  }

  @Test
  void aNewBatteryHasNoFilm() {
    // Production spread: half a per cent of lithium, 2 mΩ·A·h.
    BoundInputs fresh = battery(0.005, 0.002, 2);
    assertThat(fresh.values[ANODE]).isCloseTo(0.020, within(5e-5));
    assertThat(fresh.sigmas[ANODE]).isCloseTo(0.0015, within(3e-4));
  }

  @Test
  void anAgedOneHasPartOfItsResistanceThere() {
    // 45 mΩ·A·h, of which 60 % in the film: 27 mV at 1C, and taken to be known to 18 mV.
    BoundInputs aged = battery(0.06, 0.045, 1);
    assertThat(aged.values[ANODE]).isCloseTo(0.020 - 0.027, within(5e-4));
    assertThat(aged.sigmas[ANODE]).isCloseTo(Math.hypot(0.018, 0.0015), within(3e-4));
  }

  @Test
  void atRestTheFilmDoesNothing() {
    BoundInputs rest = battery(0.06, 0.045, 0);
    assertThat(rest.values[ANODE]).isEqualTo(0.020);
    assertThat(rest.sigmas[ANODE]).isEqualTo(0.0015);
  }

  @Test
  void aLargeResistanceCountsBeforeTheLithiumIsKnown() {
    assertThat(FilmBelief.aged(-0.03, 0.02, 0.035, 0.001)).isGreaterThan(0.8);
    assertThat(FilmBelief.aged(0.0, 0.005, 0.008, 0.001)).as("a new one").isLessThan(0.02);
  }

  @Test
  void inDoubtTheDeviationCoversBoth() {
    BoundInputs doubt = battery(0.02, 0.019, 1);
    assertThat(FilmBelief.aged(0.02, 0.003, 0.019, 0.0005)).isEqualTo(0.5);
    assertThat(doubt.sigmas[ANODE]).isGreaterThan(0.5 * 0.6 * 0.018);
  }
}
