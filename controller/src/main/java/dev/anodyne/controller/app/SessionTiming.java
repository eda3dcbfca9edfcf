package dev.anodyne.controller.app;

import dev.anodyne.opcua.server.station.ChargerSnapshot;
import io.vertx.core.json.JsonObject;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * How well a session keeps its time: solve times, lateness against the scheduled tick, missed
 * deadlines. Wall-clock times. Not thread-safe.
 */
final class SessionTiming {
  private static final long HIGHEST_MICROS = 600_000_000L;

  /** To one in a hundred: 25 kB each; one in a thousand takes 180 kB, for a thousand sessions. */
  private static final int DIGITS = 2;

  private final Histogram solveMicros = new Histogram(HIGHEST_MICROS, DIGITS);
  private final Histogram latenessMicros = new Histogram(HIGHEST_MICROS, DIGITS);
  private final boolean hasDeadline;
  private long cycles;
  private long misses;
  private @Nullable Shares shares;

  /** How values lie, ms. */
  private record Shares(
      long count,
      double solve50,
      double solve99,
      double solveMost,
      double late50,
      double late99,
      double lateMost) {}

  /** Creates empty statistics; in lock-step there is no deadline to miss. */
  SessionTiming(boolean hasDeadline) {
    this.hasDeadline = hasDeadline;
  }

  void cycle() {
    cycles++;
  }

  void solved(long nanos) {
    solveMicros.recordValue(micros(nanos));
  }

  void late(long nanos) {
    latenessMicros.recordValue(micros(nanos));
  }

  void missed() {
    misses++;
  }

  long misses() {
    return misses;
  }

  /**
   * What a station shows of it.
   *
   * @param periodSeconds time between decisions, s of the wall clock
   */
  ChargerSnapshot.Timing forStation(double periodSeconds) {
    Shares now = shares();
    return new ChargerSnapshot.Timing(periodSeconds, cycles, misses, now.solve99(), now.late99());
  }

  JsonObject toJson() {
    Shares now = shares();
    return new JsonObject()
        .put("hasDeadline", hasDeadline)
        .put("cycles", cycles)
        .put("misses", misses)
        .put("solveMillisP50", now.solve50())
        .put("solveMillisP99", now.solve99())
        .put("solveMillisMax", now.solveMost())
        .put("latenessMillisP50", now.late50())
        .put("latenessMillisP99", now.late99())
        .put("latenessMillisMax", now.lateMost());
  }

  /** Counting thousands of buckets for each record costs more than the record. */
  private Shares shares() {
    long count = solveMicros.getTotalCount() + latenessMicros.getTotalCount();
    Shares known = shares;
    if (known != null && (known.count() == count || count - known.count() < count / 100)) {
      return known;
    }
    Shares fresh =
        new Shares(
            count,
            millis(solveMicros, 50),
            millis(solveMicros, 99),
            millis(solveMicros, 100),
            millis(latenessMicros, 50),
            millis(latenessMicros, 99),
            millis(latenessMicros, 100));
    shares = fresh;
    return fresh;
  }

  private static double millis(Histogram histogram, double percentile) {
    return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) * 1e-3;
  }

  private static long micros(long nanos) {
    return Math.max(0, Math.min(HIGHEST_MICROS, nanos / 1000));
  }
}
