package dev.anodyne.estimators.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WidePlanTest {
  private static final CellParameters CELL = CellParameters.load("lgm50");

  @Property(tries = 300)
  void everyDrawStaysInTheRangesThatTheManifestStates(
      @ForAll long seed, @ForAll @IntRange(max = 200_000) int number) {
    SessionRef ref = WidePlan.ref(number);
    SessionPlan plan = new WidePlan(CELL, seed).plan(ref);
    SessionExtras extras = plan.extras();
    double celsius = plan.ambientKelvin() - 273.15;
    boolean beyond = ref.split() == Split.EXTRAPOLATION;
    assertThat(celsius).isBetween(beyond ? -20.0 : -10.0, beyond ? 55.0 : 45.0);
    assertThat(plan.profile().highestRate()).isBetween(0.0, beyond ? 4.0 : 3.0);
    assertThat(plan.initialSoc()).isBetween(0.0, 0.9);
    assertThat(plan.targetSoc()).isGreaterThan(plan.initialSoc()).isLessThanOrEqualTo(0.98);
    CellVariation c = plan.common();
    assertThat(c.lossOfLithiumInventory()).isBetween(0.0, beyond ? 0.20 : 0.10);
    assertThat(c.lossOfAnodeMaterial()).isBetween(0.0, beyond ? 0.15 : 0.08);
    assertThat(c.lossOfCathodeMaterial()).isBetween(0.0, beyond ? 0.15 : 0.08);
    assertThat(c.anodeDiffusivityFactor()).isBetween((beyond ? 0.6 : 0.8) * 0.8, 1.2);
    assertThat(c.electrolyteConductivityFactor()).isBetween(0.8, 1.2);
    assertThat(extras.seiGrowthMetres()).isBetween(0.0, beyond ? 2e-7 : 1e-7);
    assertThat(plan.errors().voltage().bias()).isBetween(-5e-3, 5e-3);
    assertThat(plan.errors().current().gain()).isBetween(0.995, 1.005);
    assertThat(plan.errors().temperature().bias()).isBetween(-1.0, 1.0);
    assertThat(plan.errors().voltage().delaySeconds()).isBetween(0.0, 2.0);
    extras.twinSoc().ifPresent(s -> assertThat(Math.abs(s - plan.initialSoc())).isLessThan(0.0501));
    // An aged cell of any draw still has a window between its cut-off voltages.
    assertThat(CELL.with(c).withSeiGrowth(extras.seiGrowthMetres()).capacityAmpHours())
        .isBetween(0.5 * CELL.capacityAmpHours(), 1.001 * CELL.capacityAmpHours());
  }

  @Property(tries = 100)
  void sessionsOfABatteryShareItAndDifferInConditions(
      @ForAll long seed, @ForAll @IntRange(max = 50_000) int battery) {
    WidePlan plan = new WidePlan(CELL, seed);
    List<SessionPlan> sessions =
        IntStream.range(0, WidePlan.SESSIONS_A_BATTERY)
            .mapToObj(i -> plan.plan(WidePlan.ref(battery * WidePlan.SESSIONS_A_BATTERY + i)))
            .toList();
    assertThat(sessions).extracting(SessionPlan::common).containsOnly(sessions.get(0).common());
    assertThat(sessions).extracting(SessionPlan::errors).containsOnly(sessions.get(0).errors());
    assertThat(sessions)
        .extracting(SessionPlan::heatTransferBelieved)
        .containsOnly(sessions.get(0).heatTransferBelieved());
    assertThat(sessions).extracting(SessionPlan::ambientKelvin).doesNotHaveDuplicates();
  }

  @Test
  void mostFirstSessionsCanBeLearnedFromAndAQuarterOfTheTwinsStaysNominal() {
    WidePlan plan = new WidePlan(CELL, 1L);
    int learning = 0;
    int nominalTwin = 0;
    for (int battery = 0; battery < 700; battery++) {
      SessionPlan first = plan.plan(WidePlan.ref(battery * WidePlan.SESSIONS_A_BATTERY));
      boolean rests = first.restSeconds() > 0;
      boolean moves = first.targetSoc() - first.initialSoc() > 0.3;
      learning += rests && moves && first.profile().highestRate() >= 0.4 ? 1 : 0;
      SessionPlan later = plan.plan(WidePlan.ref(battery * WidePlan.SESSIONS_A_BATTERY + 2));
      nominalTwin += later.extras().nominalTwin() ? 1 : 0;
    }
    // Nine in ten are meant to be; some of the others are by chance.
    assertThat(learning).isBetween(615, 690);
    // 700/4 within four standard deviations of 11.5.
    assertThat(nominalTwin).isBetween(129, 221);
  }

  @Test
  void referenceChargesAndNewCellsAreAShareOfEverySplitButExtrapolation() {
    WidePlan plan = new WidePlan(CELL, 1L);
    Map<Split, Integer> all = new EnumMap<>(Split.class);
    Map<Split, Integer> reference = new EnumMap<>(Split.class);
    Map<Split, Integer> nominal = new EnumMap<>(Split.class);
    for (int battery = 0; battery < 700; battery++) {
      SessionRef ref = WidePlan.ref(battery * WidePlan.SESSIONS_A_BATTERY);
      SessionPlan p = plan.plan(ref);
      all.merge(ref.split(), 1, Integer::sum);
      reference.merge(ref.split(), p.reference() ? 1 : 0, Integer::sum);
      nominal.merge(ref.split(), WidePlan.kind(ref) == Battery.Kind.NOMINAL ? 1 : 0, Integer::sum);
      if (p.reference()) {
        assertThat(p.ambientKelvin()).isBetween(297.15, 299.15);
        assertThat(p.heatTransferBelieved()).isEqualTo(40.0);
        assertThat(p.common()).isEqualTo(CellVariation.NONE);
      }
    }
    for (Split split : List.of(Split.TRAIN, Split.CALIBRATE, Split.TEST)) {
      // Two in eleven of each, dealt in turn.
      double share = reference.get(split) / (double) all.get(split);
      assertThat(share).as(split.text()).isBetween(0.15, 0.21);
      assertThat(nominal.get(split) / (double) all.get(split)).isBetween(0.15, 0.21);
    }
    assertThat(reference.get(Split.EXTRAPOLATION)).isZero();
  }

  @Test
  void noConditionBlockHasTwoUsesAndEverySplitCoversTheRange() {
    WidePlan plan = new WidePlan(CELL, 1L);
    Map<Split, Set<List<Integer>>> blocks = new EnumMap<>(Split.class);
    for (int i = 0; i < 4000; i++) {
      SessionRef ref = WidePlan.ref(i);
      SessionPlan p = plan.plan(ref);
      if (p.reference()) {
        continue; // One condition in all splits, dealt by battery alone.
      }
      int t = (int) Math.floor((p.ambientKelvin() - 273.15) / 5);
      int r = (int) Math.floor(p.profile().highestRate() / 0.5);
      blocks.computeIfAbsent(ref.split(), s -> new HashSet<>()).add(List.of(t, r));
    }
    assertThat(blocks.get(Split.TRAIN)).doesNotContainAnyElementsOf(blocks.get(Split.TEST));
    assertThat(blocks.get(Split.TRAIN)).doesNotContainAnyElementsOf(blocks.get(Split.CALIBRATE));
    assertThat(blocks.get(Split.TEST)).doesNotContainAnyElementsOf(blocks.get(Split.CALIBRATE));
    for (Split split : List.of(Split.TRAIN, Split.CALIBRATE, Split.TEST)) {
      // Eleven bands of temperature; rates to 3C.
      assertThat(blocks.get(split)).extracting(b -> b.get(0)).contains(-2, 0, 4, 8);
      assertThat(blocks.get(split)).extracting(b -> b.get(1)).contains(0, 1, 2, 3, 4, 5);
    }
  }

  @Test
  void everyDepartureIsThereAndSoAreNominalSessions() {
    WidePlan plan = new WidePlan(CELL, 1L);
    Set<String> departures = new HashSet<>();
    int nominal = 0;
    for (int i = 0; i < 2000; i++) {
      List<String> d = plan.plan(WidePlan.ref(i)).extras().departures();
      departures.addAll(d);
      nominal += d.isEmpty() ? 1 : 0;
    }
    assertThat(departures)
        .containsExactlyInAnyOrder(
            "aged", "old", "mismatch", "biased", "degraded", "cold", "hot", "fast", "reference");
    // New single cells, 2/11 of the batteries in range, and 0.45 fresh x 0.6 matched x 0.4 standard
    // sensors x 0.8 not below 0 °C of the 7/11 of any kind: 330 + 110.
    assertThat(nominal).isBetween(360, 520);
  }
}
