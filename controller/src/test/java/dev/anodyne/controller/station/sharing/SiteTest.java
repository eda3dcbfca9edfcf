package dev.anodyne.controller.station.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.charging.StepSeries;
import dev.anodyne.mpc.lp.LpStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A site by a clock of the test's own: what connectors get, why, and what an operator sees. */
class SiteTest {
  private static final double NEVER = Double.POSITIVE_INFINITY;
  private static final double WATT = 1;

  private long now;
  private final Map<String, Wish> wishes = new LinkedHashMap<>();
  private Map<String, PowerBudget> budgets = Map.of();

  @Test
  void fourShareSixtyKilowattsAndAreToldSo() {
    Site site = site(60_000, null);
    for (int i = 0; i < 4; i++) {
      add(site, "C" + i, 50_000);
    }
    run(site, 60);
    assertThat(budgets.get("C2").gridWatts()).isCloseTo(15_000, within(WATT));
    assertThat(budgets.get("C2").maxWatts()).isCloseTo(0.9 * 15_000, within(WATT));
    assertThat(budgets.get("C2").why())
        .isEqualTo("Grid limit 60.0 kW shared by 4; this connector has 15.0 kW.");
    SiteView view = site.view();
    assertThat(view.status()).isEqualTo(SiteView.Status.SHARED);
    assertThat(view.limitWatts()).isEqualTo(60_000);
    assertThat(view.budgetWatts()).isLessThanOrEqualTo(60_000);
    assertThat(view.possibleWatts()).isLessThanOrEqualTo(60_000);
    assertThat(view.externalLimit()).isNull();
    assertThat(view.connectors()).hasSize(4).allMatch(c -> !c.paused());
  }

  @Test
  void aLimitFromOutsideCountsAtOnceAndItsEndIsSeenBeforehand() {
    Site site = site(60_000, null);
    add(site, "A", 50_000);
    List<String> heard = new ArrayList<>();
    site.listen(() -> heard.add("changed"));
    run(site, 60);
    assertThat(budgets.get("A").gridWatts()).isEqualTo(50_000);
    site.setGridLimit(40_000, 100);
    assertThat(heard).hasSize(1);
    tick(site);
    assertThat(budgets.get("A").gridWatts()).isCloseTo(40_000, within(WATT));
    // The safe value is 20 kW; budgets of 10 s that settle in 5 s must not reach over its begin.
    run(site, 83);
    assertThat(budgets.get("A").gridWatts()).isCloseTo(40_000, within(WATT));
    run(site, 2);
    assertThat(budgets.get("A").gridWatts()).isCloseTo(20_000, within(WATT));
    SiteView.ExternalLimit limit = site.view().externalLimit();
    assertThat(limit).isNotNull();
    assertThat(limit.expired()).isFalse();
    run(site, 20);
    assertThat(site.view().externalLimit().expired()).isTrue();
    assertThat(site.view().limitWatts()).isEqualTo(20_000);
    site.clearGridLimit();
    run(site, 2);
    assertThat(budgets.get("A").gridWatts()).isEqualTo(50_000);
    assertThatThrownBy(() -> site.setGridLimit(-1, NEVER))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(site.view().externalLimit()).as("refused, nothing half done").isNull();
  }

  @Test
  void aFallOfTheLimitIsShownUntilTheChargersHaveComeDown() {
    Site site = site(100_000, null);
    add(site, "A", 50_000);
    add(site, "B", 50_000);
    run(site, 60);
    site.setGridLimit(30_000, NEVER);
    tick(site);
    assertThat(site.view().status()).isEqualTo(SiteView.Status.ABOVE);
    assertThat(site.view().budgetWatts()).isLessThanOrEqualTo(30_000);
    run(site, 7);
    assertThat(site.view().status()).isEqualTo(SiteView.Status.SHARED);
    assertThat(site.view().possibleWatts()).isLessThanOrEqualTo(30_000);
  }

  @Test
  void whatACarDoesNotUseGoesToTheOthersAndComesBackWhenItDoes() {
    Site site = site(60_000, null);
    add(site, "A", 50_000);
    add(site, "B", 50_000);
    wishes.put("A", new Wish(50_000, 5000, Double.NaN, NEVER));
    run(site, 20);
    assertThat(budgets.get("B").gridWatts()).isCloseTo(30_000, within(WATT));
    run(site, 60);
    assertThat(budgets.get("A").gridWatts()).isBetween(6000.0, 10_000.0);
    assertThat(budgets.get("B").gridWatts()).isGreaterThan(49_000);
    // It draws all that it may: it could use more.
    wishes.put("A", new Wish(50_000, 9000, Double.NaN, NEVER));
    run(site, 30);
    assertThat(budgets.get("A").gridWatts()).isCloseTo(30_000, within(WATT));
  }

