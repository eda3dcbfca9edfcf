package dev.anodyne.mpc.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class RoomSearchTest {
  private static final double CLOSE_AMPS = 1e-3;
  private static final double CLOSE_VOLTS = 1e-5;
  private final RoomSearch search = new RoomSearch();
  private int looks;

  /** Falls with the current: straight, then steeper from the present current on, then bent. */
  private DoubleUnaryOperator room(double atZero, double slope, double kinkAmps, double bend) {
    return amps -> {
      looks++;
      return atZero - slope * (amps + Math.max(0.0, amps - kinkAmps)) - bend * amps * amps;
    };
  }

  @Property
  void findsTheLargestFromWhereverItBegins(
      @ForAll @Scale(6) @DoubleRange(min = -0.05, max = 0.3) double atZero,
      @ForAll @Scale(6) @DoubleRange(min = 1e-4, max = 0.1) double slope,
      @ForAll @Scale(6) @DoubleRange(min = 0, max = 1e-3) double bend,
      @ForAll @DoubleRange(min = 0, max = 20) double kinkAmps,
      @ForAll @DoubleRange(min = -1, max = 25) double guess,
      @ForAll @DoubleRange(min = 0, max = 20) double ceiling) {
    DoubleUnaryOperator room = room(atZero, slope, kinkAmps, bend);
    for (int i = 0; i < 2; i++) { // with no slope, and with the one of the first search
      looks = 0;
      double amps = search.largest(room, guess, ceiling);
      assertThat(looks).isLessThanOrEqualTo(34);
      assertThat(amps).isBetween(0.0, ceiling);
      if (amps > 0.0) {
        assertThat(room.applyAsDouble(amps)).isNotNegative();
      }
      if (amps < ceiling) {
        double above = room.applyAsDouble(amps + CLOSE_AMPS);
        assertThat(above < 0.0 || room.applyAsDouble(amps) < CLOSE_VOLTS).isTrue();
      }
    }
  }

  @Property
  void whereTheModelHasNoAnswerThereIsNoRoom(
      @ForAll @DoubleRange(min = 0.5, max = 19.5) double lastAnswer,
      @ForAll @DoubleRange(min = 0, max = 20) double guess) {
    double amps = search.largest(asked -> asked <= lastAnswer ? 1.0 : Double.NaN, guess, 20.0);
    assertThat(amps).isLessThanOrEqualTo(lastAnswer).isCloseTo(lastAnswer, within(CLOSE_AMPS));
  }

  /** What the search is for: a limit that moves a little from decision to decision is cheap. */
  @Test
  void anAnswerCloseToTheLastTakesThreeLooks() {
    double amps = search.largest(room(0.100, 0.01, 20.0, 1e-4), 3.0, 20.0);
    for (int i = 1; i <= 50; i++) {
      looks = 0;
      double wobble = 1e-3 * Math.sin(i);
      amps = search.largest(room(0.100 - 2e-4 * i + wobble, 0.01, 20.0, 1e-4), amps, 20.0);
      assertThat(looks).isLessThanOrEqualTo(3);
    }
  }

  @Test
  void theCeilingIsLookedAtOnceWhereItIsTheGuess() {
    assertThat(search.largest(room(1.0, 0.01, 20.0, 0.0), 15.0, 15.0)).isEqualTo(15.0);
    assertThat(looks).isOne();
  }

  @Test
  void withoutRoomThereIsNoCurrentAndWithoutAnAnswerNone() {
    assertThat(search.largest(amps -> -0.1 - amps, 5.0, 10.0)).isZero();
    assertThat(search.largest(amps -> Double.NaN, 5.0, 10.0)).isNaN();
  }
}
