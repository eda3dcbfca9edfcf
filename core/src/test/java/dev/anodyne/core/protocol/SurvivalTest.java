package dev.anodyne.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.p2d.P2dOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the load, the temperature and the charge: a named end, numbers only, and soon. */
class SurvivalTest {
  /** Processor time that one run may take, s; compiled it is a hundredth of that. */
  private static final double LONGEST_SECONDS = 1.0;

  /** One run of every so many is in the quick variant: a prime, so that every axis is sampled. */
  private static final int STRIDE = 83;

  @Test
  void aSampleOfTheGridEndsInNamedEvents() {
    List<SurvivalGrid.Run> all = SurvivalGrid.runs();
    List<SurvivalGrid.Run> sample = new ArrayList<>();
    for (int i = 0; i < all.size(); i += STRIDE) {
      sample.add(all.get(i));
    }
    // Interpreted code at the start of the JVM is ten times slower than compiled.
    check(sample, 10 * LONGEST_SECONDS);
  }

  /** A long sub-step that begins short of a full anode: its wild iterates must leave no trace. */
  @ParameterizedTest
  @CsvSource({"0, 0.0, 0.3", "55, 0.0, 3", "55, 0.1, 2"})
  void aWildIterateIsForgotten(double celsius, double soc, double cRate) {
    P2dOptions options = P2dOptions.PLANT.withAgeing(P2dOptions.Ageing.SEI);
    SurvivalGrid.Outcome outcome =
        SurvivalGrid.follow(
            new SurvivalGrid.Run(
                "marquis2019", options, celsius, soc, cRate, SurvivalGrid.Way.BEYOND_CUT_OFF));
    assertThat(outcome.end()).isEqualTo("DEPLETED: the anode's surface is full");
  }

  /**
   * Newton's method must end where the open-circuit potential is steepest: what it leaves there
   * would pass from sub-step to sub-step, and the error estimate would hold the steps at
   * milliseconds (20 s instead of half a second).
   */
  @Test
  void nearlyFullSurfacesDoNotStall() {
    P2dOptions options =
        P2dOptions.PLANT
            .withThermal(P2dOptions.Thermal.ISOTHERMAL)
            .withAgeing(P2dOptions.Ageing.FULL);
    check(
        List.of(
            new SurvivalGrid.Run(
                "ecker2015", options, 25, 0.5, 10, SurvivalGrid.Way.BEYOND_CUT_OFF)),
        5 * LONGEST_SECONDS);
  }

  @Test
  @Tag("slow")
  void theWholeGridEndsInNamedEvents() {
    List<SurvivalGrid.Run> all = SurvivalGrid.runs();
    assertThat(all).hasSizeGreaterThan(2_000);
    check(all.subList(0, 500), 10 * LONGEST_SECONDS);
    check(all.subList(500, all.size()), LONGEST_SECONDS);
  }

  private static void check(List<SurvivalGrid.Run> runs, double longestSeconds) {
    Map<String, Integer> ends = new TreeMap<>();
    List<SurvivalGrid.Outcome> wrong = new ArrayList<>();
    SurvivalGrid.Outcome longest = null;
    double total = 0;
    for (int i = 0; i < runs.size(); i++) {
      SurvivalGrid.Outcome outcome = SurvivalGrid.follow(runs.get(i));
      ends.merge(outcome.end(), 1, Integer::sum);
      total += outcome.cpuSeconds();
      longest = longest == null || outcome.cpuSeconds() > longest.cpuSeconds() ? outcome : longest;
      if (!outcome.isNamed() || !outcome.isFinite() || outcome.cpuSeconds() > longestSeconds) {
        wrong.add(outcome);
      }
      if ((i + 1) % 2000 == 0) {
        System.out.printf("%d of %d runs, %.0f s%n", i + 1, runs.size(), total);
      }
    }
    ends.forEach((end, count) -> System.out.printf("%6d  %s%n", count, end));
    System.out.printf("%d runs in %.1f s; longest: %s%n", runs.size(), total, longest);
    assertThat(wrong).isEmpty();
  }
}
