package dev.anodyne.estimators.twin;

import dev.anodyne.core.charging.Measurement;

/**
 * Decides what a sample may be used for. Keeps the last good sample. A sample that is not usable
 * never moves the twin; the next good one bridges the time between.
 */
final class MeasurementGate {
  /** What a sample is good for. */
  enum Verdict {
    /** The first usable sample, or the first after an interruption too long to bridge. */
    START,
    /** In sequence. */
    NORMAL,
    /** Usable after missing samples; the current in between is interpolated. */
    AFTER_GAP,
    /** The same instant again: nothing to learn. */
    REPEATED,
    /** Not finite, not of good quality, implausible, or older than the last one. */
    UNUSABLE
  }

  /** Beyond this the current in between is unknown and the state is found anew, s. */
  static final double LONGEST_BRIDGE_SECONDS = 300.0;

  private static final double MAX_C_RATE = 20.0;

  /** Rounding and jitter do not make a gap, s. */
  private static final double SLACK_SECONDS = 1e-3;

  private final double nominalAmpHours;
  private final double highestCellVolts;
  private final double gapSeconds;

  private boolean started;
  private long lastNanos;

  MeasurementGate(double nominalAmpHours, double upperCutOffVolts, double periodSeconds) {
    this.nominalAmpHours = nominalAmpHours;
    this.highestCellVolts = upperCutOffVolts + 1.0;
    this.gapSeconds = Math.max(5.0, 3.0 * periodSeconds);
  }

  /** Judges a sample; {@link #accept} takes it over. */
  Verdict judge(Measurement m, double cellAmps) {
    if (!m.isUsable() || !plausible(m, cellAmps)) {
      return Verdict.UNUSABLE;
    }
    if (!started) {
      return Verdict.START;
    }
    long elapsed = m.timeNanos() - lastNanos;
    if (elapsed == 0) {
      return Verdict.REPEATED;
    }
    if (elapsed < 0) {
      return Verdict.UNUSABLE;
    }
    double seconds = elapsed * 1e-9;
    if (seconds > LONGEST_BRIDGE_SECONDS + SLACK_SECONDS) {
      return Verdict.START;
    }
    return seconds > gapSeconds + SLACK_SECONDS ? Verdict.AFTER_GAP : Verdict.NORMAL;
  }

  /** Seconds since the last accepted sample. */
  double secondsSinceLast(Measurement m) {
    return (m.timeNanos() - lastNanos) * 1e-9;
  }

  void accept(Measurement m) {
    started = true;
    lastNanos = m.timeNanos();
  }

  void forget() {
    started = false;
  }

  private boolean plausible(Measurement m, double cellAmps) {
    return m.minCellVoltageVolts() > 0.5
        && m.maxCellVoltageVolts() < highestCellVolts
        && m.minCellVoltageVolts() <= m.maxCellVoltageVolts() + 1e-9
        && m.minCellTemperatureKelvin() > 220.0
        && m.maxCellTemperatureKelvin() < 380.0
        && Math.abs(cellAmps) <= MAX_C_RATE * nominalAmpHours;
  }
}
