package dev.anodyne.controller.station.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Budgets of a few connectors, tick by tick. Times in s, powers in W. */
class SharingTest {
  private static final double VALID = 10;
  private static final double SETTLE = 4;

  /** What is never given away, and ends of budgets that are rounded up. */
  private static final double WATT = 1;

  private static final double GRAIN = 0.1;

  private final Sharing sharing = new Sharing(nanos(VALID));
  private final Map<String, Demand> demands = new LinkedHashMap<>();
  private Sharing.Outcome outcome;

  @Test
  void aRaiseWaitsUntilTheOthersLoweringIsConfirmedAndTheChargerHasSettled() {
    add("A", 50_000, 0);
    add("B", 50_000, 0);
    want("A", 50_000);
    settled(60_000);
    assertThat(budget("A")).isEqualTo(50_000);
    want("B", 50_000);
    double start = 100;
    tick(start, 60_000);
    assertThat(budget("A")).isCloseTo(30_000, within(WATT));
    assertThat(budget("B")).as("only what was free").isCloseTo(10_000, within(WATT));
    sharing.confirm("A", grant("A").sequence(), nanos(start + 0.2));
    tick(start + 0.2 + SETTLE - 0.05, 60_000);
    assertThat(budget("B")).isCloseTo(10_000, within(WATT));
    tick(start + 0.2 + SETTLE + GRAIN, 60_000);
    assertThat(budget("B")).isCloseTo(30_000, within(WATT));
  }

  @Test
  void withoutAWordTheOthersWaitUntilTheBudgetHasRunOut() {
    add("A", 50_000, 0);
    add("B", 50_000, 0);
    want("A", 50_000);
    settled(60_000);
    want("B", 50_000);
    // A's last budget of 50 kW was given at 99 s.
    for (double t = 100; t < 99 + VALID + SETTLE; t++) {
      tick(t, 60_000);
      assertThat(budget("B")).isCloseTo(10_000, within(WATT));
    }
    tick(99 + VALID + SETTLE + GRAIN, 60_000);
    assertThat(budget("B")).isCloseTo(30_000, within(WATT));
  }

  @Test
  void aFallOfTheLimitLowersAllInThatVeryTick() {
    add("A", 50_000, 2000);
    add("B", 50_000, 2000);
    want("A", 50_000);
    want("B", 50_000);
    settled(100_000);
    assertThat(outcome.budgetWatts()).isCloseTo(100_000, within(2 * WATT));
    tick(100, 30_000);
    assertThat(outcome.budgetWatts()).isLessThanOrEqualTo(30_000);
    assertThat(outcome.possibleWatts()).as("until it is confirmed").isGreaterThan(99_000);
    sharing.confirm("A", grant("A").sequence(), nanos(100.1));
    sharing.confirm("B", grant("B").sequence(), nanos(100.1));
    tick(100.1 + SETTLE + GRAIN, 30_000);
    assertThat(outcome.possibleWatts()).isLessThanOrEqualTo(30_000);
  }

  @Test
  void belowTheFallbacksNobodyThatCanBeReachedChargesAndTheSumSaysSo() {
    add("A", 50_000, 2000);
    add("B", 50_000, 2000);
    want("A", 50_000);
    want("B", 50_000);
    settled(100_000);
    tick(100, 3000);
    assertThat(outcome.budgetWatts()).isZero();
    assertThat(outcome.fallbackWatts()).isEqualTo(4000);
  }

  @Test
  void aChargerThatDrawsMoreThanItMayTakesFromTheOthers() {
    add("A", 50_000, 0);
    add("B", 50_000, 0);
    want("A", 20_000);
    want("B", 50_000);
    settled(50_000);
    assertThat(budget("B")).isCloseTo(30_000, within(WATT));
    demands.put("A", Demand.of(20_000).withMeasured(35_000));
    tick(100, 50_000);
    assertThat(budget("A")).isCloseTo(17_500, within(WATT));
    assertThat(budget("B"))
        .as("50 kW without the 15 kW too much, shared")
        .isCloseTo(17_500, within(WATT));
    // Nobody hears it any more: what it drew too much stays counted.
    demands.put("A", Demand.of(20_000));
    tick(101, 50_000);
    assertThat(budget("A") + budget("B")).isLessThanOrEqualTo(35_000 + WATT);
  }

