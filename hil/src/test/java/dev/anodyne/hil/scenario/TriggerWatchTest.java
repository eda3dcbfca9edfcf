package dev.anodyne.hil.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.hil.scenario.Trigger.Condition;
import dev.anodyne.hil.scenario.Trigger.Edge;
import dev.anodyne.hil.stl.Present;
import dev.anodyne.hil.stl.StlParser;
import dev.anodyne.hil.stl.Unit;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class TriggerWatchTest {
  /** When a trigger fires first, s; −1 for never. */
  private static double fires(Trigger trigger, DoubleUnaryOperator a, DoubleUnaryOperator b) {
    TriggerWatch watch = new TriggerWatch(trigger);
    double[] now = {0};
    Present present =
        new Present(
            name -> (name.equals("a") ? a : b).applyAsDouble(now[0]), name -> Unit.ofChannel("A"));
    for (double t = 0; t < 60; t += 0.5) {
      now[0] = t;
      if (watch.fires(present, t)) {
        return t;
      }
    }
    return -1;
  }

  private static Condition when(String text, Edge edge, double delay) {
    return new Condition(StlParser.parse(text), edge, delay);
  }

  private static Trigger all(Condition... conditions) {
    return new Trigger(List.of(List.of(conditions)));
  }

  @Test
  void edges() {
    DoubleUnaryOperator pulse = t -> t >= 10 && t < 20 ? 1 : 0;
    assertThat(fires(all(when("a > 0.5 A", Edge.LEVEL, 0)), pulse, t -> 0)).isEqualTo(10);
    assertThat(fires(all(when("a > 0.5 A", Edge.FALLING, 0)), pulse, t -> 0)).isEqualTo(20);
    assertThat(fires(all(when("a > 0.5 A", Edge.RISING, 3)), pulse, t -> 0)).isEqualTo(13);
  }

  @Test
  void aDelayedLevelMustHoldWithoutABreak() {
    DoubleUnaryOperator broken = t -> (t >= 10 && t < 14) || t >= 15 ? 1 : 0;
    assertThat(fires(all(when("a > 0.5 A", Edge.LEVEL, 5)), broken, t -> 0)).isEqualTo(20);
  }

  @Test
  void allOfAGroupAndAnyGroup() {
    Condition a = when("a > 0.5 A", Edge.LEVEL, 0);
    Condition b = when("b > 0.5 A", Edge.LEVEL, 0);
    DoubleUnaryOperator early = t -> t >= 10 ? 1 : 0;
    DoubleUnaryOperator late = t -> t >= 30 ? 1 : 0;
    assertThat(fires(all(a, b), early, late)).isEqualTo(30);
    assertThat(fires(new Trigger(List.of(List.of(a), List.of(b))), early, late)).isEqualTo(10);
    assertThat(fires(all(a, b), early, t -> 0)).isEqualTo(-1);
  }

  @Test
  void aSeenEdgeWaitsForTheOthers() {
    Condition pulse = when("a > 0.5 A", Edge.RISING, 0);
    Condition level = when("b > 0.5 A", Edge.LEVEL, 0);
    assertThat(fires(all(pulse, level), t -> t == 5 ? 1 : 0, t -> t >= 20 ? 1 : 0)).isEqualTo(20);
  }
}
