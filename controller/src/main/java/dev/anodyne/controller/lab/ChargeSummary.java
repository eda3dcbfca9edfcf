package dev.anodyne.controller.lab;

import dev.anodyne.mpc.spec.PolicyIdentity;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code summary.json}: a charge in figures. Minutes, state of charge, minima and maxima are true
 * values over every plant step; estimator figures leave out the first 60 s.
 *
 * @param minutes from the start until the target was reached, or until the run ended
 * @param reachedSoc true state of charge at the end, 0–1
 * @param minAnodePotentialVolts of the lowest cell, V
 * @param platingExposureVoltSeconds ∫ max(0, −anode potential) dt of the worst cell, V·s
 * @param maxVoltageVolts of the highest cell, V
 * @param maxTemperatureCelsius of the hottest cell, °C
 * @param estimatorRmseMillivolts root mean square of estimate minus truth, mV; NaN without a belief
 * @param estimatorP99OptimisticMillivolts 99th percentile of max(0, estimate minus truth), mV
 * @param solveP50Millis median time of a decision, ms
 * @param solveP99Millis 99th percentile, ms
 * @param solveMaxMillis longest, ms
 * @param deadlineMisses decisions that came too late; 0 where no deadline applies
 * @param fallbackShare share of decisions by a rung below the policy's own, 0–1
 * @param policy its name or file, as it was given
 * @param estimator its name
 * @param cell its name
 * @param seed of the plant's spread and noise
 * @param version of this software
 * @param identity which policy it was: name, version and digest of what it does
 */
public record ChargeSummary(
    double minutes,
    double reachedSoc,
    double minAnodePotentialVolts,
    double platingExposureVoltSeconds,
    double maxVoltageVolts,
    double maxTemperatureCelsius,
    double estimatorRmseMillivolts,
    double estimatorP99OptimisticMillivolts,
    double solveP50Millis,
    double solveP99Millis,
    double solveMaxMillis,
    long deadlineMisses,
    double fallbackShare,
    String policy,
    String estimator,
    String cell,
    long seed,
    String version,
    PolicyIdentity identity) {
  /** Of a policy by name. */
  public ChargeSummary(
      double minutes,
      double reachedSoc,
      double minAnodePotentialVolts,
      double platingExposureVoltSeconds,
      double maxVoltageVolts,
      double maxTemperatureCelsius,
      double estimatorRmseMillivolts,
      double estimatorP99OptimisticMillivolts,
      double solveP50Millis,
      double solveP99Millis,
      double solveMaxMillis,
      long deadlineMisses,
      double fallbackShare,
      String policy,
      String estimator,
      String cell,
      long seed,
      String version) {
    this(
        minutes,
        reachedSoc,
        minAnodePotentialVolts,
        platingExposureVoltSeconds,
        maxVoltageVolts,
        maxTemperatureCelsius,
        estimatorRmseMillivolts,
        estimatorP99OptimisticMillivolts,
        solveP50Millis,
        solveP99Millis,
        solveMaxMillis,
        deadlineMisses,
        fallbackShare,
        policy,
        estimator,
        cell,
        seed,
        version,
        new PolicyIdentity(policy, "", ""));
  }

  /**
   * The keys of {@code summary.json} in their order; figures that do not exist are {@code null}.
   */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("minutes", figure(minutes));
    map.put("reached_soc", figure(reachedSoc));
    map.put("min_anode_potential_V", figure(minAnodePotentialVolts));
    map.put("plating_exposure_Vs", figure(platingExposureVoltSeconds));
    map.put("max_voltage_V", figure(maxVoltageVolts));
    map.put("max_temperature_C", figure(maxTemperatureCelsius));
    map.put("estimator_rmse_mV", figure(estimatorRmseMillivolts));
    map.put("estimator_p99_optimistic_mV", figure(estimatorP99OptimisticMillivolts));
    Map<String, @Nullable Object> solve = new LinkedHashMap<>();
    solve.put("p50", figure(solveP50Millis));
    solve.put("p99", figure(solveP99Millis));
    solve.put("max", figure(solveMaxMillis));
    map.put("solve_ms", solve);
    map.put("deadline_misses", deadlineMisses);
    map.put("fallback_share", figure(fallbackShare));
    map.put("policy", policy);
    map.put("estimator", estimator);
    map.put("cell", cell);
    map.put("seed", seed);
    map.put("version", version);
    map.put("policy_name", identity.name());
    map.put("policy_version", identity.version().isEmpty() ? null : identity.version());
    map.put("policy_digest", identity.digest());
    return map;
  }

  private static @Nullable Double figure(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
