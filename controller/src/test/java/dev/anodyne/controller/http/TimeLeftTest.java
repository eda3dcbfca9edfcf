package dev.anodyne.controller.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The time left that the dashboard tells. */
class TimeLeftTest {
  private static JsonObject record(String constraint) {
    return new JsonObject().put("activeConstraint", constraint);
  }

  /** 3C at 10 %, falling as the room does: 36 minutes to 80 %, of which two are over. */
  @Test
  void aCurrentThatFallsWithTheRoomIsCarriedOnSo() {
    double tau = 36 * 60 / Math.log(0.9 / 0.2);
    TimeLeft left = new TimeLeft();
    double soc = 0.1;
    for (int t = 0; t <= 120; t++) {
      soc = 1 - 0.9 * Math.exp(-t / tau);
      left.follow(t, soc);
    }
    // The pace is the mean of the last minute: half a minute old, 2 % of what it is.
    assertThat(left.seconds(soc, 0.8, record("ANODE_POTENTIAL")))
        .isCloseTo(34 * 60.0, within(0.025 * 34 * 60));
  }

  /**
   * No cell's current falls exactly with the room. One that reaches zero already at 95 % is told 9
   * % too soon, one that would reach it at 115 % only 16 % too late; an unchanged pace would be
   * half resp. more than a third too soon.
   */
  @ParameterizedTest
  @CsvSource({"0.95, -0.09", "1.15, 0.16"})
  void aCurrentThatFallsInAnotherWayIsToldBetterThanByItsPace(double zeroAt, double error) {
    double tau = 3000;
    TimeLeft left = new TimeLeft();
    double soc = 0.1;
    for (int t = 0; t <= 120; t++) {
      soc = zeroAt - (zeroAt - 0.1) * Math.exp(-t / tau);
      left.follow(t, soc);
    }
    double truth = tau * Math.log((zeroAt - soc) / (zeroAt - 0.8));
    double told = left.seconds(soc, 0.8, record("ANODE_POTENTIAL"));
    // The figures above are rounded to a hundredth.
    assertThat(told / truth - 1).isCloseTo(error, within(0.005));
    double paced = left.seconds(soc, 0.8, record("CURRENT"));
    assertThat(Math.abs(told - truth)).isLessThan(Math.abs(paced - truth) / 2);
  }

  @Test
  void aFixedLimitKeepsThePace() {
    TimeLeft left = new TimeLeft();
    left.follow(0, 0.1);
    left.follow(60, 0.11);
    assertThat(left.seconds(0.11, 0.8, record("CURRENT")))
        .isCloseTo(0.69 * 6000, within(1e-6)); // rounding
    assertThat(left.seconds(0.11, 0.1, record("CURRENT"))).isNull();
    assertThat(left.seconds(0.99, 1.0, record("VOLTAGE"))).isFinite();
  }

  @Test
  void aPlanThatReachesTheGoalTellsWhen() {
    JsonObject record = record("ANODE_POTENTIAL");
    record.put(
        "plan",
        new JsonObject()
            .put("secondsAhead", new JsonArray().add(10.0).add(20.0).add(40.0))
            .put("soc", new JsonArray().add(0.78).add(0.79).add(0.81)));
    assertThat(new TimeLeft().seconds(0.775, 0.8, record)).isCloseTo(30, within(1e-9));
    assertThat(new TimeLeft().seconds(0.775, 0.9, record)).as("no pace, not there").isNull();
  }
}
