package dev.anodyne.estimators.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anodyne.core.charging.EstimateIntervals;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BoundTableTest {
  private static final BoundTable TABLE = BoundTable.CAUTIOUS;

  @Property(tries = 300)
  void theBoundNeverRisesOnTheWayOut(
      @ForAll BatteryGroup group,
      @ForAll @DoubleRange(min = 0, max = 0.05) double sigma,
      @ForAll @DoubleRange(min = 0.25, max = 12) double growth,
      @ForAll @DoubleRange(min = 0, max = 30) double near,
      @ForAll @DoubleRange(min = 0, max = 30) double more) {
    double inside = TABLE.lowerBound(group, 0.01, sigma, growth, 0);
    double out = TABLE.lowerBound(group, 0.01, sigma, growth, near);
    double farther = TABLE.lowerBound(group, 0.01, sigma, growth, near + more);
    assertThat(out).isLessThanOrEqualTo(inside);
    assertThat(farther).isLessThanOrEqualTo(out);
    for (Quantity q : Quantity.values()) {
      assertThat(TABLE.halfWidth(group, q, sigma, growth, near + more))
          .isGreaterThanOrEqualTo(TABLE.halfWidth(group, q, sigma, growth, near));
    }
  }

  @Property(tries = 300)
  void theBoundDoesNotJumpAtTheEdgeOfTheRange(
      @ForAll BatteryGroup group,
      @ForAll @DoubleRange(min = 0, max = 0.05) double sigma,
      @ForAll @DoubleRange(min = 0, max = 20) double distance) {
    double step = 1e-6;
    double here = TABLE.lowerBound(group, 0, sigma, 1, distance);
    double there = TABLE.lowerBound(group, 0, sigma, 1, distance + step);
    // Continuous: a millionth of a unit moves it by no more than a millionth of what a unit does.
    double slope = TABLE.of(group).lowerKappa() * (sigma + 0.002) * TABLE.widening();
    assertThat(here - there).isLessThanOrEqualTo(slope * step * (1 + 1e-6) + 1e-15);
  }

  @Property(tries = 300)
  void distanceGrowsWithEverySignalOnItsOwn(
      @ForAll @IntRange(min = 0, max = 2) int which,
      @ForAll @DoubleRange(min = 0, max = 50) double excess,
      @ForAll @DoubleRange(min = 0, max = 50) double more) {
    Signal s = new Signal[] {Signal.TEMPERATURE, Signal.C_RATE, Signal.INNOVATION}[which];
    double edge = TrainedRange.USUAL.signals().get(s).high();
    double near = distance(s, edge + excess);
    assertThat(near).isCloseTo(excess / s.unit(), within(1e-9));
    assertThat(distance(s, edge + excess + more)).isGreaterThanOrEqualTo(near);
  }

  @Property(tries = 300)
  void moreDoubtNeverGivesAHigherBound(
      @ForAll BatteryGroup group,
      @ForAll @DoubleRange(min = 0, max = 0.05) double sigma,
      @ForAll @DoubleRange(min = 0, max = 0.05) double more) {
    assertThat(TABLE.lowerBound(group, 0, sigma + more, 1, 0))
        .isLessThanOrEqualTo(TABLE.lowerBound(group, 0, sigma, 1, 0));
  }

  /** Bounds that go with the doubt: twice as wide where it is sure. */
  private static final BoundTable DOUBTING = doubting();

  private static BoundTable doubting() {
    ObjectNode json = BoundTableJson.write(TABLE);
    for (BatteryGroup g : BatteryGroup.values()) {
      for (Quantity q : Quantity.values()) {
        ((ObjectNode) json.get("groups").get(g.name()).get("intervals").get(q.title()))
            .put("perDoubt", 1.0);
      }
    }
    return BoundTableJson.read(json, "doubting");
  }

  @Property(tries = 300)
  void doubtWidensSteadilyAndDoesNotJump(
      @ForAll BatteryGroup group,
      @ForAll @DoubleRange(min = 0, max = 0.05) double sigma,
      @ForAll @DoubleRange(min = -0.2, max = 1.2) double doubt,
      @ForAll @DoubleRange(min = 0, max = 1) double more) {
    double here = DOUBTING.lowerBound(group, 0, sigma, 1, doubt, 0);
    double there = DOUBTING.lowerBound(group, 0, sigma, 1, doubt + more, 0);
    assertThat(there).isLessThanOrEqualTo(here);
    // Twice as wide from 0 to 1, evenly: no more than its width at 0 a unit of doubt.
    double width = -DOUBTING.lowerBound(group, 0, sigma, 1, 0);
    assertThat(here - there).isLessThanOrEqualTo(width * more * (1 + 1e-9) + 1e-15);
    for (Quantity q : Quantity.values()) {
      assertThat(DOUBTING.halfWidth(group, q, sigma, 1, doubt + more, 0))
          .isGreaterThanOrEqualTo(DOUBTING.halfWidth(group, q, sigma, 1, doubt, 0));
    }
  }

  @Test
  void aDoubtThatIsNoNumberCountsAsTheGreatest() {
    BatteryGroup g = BatteryGroup.NEW_SINGLE;
    assertThat(DOUBTING.lowerBound(g, 0, 0.002, 1, Double.NaN, 0))
        .isEqualTo(DOUBTING.lowerBound(g, 0, 0.002, 1, 1, 0))
        .isCloseTo(2 * DOUBTING.lowerBound(g, 0, 0.002, 1, 0, 0), within(1e-12));
  }

  @Test
  void tablesFromBeforeBoundsWentWithADoubtAreRead() {
    ObjectNode json = BoundTableJson.write(TABLE);
    for (BatteryGroup g : BatteryGroup.values()) {
      for (Quantity q : Quantity.values()) {
        ((ObjectNode) json.get("groups").get(g.name()).get("intervals").get(q.title()))
            .remove("perDoubt");
      }
    }
    assertThat(BoundTableJson.read(json, "old")).isEqualTo(TABLE);
  }

  @Test
  void tablesFromBeforeJoinedBatteriesWereToldApartAreRead() {
    ObjectNode json = BoundTableJson.write(DOUBTING);
    ObjectNode groups = (ObjectNode) json.get("groups");
    groups.remove("JOINED_SINGLE");
    groups.remove("JOINED_SERIES");
    ((ObjectNode) groups.get("NEW_SERIES")).put("lowerKappa", 7.0);
    BoundTable read = BoundTableJson.read(json, "old");
    assertThat(read.of(BatteryGroup.JOINED_SINGLE)).isEqualTo(read.of(BatteryGroup.NEW_SINGLE));
    assertThat(read.of(BatteryGroup.JOINED_SERIES).lowerKappa()).isEqualTo(7.0);
    groups.remove("IDENTIFIED_SINGLE");
    assertThatThrownBy(() -> BoundTableJson.read(json, "cut.json"))
        .hasMessageContaining("IDENTIFIED_SINGLE")
        .hasMessageContaining("missing");
  }

  private static double distance(Signal s, double value) {
    double[] signals = usual();
    signals[s.ordinal()] = value;
    return TrainedRange.USUAL.distance(signals);
  }

  private static double[] usual() {
    double[] signals = new double[Signal.count()];
    signals[Signal.TEMPERATURE.ordinal()] = 298.15;
    signals[Signal.INNOVATION.ordinal()] = 1;
    return signals;
  }

  @Test
  void insideTheRangeTheDistanceIsNought() {
    assertThat(TrainedRange.USUAL.distance(usual())).isZero();
    assertThat(distance(Signal.LITHIUM_LOSS, 0.4)).as("was not calibrated for").isZero();
  }

  @Test
  void aSignalThatIsNoNumberIsFarOutside() {
    double far = distance(Signal.INNOVATION, Double.NaN);
    assertThat(far).isInfinite();
    assertThat(TABLE.lowerBound(BatteryGroup.NEW_SINGLE, 0, 0.002, 1, far)).isFinite().isNegative();
  }

  @Test
  void cellsNobodyHasCalibratedGetInflatedNormalFactors() {
    // 2.326 and 1.960 deviations of a normal distribution, half as much again.
    assertThat(TABLE.lowerBound(BatteryGroup.NEW_SINGLE, 0, 0.002, 1, 0))
        .isCloseTo(-3.489 * 0.002, within(1e-9));
    assertThat(TABLE.halfWidth(BatteryGroup.NEW_SINGLE, Quantity.SOC, 0.01, 1, 0))
        .isCloseTo(0.0294, within(1e-9));
    assertThat(TABLE.calibrated()).isFalse();
  }

  @Test
  void intervalsAreOfTheValuesGiven() {
    double[] values = new double[Quantity.count()];
    double[] sigmas = new double[Quantity.count()];
    Arrays.fill(sigmas, 0.01);
    values[Quantity.SOC.ordinal()] = 0.999;
    values[Quantity.ANODE_POTENTIAL.ordinal()] = 0.02;
    EstimateIntervals i = TABLE.intervals(BatteryGroup.NEW_SINGLE, values, sigmas, 1, 0);
    assertThat(i.soc().high()).as("no more than full").isEqualTo(1.0);
    assertThat(i.anodePotentialVolts().contains(0.02)).isTrue();
    assertThat(i.coverage()).isEqualTo(0.95);
  }

  @Test
  void jsonComesBackTheSame() {
    assertThat(BoundTableJson.read(BoundTableJson.write(TABLE), "x")).isEqualTo(TABLE);
    assertThat(BoundTableJson.read(BoundTableJson.write(DOUBTING), "x")).isEqualTo(DOUBTING);
  }

  @Test
  void damagedJsonIsNamed() {
    ObjectNode json = BoundTableJson.write(TABLE);
    ((ObjectNode) json.get("groups").get("NEW_SERIES")).put("lowerKappa", "much");
    assertThatThrownBy(() -> BoundTableJson.read(json, "cell.json"))
        .hasMessageContaining("cell.json")
        .hasMessageContaining("lowerKappa")
        .hasMessageContaining("much")
        .hasMessageContaining("\nMaybe");
    ObjectNode negative = BoundTableJson.write(TABLE);
    negative.put("widening", -1.0);
    assertThatThrownBy(() -> BoundTableJson.read(negative, "cell.json"))
        .hasMessageContaining("not negative");
  }
}
