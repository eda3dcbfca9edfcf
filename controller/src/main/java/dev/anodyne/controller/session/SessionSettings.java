package dev.anodyne.controller.session;

import dev.anodyne.controller.safety.GuardSettings;
import dev.anodyne.core.charging.PackLayout;

/**
 * What one charge is to do and to respect. Vehicle and charger may be tighter at any moment.
 *
 * @param id name of the session, unique in the station
 * @param layout how the battery's cells are wired
 * @param targetSoc the charge ends when the estimated state of charge reaches this, 0–1
 * @param maxCellVoltageVolts highest cell voltage, V
 * @param maxCellTemperatureKelvin highest cell temperature, K
 * @param maxCellCurrentAmps highest cell current, A
 * @param minAnodePotentialVolts margin that the anode potential's lower bound must keep, V
 * @param ambientTemperatureKelvin temperature the cells cool towards, K
 * @param periodNanos time between decisions, ns
 * @param linkNanos what a command's validity loses on the way to the charger, ns: the time that the
 *     link keeps in hand so that nothing acts after its expiry
 * @param decideEveryNanos time between decisions of the policy, ns, where the period is shorter: in
 *     between the rest of the last plan counts; 0 for each period
 */
public record SessionSettings(
    String id,
    PackLayout layout,
    double targetSoc,
    double maxCellVoltageVolts,
    double maxCellTemperatureKelvin,
    double maxCellCurrentAmps,
    double minAnodePotentialVolts,
    double ambientTemperatureKelvin,
    long periodNanos,
    long linkNanos,
    long decideEveryNanos) {
  /** The rest of a plan that is older than this no longer counts, ns. */
  private static final long LONGEST_PLAN_NANOS = 10_000_000_000L;

  private static final long LONGEST_VALIDITY_NANOS = 3_000_000_000L;

  public SessionSettings {
    require(!id.isBlank(), "id", id, "not empty");
    require(targetSoc > 0 && targetSoc <= 1, "targetSoc", targetSoc, "above 0 and at most 1");
    require(
        maxCellVoltageVolts > 0 && maxCellVoltageVolts <= 5,
        "maxCellVoltageVolts",
        maxCellVoltageVolts,
        "above 0 and at most 5 V");
    require(
        maxCellTemperatureKelvin > 233 && maxCellTemperatureKelvin <= 353.15,
        "maxCellTemperatureKelvin",
        maxCellTemperatureKelvin,
        "233 to 353.15 K");
    require(
        maxCellCurrentAmps > 0 && maxCellCurrentAmps < Double.POSITIVE_INFINITY,
        "maxCellCurrentAmps",
        maxCellCurrentAmps,
        "above 0");
    require(
        Math.abs(minAnodePotentialVolts) <= 0.2,
        "minAnodePotentialVolts",
        minAnodePotentialVolts,
        "−0.2 to 0.2 V");
    require(
        ambientTemperatureKelvin > 213 && ambientTemperatureKelvin < 353.15,
        "ambientTemperatureKelvin",
        ambientTemperatureKelvin,
        "213 to 353.15 K");
    require(periodNanos >= 10_000_000L, "periodNanos", periodNanos, "at least 10 ms");
    require(linkNanos >= 0, "linkNanos", linkNanos, "at least 0");
    require(
        decideEveryNanos >= 0
            && (decideEveryNanos <= periodNanos || decideEveryNanos <= LONGEST_PLAN_NANOS),
        "decideEveryNanos",
        decideEveryNanos,
        "0 to 10 s, or a period");
  }

  /** A charge whose policy decides each period. */
  public SessionSettings(
      String id,
      PackLayout layout,
      double targetSoc,
      double maxCellVoltageVolts,
      double maxCellTemperatureKelvin,
      double maxCellCurrentAmps,
      double minAnodePotentialVolts,
      double ambientTemperatureKelvin,
      long periodNanos,
      long linkNanos) {
    this(
        id,
        layout,
        targetSoc,
        maxCellVoltageVolts,
        maxCellTemperatureKelvin,
        maxCellCurrentAmps,
        minAnodePotentialVolts,
        ambientTemperatureKelvin,
        periodNanos,
        linkNanos,
        0);
  }

  /** The same charge whose policy decides less often than each period, ns. */
  public SessionSettings decidingEvery(long nanos) {
    return new SessionSettings(
        id,
        layout,
        targetSoc,
        maxCellVoltageVolts,
        maxCellTemperatureKelvin,
        maxCellCurrentAmps,
        minAnodePotentialVolts,
        ambientTemperatureKelvin,
        periodNanos,
        linkNanos,
        nanos);
  }

  /** A charge over a link that takes nothing off. */
  public SessionSettings(
      String id,
      PackLayout layout,
      double targetSoc,
      double maxCellVoltageVolts,
      double maxCellTemperatureKelvin,
      double maxCellCurrentAmps,
      double minAnodePotentialVolts,
      double ambientTemperatureKelvin,
      long periodNanos) {
    this(
        id,
        layout,
        targetSoc,
        maxCellVoltageVolts,
        maxCellTemperatureKelvin,
        maxCellCurrentAmps,
        minAnodePotentialVolts,
        ambientTemperatureKelvin,
        periodNanos,
        0);
  }

  /**
   * How long a command stays valid: one and three quarter periods. A late decision does not stop
   * the charge, since the rest of the last plan is commanded after one period; and a charger that
   * has lost its controller has ramped to zero within 3 s at the usual period of 1 s. What the link
   * takes off comes on top.
   */
  public long commandValidityNanos() {
    long several = Math.min(periodNanos * 7 / 4, LONGEST_VALIDITY_NANOS);
    return Math.max(several, periodNanos * 3 / 2) + linkNanos;
  }

  /** The guard's limits for this charge, with times that fit its period. */
  public GuardSettings guardSettings() {
    return GuardSettings.of(layout, maxCellVoltageVolts, maxCellTemperatureKelvin)
        .withTimes(
            Math.max(GuardSettings.DEFAULT_STALENESS_NANOS, periodNanos * 3 / 2),
            Math.max(GuardSettings.DEFAULT_FROZEN_NANOS, periodNanos * 5 / 2),
            Math.max(GuardSettings.DEFAULT_STALENESS_NANOS, periodNanos));
  }

  /** The same settings with another target, for a change during the charge. */
  public SessionSettings withTargetSoc(double newTargetSoc) {
    return new SessionSettings(
        id,
        layout,
        newTargetSoc,
        maxCellVoltageVolts,
        maxCellTemperatureKelvin,
        maxCellCurrentAmps,
        minAnodePotentialVolts,
        ambientTemperatureKelvin,
        periodNanos,
        linkNanos,
        decideEveryNanos);
  }

  /** The same settings with other limits and margin, for a change during the charge. */
  public SessionSettings withLimits(
      double newMaxCellVoltageVolts,
      double newMaxCellTemperatureKelvin,
      double newMaxCellCurrentAmps,
      double newMinAnodePotentialVolts) {
    return new SessionSettings(
        id,
        layout,
        targetSoc,
        newMaxCellVoltageVolts,
        newMaxCellTemperatureKelvin,
        newMaxCellCurrentAmps,
        newMinAnodePotentialVolts,
        ambientTemperatureKelvin,
        periodNanos,
        linkNanos,
        decideEveryNanos);
  }

  private static void require(boolean fits, String name, Object value, String allowed) {
    if (!fits) {
      throw new IllegalArgumentException(
          "Session setting " + name + " is " + value + "; allowed: " + allowed + ".");
    }
  }
}
