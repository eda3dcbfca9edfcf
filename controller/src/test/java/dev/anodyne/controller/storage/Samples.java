package dev.anodyne.controller.storage;

import java.time.Instant;
import java.util.Arrays;

/** Entries for tests. */
final class Samples {
  /** A whole minute. */
  static final long BEGIN = Micros.of(Instant.parse("2026-01-31T06:30:00Z"));

  private Samples() {}

  /** A sample with a power, a current, a state of charge and an anode potential. */
  static Sample sample(String charge, long timeMicros, double packWatts, double soc) {
    double[] values = new double[Sample.VALUES];
    Arrays.fill(values, Double.NaN);
    values[TelemetryColumn.PACK_POWER.ordinal()] = packWatts;
    values[TelemetryColumn.PACK_CURRENT.ordinal()] = packWatts / 10;
    values[TelemetryColumn.SOC.ordinal()] = soc;
    values[TelemetryColumn.ANODE_POTENTIAL.ordinal()] = 0.05 - 0.01 * soc;
    String[] words = new String[Sample.WORDS];
    words[TelemetryWord.STATE.ordinal()] = "Charging";
    words[TelemetryWord.DECISION.ordinal()] = "MPC";
    return new Sample(charge, "C1", timeMicros, values, words);
  }

  static Entry.ChargeBegun begun(String charge, long timeMicros) {
    return begun(charge, "C1", timeMicros);
  }

  static Entry.ChargeBegun begun(String charge, String connector, long timeMicros) {
    return new Entry.ChargeBegun(
        charge,
        connector,
        timeMicros,
        new Entry.About("B-7", "lgm50", "4s1p", "augmented", "mpc", "1", "abc", "vehicle"),
        0.8,
        "Charging");
  }

  static Entry.ChargeEnded ended(String charge, long timeMicros) {
    return new Entry.ChargeEnded(
        charge, "C1", timeMicros, "Finished", "The target is reached.", true);
  }

  static AuditRow audit(int number) {
    return AuditRow.of(
        Micros.instant(BEGIN + number * Micros.SECOND),
        "api",
        "CALL",
        number % 2 == 0,
        "Good",
        "anna",
        "10.0.0.1",
        "curl",
        "POST /connectors/C1/stop " + number,
        "");
  }
}
