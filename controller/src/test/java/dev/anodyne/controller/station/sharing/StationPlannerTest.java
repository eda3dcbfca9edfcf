package dev.anodyne.controller.station.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.charging.StepSeries;
import dev.anodyne.mpc.lp.LpStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Plans, against water-filling, a greedy schedule that is optimal for one charge, and arithmetic.
 */
class StationPlannerTest {
  private static final double NEVER = Double.POSITIVE_INFINITY;
  private static final SiteSettings PLAIN = new SiteSettings(1000, 1000, 0, 10, null, 0, true, 0);

  /** The solver keeps bounds to 1e-7 kW, later goals leave earlier ones 1e-6 of room. */
  private static final double WATTS = 5;

  @Test
  void withoutDeparturesAndPricesThePlanIsWaterFilling() {
    Random random = new Random(7);
    for (int round = 0; round < 12; round++) {
      int n = 2 + random.nextInt(6);
      double[] cap = new double[n];
      double[] weight = new double[n];
      List<PlanRequest.Charge> charges = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        cap[i] = 2000 + 48_000 * random.nextDouble();
        weight[i] = 1 + random.nextInt(3);
        // More than a day's worth: nobody is done before the hour that fairness looks at.
        charges.add(charge(i, weight[i], 5, new Wish(cap[i], 0, 5e6, NEVER)));
      }
      double limit = 10_000 + 100_000 * random.nextDouble();
      double[] fair = WaterFilling.share(limit, new double[n], cap, weight);
      double[] hour = firstHour(plan(charges, limit, PLAIN, StepSeries.constant(0)), charges);
      for (int i = 0; i < n; i++) {
        // The little more that finds who is stuck is a thousandth of a kW a weight.
        assertThat(hour[i]).as("%s of %s", i, n).isCloseTo(fair[i], within(WATTS));
      }
    }
  }

  /** Mean power of each charge in the first hour, from plans in which it alone counts. */
  private static double[] firstHour(StationPlan plan, List<PlanRequest.Charge> charges) {
    assertThat(plan.status()).isEqualTo(LpStatus.OPTIMAL);
    double[] watts = new double[charges.size()];
    for (int i = 0; i < watts.length; i++) {
      watts[i] = plan.charges().get("C" + i).firstHourWatts();
    }
    return watts;
  }

  @Test
  void departuresAreMetByPriorityAndWithinOneInEqualParts() {
    // 20 kW for an hour: the first needs 15 kWh, the two others 20 kWh each.
    List<PlanRequest.Charge> charges =
        List.of(
            charge(0, 1, 9, new Wish(50_000, 0, 15_000, 3600)),
            charge(1, 1, 5, new Wish(50_000, 0, 20_000, 3600)),
            charge(2, 1, 5, new Wish(50_000, 0, 20_000, 3600)));
    Map<String, StationPlan.Charge> plan =
        plan(charges, 20_000, PLAIN, StepSeries.constant(0)).charges();
    assertThat(plan.get("C0").plannedWattHours()).isCloseTo(15_000, within(WATTS));
    assertThat(plan.get("C1").plannedWattHours()).isCloseTo(2500, within(WATTS));
    assertThat(plan.get("C2").plannedWattHours()).isCloseTo(2500, within(WATTS));
  }

  @Test
  void oneWhoLeavesSoonDoesNotHoldBackOneWhoLeavesLate() {
    // The first can only have 5 of 20 kWh before it leaves; the second all of its 20 later.
    List<PlanRequest.Charge> charges =
        List.of(
            charge(0, 1, 5, new Wish(20_000, 0, 20_000, 900)),
            charge(1, 1, 5, new Wish(20_000, 0, 20_000, 7200)));
    Map<String, StationPlan.Charge> plan =
        plan(charges, 20_000, PLAIN, StepSeries.constant(0)).charges();
    assertThat(plan.get("C0").plannedWattHours()).isCloseTo(5000, within(WATTS));
    assertThat(plan.get("C1").plannedWattHours()).isCloseTo(20_000, within(WATTS));
    assertThat(plan.get("C0").dueWatts()).isCloseTo(20_000, within(4 * WATTS));
    assertThat(plan.get("C1").dueWatts()).isCloseTo(0, within(4 * WATTS));
  }

  @Test
  void energyIsBoughtWhenItIsCheapAndStillInTime() {
    StepSeries prices =
        StepSeries.of(new double[] {0, 3600, 3 * 3600}, new double[] {0.3, 0.1, 0.5}, 0.3);
    // 30 kWh at 10 kW within five hours and a half, less half of the three hours that they take,
    // for the tail: one hour at 0.3, two cheap ones, one dear one that is not needed.
    List<PlanRequest.Charge> charges =
        List.of(charge(0, 1, 5, new Wish(10_000, 0, 30_000, 5.5 * 3600)));
    StationPlan plan = plan(charges, 50_000, PLAIN, prices);
    assertThat(plan.cost()).isCloseTo(20 * 0.1 + 10 * 0.3, within(0.01));
    assertThat(plan.charges().get("C0").plannedWattHours()).isCloseTo(30_000, within(WATTS));
    assertThat(plan.charges().get("C0").dueWatts()).isCloseTo(0, within(WATTS));
    // With 20 kWh nothing is bought at first.
    List<PlanRequest.Charge> less = List.of(charge(0, 1, 5, new Wish(10_000, 0, 20_000, 4 * 3600)));
    StationPlan patient = plan(less, 50_000, PLAIN, prices);
    assertThat(patient.charges().get("C0").plannedWatts()).isCloseTo(0, within(WATTS));
    assertThat(patient.cost()).isCloseTo(2, within(0.01));
  }

  @Test
  void chargesWithoutADepartureDoNotWaitForPrices() {
    StepSeries prices = StepSeries.of(new double[] {0, 3600}, new double[] {0.5, 0.1}, 0.5);
    List<PlanRequest.Charge> charges = List.of(charge(0, 1, 5, new Wish(10_000, 0, 10_000, NEVER)));
    StationPlan plan = plan(charges, 50_000, PLAIN, prices);
    assertThat(plan.slots().get(0).connectorsWatts()).isCloseTo(10_000, within(WATTS));
    assertThat(plan.charges().get("C0").plannedWatts()).isEqualTo(NEVER);
  }

  @Test
  void theSitesBatteryBuysCheapAndHelpsInTheNarrowHour() {
    SiteSettings settings =
        new SiteSettings(
            1000,
            1000,
            0,
            10,
            new SiteSettings.Storage(10_000, 20_000, 0.95, 0.1, 0.9, 0.5, false),
            0,
            true,
            0);
    // 30 kWh in an hour (and half of the 45 min that they take, for the tail) at a limit of 20 kW:
    // only with 10 kW of the battery, which has 8 kWh.
    List<PlanRequest.Charge> charges = List.of(charge(0, 1, 5, new Wish(40_000, 0, 30_000, 4950)));
    StationPlan plan = plan(charges, 20_000, settings, StepSeries.constant(0.2));
    double given = (0.5 - 0.1) * 20_000 * 0.95;
    assertThat(plan.charges().get("C0").plannedWattHours())
        .isCloseTo(20_000 + given, within(WATTS));
    for (StationPlan.Slot slot : plan.slots()) {
      assertThat(slot.gridWatts()).isBetween(-WATTS, 20_000 + WATTS);
      assertThat(slot.storageSoc()).isBetween(0.1 - 1e-5, 0.9 + 1e-5);
      assertThat(Math.abs(slot.storageDischargeWatts())).isLessThan(10_000 + WATTS);
    }
  }

  @Test
  void everyPlanKeepsEveryLimit() {
    Random random = new Random(3);
    for (int round = 0; round < 15; round++) {
      List<PlanRequest.Charge> charges = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(12); i++) {
        double departs = random.nextBoolean() ? NEVER : 600 + 40_000 * random.nextDouble();
        double needs = random.nextInt(6) == 0 ? Double.NaN : 60_000 * random.nextDouble();
        charges.add(
            charge(
                i,
                1,
                1 + random.nextInt(3),
                new Wish(50_000 * random.nextDouble(), 0, needs, departs)));
      }
      double limit = 100_000 * random.nextDouble();
      StationPlan plan = plan(charges, limit, PLAIN, StepSeries.constant(random.nextDouble()));
      assertThat(plan.isUsable()).isTrue();
      for (StationPlan.Slot slot : plan.slots()) {
        assertThat(slot.gridWatts()).isBetween(-WATTS, limit + WATTS);
      }
      for (PlanRequest.Charge c : charges) {
        StationPlan.Charge planned = plan.charges().get(c.bay().id());
        assertThat(planned.dueWatts()).isBetween(0.0, c.wish().usableWatts() + WATTS);
        assertThat(planned.plannedWattHours()).isBetween(-WATTS, planned.neededWattHours() + WATTS);
      }
    }
  }

  @Test
  void nothingToPlanAndNoLimitLeftArePlansAsWell() {
    assertThat(plan(List.of(), 50_000, PLAIN, StepSeries.constant(0)).isUsable()).isTrue();
    StationPlan none =
        plan(
            List.of(charge(0, 1, 5, new Wish(10_000, 0, 5000, 7200))),
            0,
            PLAIN,
            StepSeries.constant(0));
    assertThat(none.isUsable()).isTrue();
    assertThat(none.charges().get("C0").plannedWattHours()).isCloseTo(0, within(WATTS));
  }

  private static PlanRequest.Charge charge(int i, double weight, int priority, Wish wish) {
    Bay bay = new Bay("C" + i, 50_000, 0, 0, weight, priority, 0.9, 4_000_000_000L);
    return new PlanRequest.Charge(bay, wish);
  }

  private static StationPlan plan(
      List<PlanRequest.Charge> charges, double limit, SiteSettings settings, StepSeries prices) {
    SiteAhead ahead = new SiteAhead(0, StepSeries.constant(limit), prices, StepSeries.constant(0));
    return StationPlanner.plan(
        new PlanRequest(
            0, charges, GridLimit.of(ahead.gridLimitWatts(), 0, limit), ahead, settings, 0, 0.5));
  }
}
