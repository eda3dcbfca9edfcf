package dev.anodyne.estimators.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.estimators.bounds.BatteryGroup;
import dev.anodyne.estimators.bounds.BoundTable;
import dev.anodyne.estimators.bounds.GroupBounds;
import dev.anodyne.estimators.bounds.Quantity;
import dev.anodyne.estimators.bounds.QuantityBounds;
import dev.anodyne.estimators.bounds.Signal;
import dev.anodyne.estimators.network.SigmaScale;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class NetworkFactorsTest {
  private static final int SESSIONS = 60;
  private static final int ROWS = 200;
  private static final BatteryGroup GROUP = BatteryGroup.NEW_SERIES;
  private static final GroupBounds OTHERS = BoundTable.CAUTIOUS.of(GROUP);

  /** The 97.5 % quantile of a normal distribution. */
  private static final double NORMAL_975 = 1.960;

  /**
   * A session whose errors are normal and as many times as large as stated.
   *
   * @param stated deviation, V
   * @param times how much larger errors really are
   */
  private static ScoredSession session(
      RandomGenerator random, double stated, double times, double doubt, SigmaScale scale) {
    ScoredSession s = new ScoredSession(GROUP, "any", true);
    int anode = Quantity.ANODE_POTENTIAL.ordinal();
    for (int r = 0; r < ROWS; r++) {
      double[] truths = new double[Quantity.count()];
      double[] values = new double[Quantity.count()];
      double[] sigmas = new double[Quantity.count()];
      truths[anode] = 0.02 * (2.0 * random.nextDouble() - 1.0);
      values[anode] = truths[anode] + stated * times * random.nextGaussian();
      sigmas[anode] = scale.apply(stated);
      s.add(1.0, doubt, 4.0, values, sigmas, truths, new double[Signal.count()]);
    }
    s.trim();
    return s;
  }

  /** Sound batteries, stated at 1.4 mV and right; odd ones, stated at 8 mV and three times that. */
  private static Map<ScoredSession, Set<String>> sessions(long seed, SigmaScale scale) {
    RandomGenerator random = SeededRandom.of(seed);
    Map<ScoredSession, Set<String>> all = new LinkedHashMap<>();
    for (int i = 0; i < SESSIONS; i++) {
      all.put(session(random, 0.0014, 1.0, 0.0, scale), Set.of(SessionLabel.NOMINAL));
      all.put(session(random, 0.0080, 3.0, 1.0, scale), Set.of(Battery.AGED));
    }
    return all;
  }

  @Test
  void deviationsBecomeAsLargeAsErrorsAre() {
    SigmaScale scale = new NetworkFactors(sessions(1L, SigmaScale.NONE)).scale();
    // 12,000 instants each: the quantile's own deviation is about 1.5 %.
    assertThat(scale.apply(0.0014) / 0.0014).isCloseTo(NORMAL_975, within(0.12));
    assertThat(scale.apply(0.0080) / 0.0080).isCloseTo(3.0 * NORMAL_975, within(0.36));
  }

  @Test
  void theBoundHoldsForBatteriesThatItHasNotSeenAndIsNarrowForSoundOnes() {
    SigmaScale scale = new NetworkFactors(sessions(2L, SigmaScale.NONE)).scale();
    GroupBounds bounds = new NetworkFactors(sessions(2L, scale)).group(GROUP, OTHERS);
    QuantityBounds anode = bounds.of(Quantity.ANODE_POTENTIAL);
    BoundShape shape = new BoundShape(Quantity.ANODE_POTENTIAL, 0.0, 0.0, anode.perDoubt());
    Map<ScoredSession, Set<String>> others = sessions(3L, scale);
    for (String population : new String[] {SessionLabel.NOMINAL, Battery.AGED}) {
      int held = 0;
      int all = 0;
      for (ScoredSession s : others.keySet()) {
        for (int r = 0;
            others.getOrDefault(s, Set.of()).contains(population) && r < s.rows();
            r++) {
          held += shape.score(s, r) <= bounds.lowerKappa() ? 1 : 0;
          all++;
        }
      }
      // What a factor for 99 % of the time promises, and not much more than it asked for.
      assertThat((double) held / all).isBetween(0.99, 0.9995);
    }
    // 99.4 % of a normal distribution, 2.5 deviations, is asked of 60 sessions: 3.5 mV.
    double width = bounds.lowerKappa() * scale.apply(0.0014);
    assertThat(width).isBetween(0.0030, 0.0045);
  }

  @Test
  void degradedSensorsDoNotWidenTheBoundsOfSoundOnes() {
    Map<ScoredSession, Set<String>> all = sessions(4L, SigmaScale.NONE);
    SigmaScale before = new NetworkFactors(all).scale();
    double kappa = new NetworkFactors(all).group(GROUP, OTHERS).lowerKappa();
    RandomGenerator random = SeededRandom.of(5L);
    for (int i = 0; i < SESSIONS; i++) {
      // Lost for 4 % of their instants: below what they must be covered for.
      double times = i % 25 == 0 ? 40.0 : 1.0;
      all.put(
          session(random, 0.0014, times, 0.0, SigmaScale.NONE),
          Set.of(Battery.DEGRADED, Battery.BIASED));
    }
    assertThat(new NetworkFactors(all).scale().logFactor()).isEqualTo(before.logFactor());
    assertThat(new NetworkFactors(all).group(GROUP, OTHERS).lowerKappa()).isEqualTo(kappa);
  }

  @Test
  void aGroupWithoutSessionsTakesThoseOfOthers() {
    GroupBounds other =
        new NetworkFactors(sessions(6L, SigmaScale.NONE))
            .group(BatteryGroup.IDENTIFIED_SERIES, OTHERS);
    assertThat(other.pooled()).isTrue();
    assertThat(other.sessions()).isZero();
    assertThat(other.lowerKappa()).isPositive();
  }
}
