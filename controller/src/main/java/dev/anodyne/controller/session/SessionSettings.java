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
    long linkNanos) {
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
        linkNanos);
  }

  private static void require(boolean fits, String name, Object value, String allowed) {
    if (!fits) {
      throw new IllegalArgumentException(
          "Session setting " + name + " is " + value + "; allowed: " + allowed + ".");
    }
  }
}