  @Test
  void aChargerThatComesCountsInFullUntilItMustHaveObeyed() {
    add("A", 50_000, 0);
    want("A", 50_000);
    settled(60_000);
    sharing.add(bay("B", 40_000, 0, 0, 5), nanos(100));
    want("B", 40_000);
    tick(100, 60_000);
    assertThat(outcome.possibleWatts()).isEqualTo(90_000);
    assertThat(outcome.budgetWatts()).isLessThanOrEqualTo(60_000);
  }

  @Test
  void whenTheLeastPowersDoNotFitChargesTakeTurnsAndNobodyWaitsForEver() {
    String[] ids = {"A", "B", "C", "D", "E"};
    for (String id : ids) {
      sharing.add(bay(id, 50_000, 0, 10_000, 5), nanos(0));
      want(id, 50_000);
    }
    Map<String, Integer> served = new LinkedHashMap<>();
    int ticks = 5 * 5 * Turns.TURN_SECONDS / 10;
    for (int i = 0; i < ticks; i++) {
      tick(10.0 * i, 25_000);
      for (Sharing.Grant g : outcome.grants()) {
        sharing.confirm(g.bay().id(), g.sequence(), nanos(10.0 * i + 0.1));
        assertThat(g.budgetWatts())
            .as("nothing, or enough to charge")
            .satisfiesAnyOf(
                w -> assertThat(w).isZero(), w -> assertThat(w).isBetween(10_000 - WATT, 50_000.0));
        served.merge(g.bay().id(), g.budgetWatts() > 0 ? 1 : 0, Integer::sum);
      }
    }
    // Two of five at a time: each has about two fifths of the time; a change costs some ticks.
    for (String id : ids) {
      assertThat(served.get(id)).as(id).isBetween(ticks * 2 / 5 - ticks / 10, ticks / 2);
    }
  }

  @Test
  void aDepartureThatNeedsItNowComesBeforeFairnessByPriority() {
    sharing.add(bay("A", 50_000, 0, 0, 5), nanos(0));
    sharing.add(bay("B", 50_000, 0, 0, 9), nanos(0));
    sharing.add(bay("C", 50_000, 0, 0, 5), nanos(0));
    demands.put("A", new Demand(50_000, 30_000, Double.POSITIVE_INFINITY, Double.NaN));
    demands.put("B", new Demand(50_000, 40_000, Double.POSITIVE_INFINITY, Double.NaN));
    demands.put("C", Demand.of(50_000));
    settled(50_000);
    assertThat(budget("B")).isCloseTo(40_000, within(WATT));
    assertThat(budget("A")).isCloseTo(10_000, within(WATT));
    assertThat(budget("C")).isZero();
    settled(90_000);
    assertThat(budget("A")).isCloseTo(30_000, within(WATT));
    assertThat(budget("B")).isCloseTo(40_000, within(WATT));
    assertThat(budget("C")).as("fair above what is due").isCloseTo(20_000, within(WATT));
  }

  @Test
  void sequencesRiseAndUnknownConnectorsAreIgnored() {
    add("A", 50_000, 0);
    want("A", 1000);
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      tick(i, 10_000);
      assertThat(seen.add(grant("A").sequence())).isTrue();
    }
    sharing.confirm("nobody", 3, 0);
    sharing.remove("nobody");
    sharing.prefer("nobody", 1, 1);
  }

  private void add(String id, double rating, double fallback) {
    sharing.add(bay(id, rating, fallback, 0, 5), nanos(0));
  }

  private static Bay bay(String id, double rating, double fallback, double least, int priority) {
    return new Bay(id, rating, fallback, least, 1, priority, 0.9, nanos(SETTLE));
  }

  private void want(String id, double watts) {
    demands.put(id, Demand.of(watts));
  }

  /** Until 99 s, with every budget confirmed at once but for the last ones. */
  private void settled(double capacity) {
    for (int t = 0; t < 100; t++) {
      tick(t, capacity);
      for (Sharing.Grant g : outcome.grants()) {
        sharing.confirm(g.bay().id(), g.sequence(), nanos(t));
      }
    }
  }

  private void tick(double time, double capacity) {
    outcome = sharing.tick(nanos(time), capacity, demands);
  }

  private double budget(String id) {
    return grant(id).budgetWatts();
  }

  private Sharing.Grant grant(String id) {
    return outcome.grants().stream().filter(g -> g.bay().id().equals(id)).findFirst().orElseThrow();
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }
}
