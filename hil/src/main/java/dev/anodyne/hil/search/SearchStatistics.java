package dev.anodyne.hil.search;

import dev.anodyne.hil.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.distribution.continuous.BetaDistribution;
import org.hipparchus.stat.correlation.SpearmansCorrelation;
import org.hipparchus.stat.descriptive.DescriptiveStatistics;

/**
 * What the sweep of a search says about the whole range: its points were not chosen by their
 * margins, those of the falsification were.
 *
 * @param runs of the sweep
 * @param judged those with a margin
 * @param failed violated the check
 * @param broken ended as ERROR or INVALID
 * @param mean of the margins; NaN without any
 * @param sigma their standard deviation
 * @param percentile5 five of a hundred margins are lower
 * @param worst the lowest margin
 * @param failedLow lower end of the exact 95 % interval of the failing share (Clopper and Pearson
 *     1934)
 * @param failedHigh its upper end
 * @param influence of each parameter: Spearman's rank correlation with the margin, −1 to 1
 */
public record SearchStatistics(
    int runs,
    int judged,
    int failed,
    int broken,
    double mean,
    double sigma,
    double percentile5,
    double worst,
    double failedLow,
    double failedHigh,
    List<Double> influence) {
  private static final double TAIL = 0.025;

  public SearchStatistics {
    influence = List.copyOf(influence);
  }

  /** Of the sweep's samples among some. */
  public static SearchStatistics of(List<SearchSample> samples, int parameters) {
    List<SearchSample> sweep = samples.stream().filter(s -> s.id().startsWith("sweep")).toList();
    List<SearchSample> judged = sweep.stream().filter(s -> Double.isFinite(s.margin())).toList();
    int failed = (int) sweep.stream().filter(s -> s.verdict() == Verdict.FAIL).count();
    int broken = (int) sweep.stream().filter(SearchSample::isBroken).count();
    DescriptiveStatistics margins = new DescriptiveStatistics();
    judged.forEach(s -> margins.addValue(s.margin()));
    int n = judged.size();
    return new SearchStatistics(
        sweep.size(),
        n,
        failed,
        broken,
        margins.getMean(),
        margins.getStandardDeviation(),
        margins.getPercentile(5),
        margins.getMin(),
        failed == 0
            ? 0
            : new BetaDistribution(failed, n - failed + 1.0).inverseCumulativeProbability(TAIL),
        failed >= n
            ? 1
            : new BetaDistribution(failed + 1.0, n - failed).inverseCumulativeProbability(1 - TAIL),
        influence(judged, parameters));
  }

  private static List<Double> influence(List<SearchSample> judged, int parameters) {
    double[] margins = judged.stream().mapToDouble(SearchSample::margin).toArray();
    List<Double> influence = new ArrayList<>();
    for (int i = 0; i < parameters; i++) {
      int index = i;
      double[] values = judged.stream().mapToDouble(s -> s.values()[index]).toArray();
      influence.add(
          judged.size() < 3 ? Double.NaN : new SpearmansCorrelation().correlation(values, margins));
    }
    return influence;
  }
}