  @Test
  void withoutAPlanADepartureIsServedEvenlyAndComesFirst() {
    Site site = site(30_000, null);
    add(site, "A", 50_000);
    add(site, "B", 50_000);
    wishes.put("B", new Wish(50_000, Double.NaN, 20_000, 3600 + 600));
    run(site, 60);
    // 20 kWh in the hour before the margin, less half of the 24 min that they take at full power.
    assertThat(budgets.get("B").gridWatts()).isCloseTo(25_000, within(100.0));
    assertThat(budgets.get("A").gridWatts()).isCloseTo(5000, within(100.0));
  }

  @Test
  void aPlanIsFollowedWhileItIsFresh() {
    Site site = site(100_000, null);
    add(site, "A", 50_000);
    wishes.put("A", new Wish(50_000, Double.NaN, 20_000, 36_000));
    run(site, 30);
    site.planned(
        new StationPlan(
            now,
            LpStatus.OPTIMAL,
            1,
            List.of(),
            Map.of("A", new StationPlan.Charge(0, 0, 0, 20_000, 20_000)),
            0,
            0));
    run(site, 2);
    // Nothing is due yet, but the even spread of 20 kWh over the 10 h, less the margin and half of
    // the 24 min that they take at full power, flows all the same.
    double even = 20_000 * 3600.0 / (36_000 - 600 - 720);
    assertThat(budgets.get("A").gridWatts()).isCloseTo(even, within(1.0)); // two seconds later
    assertThat(budgets.get("A").why()).contains("cheaper later");
    assertThat(site.view().plan()).isNotNull();
    assertThat(site.view().plan().departures()).hasSize(1);
    run(site, 400);
    assertThat(budgets.get("A").gridWatts()).as("an old plan holds nobody back").isEqualTo(50_000);
  }

  @Test
  void onlyAFirmBatteryThatHasToldWhatItHasIsReliedOn() {
    SiteSettings.Storage firm = new SiteSettings.Storage(20_000, 50_000, 0.95, 0.1, 0.9, 0.5, true);
    Site site = site(60_000, firm);
    add(site, "A", 100_000);
    run(site, 60);
    assertThat(budgets.get("A").gridWatts()).isCloseTo(60_000, within(WATT));
    site.tellBattery(0.5);
    run(site, 2);
    assertThat(budgets.get("A").gridWatts()).isCloseTo(80_000, within(WATT));
    site.tellBattery(0.1);
    tick(site);
    assertThat(budgets.get("A").gridWatts()).isCloseTo(60_000, within(WATT));
    assertThatThrownBy(() -> site.tellBattery(1.5)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void weightsChangeWhileChargesRun() {
    Site site = site(30_000, null);
    add(site, "A", 50_000);
    add(site, "B", 50_000);
    run(site, 60);
    site.prefer("A", 2, 5);
    run(site, 30);
    assertThat(budgets.get("A").gridWatts()).isCloseTo(20_000, within(WATT));
    assertThat(budgets.get("B").gridWatts()).isCloseTo(10_000, within(WATT));
  }

  private Site site(double limit, SiteSettings.Storage storage) {
    return new Site(
        new SiteSettings(20_000, 20_000, 0, 10, storage, 0, true, 600),
        new SiteAhead(
            0, StepSeries.constant(limit), StepSeries.constant(0.2), StepSeries.constant(0)),
        () -> now);
  }

  private void add(Site site, String id, double usable) {
    site.add(new Bay(id, usable, 0, 0, 1, 5, 0.9, 5_000_000_000L));
    wishes.put(id, new Wish(usable, Double.NaN, Double.NaN, NEVER));
  }

  /** Some seconds, with every budget confirmed at once. */
  private void run(Site site, int seconds) {
    for (int i = 0; i < seconds; i++) {
      tick(site);
    }
  }

  private void tick(Site site) {
    now += 1_000_000_000L;
    budgets = site.share(wishes);
    budgets.forEach((id, b) -> site.confirm(id, b.sequence(), now));
  }
}
