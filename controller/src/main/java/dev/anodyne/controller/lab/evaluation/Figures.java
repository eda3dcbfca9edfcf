package dev.anodyne.controller.lab.evaluation;

import dev.anodyne.estimators.evaluation.IdentityViolations;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * One estimator in one stratum. Means are over sessions of equal weight, quantiles over all
 * samples.
 *
 * @param sessions that had samples to judge
 * @param rmseVolts of the anode potential, V
 * @param largestVolts largest error of the anode potential, V
 * @param optimisticVolts 99th percentile of estimate minus truth where the truth is below 30 mV, V
 * @param nearSamples number of those samples
 * @param aboveSamples share of samples with the truth above the bound, 0–1
 * @param aboveSessions share of sessions that keep above it at their lowest anode potential
 * @param throughout share of sessions that keep above it at every sample
 * @param gapVolts median of truth minus bound, V
 * @param rmse of every quantity
 * @param coverage share of samples with the truth in the stated 95 % interval; NaN of none
 * @param violations of physical identities
 * @param socErrorWorst largest error of the state of charge after 60 s, 0–1
 * @param socErrorRms root mean square of the same
 * @param inRange share of samples that the estimator calls within its range
 * @param withoutEstimate share of samples without a valid estimate
 * @param updateMedianMicros median time of one update, µs
 * @param updateP99Micros 99th percentile of it, µs
 */
record Figures(
    int sessions,
    double rmseVolts,
    double largestVolts,
    double optimisticVolts,
    int nearSamples,
    double aboveSamples,
    Share aboveSessions,
    Share throughout,
    double gapVolts,
    Map<Quantity, Double> rmse,
    Map<Quantity, Double> coverage,
    IdentityViolations violations,
    double socErrorWorst,
    double socErrorRms,
    double inRange,
    double withoutEstimate,
    double updateMedianMicros,
    double updateP99Micros) {

  /** Pools sessions of one estimator. */
  static Figures of(List<SessionScore> all) {
    List<SessionScore> scores = all.stream().filter(s -> s.judged() > 0).toList();
    Values near = new Values();
    Values gaps = new Values();
    Values micros = new Values();
    double largest = 0;
    double worstSoc = Double.NaN;
    int judged = 0;
    int missing = 0;
    int throughout = 0;
    int atLowest = 0;
    int inRange = 0;
    int above = 0;
    for (SessionScore s : all) {
      missing += s.withoutEstimate();
      micros.addAll(s.updateMicros);
    }
    for (SessionScore s : scores) {
      near.addAll(s.nearErrors);
      gaps.addAll(s.gaps);
      largest = Math.max(largest, s.largestVolts());
      worstSoc = Double.isNaN(s.socError()) ? worstSoc : larger(worstSoc, s.socError());
      judged += s.judged();
      above += s.above();
      inRange += s.inRange();
      throughout += s.aboveThroughout() ? 1 : 0;
      atLowest += s.aboveAtLowest() ? 1 : 0;
    }
    return new Figures(
        scores.size(),
        rootMean(scores, SessionScore::meanSquare),
        scores.isEmpty() ? Double.NaN : largest,
        near.quantile(0.99),
        near.size(),
        (double) above / judged,
        new Share(atLowest, scores.size()),
        new Share(throughout, scores.size()),
        gaps.quantile(0.5),
        ofEach(q -> rootMean(scores, s -> s.accuracy(q).meanSquare())),
        ofEach(q -> coverage(scores, q)),
        meanViolations(scores),
        worstSoc,
        rootMean(scores, s -> s.socError() * s.socError()),
        (double) inRange / judged,
        (double) missing / Math.max(1, missing + judged),
        micros.quantile(0.5),
        micros.quantile(0.99));
  }

  double anodeSurfaceRmse() {
    return rmse.getOrDefault(Quantity.ANODE_SURFACE, Double.NaN);
  }

  double cathodeSurfaceRmse() {
    return rmse.getOrDefault(Quantity.CATHODE_SURFACE, Double.NaN);
  }

  private static Map<Quantity, Double> ofEach(ToDoubleFunction<Quantity> value) {
    Map<Quantity, Double> all = new EnumMap<>(Quantity.class);
    for (Quantity q : Quantity.values()) {
      all.put(q, value.applyAsDouble(q));
    }
    return all;
  }

  private static double coverage(List<SessionScore> scores, Quantity q) {
    int stated = scores.stream().mapToInt(s -> s.accuracy(q).stated()).sum();
    int within = scores.stream().mapToInt(s -> s.accuracy(q).within()).sum();
    return (double) within / stated;
  }

  private static IdentityViolations meanViolations(List<SessionScore> scores) {
    List<IdentityViolations> all =
        scores.stream().map(SessionScore::violations).filter(v -> v.sessions() > 0).toList();
    return new IdentityViolations(
        all.size(),
        mean(all, IdentityViolations::lithiumDriftPercent),
        mean(all, IdentityViolations::voltageMillivolts),
        mean(all, IdentityViolations::anodePotentialMillivolts),
        mean(all, IdentityViolations::signPercent),
        mean(all, IdentityViolations::monotonicityPercent));
  }

  private static double mean(
      List<IdentityViolations> all, ToDoubleFunction<IdentityViolations> value) {
    return all.stream().mapToDouble(value).filter(Double::isFinite).average().orElse(Double.NaN);
  }

  private static double larger(double a, double b) {
    return Double.isNaN(a) ? b : Math.max(a, b);
  }

  private static double rootMean(List<SessionScore> scores, ToDoubleFunction<SessionScore> square) {
    return Math.sqrt(
        scores.stream()
            .mapToDouble(square)
            .filter(v -> !Double.isNaN(v))
            .average()
            .orElse(Double.NaN));
  }
}
