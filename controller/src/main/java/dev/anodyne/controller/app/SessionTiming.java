package dev.anodyne.controller.app;

import dev.anodyne.opcua.server.station.ChargerSnapshot;
import io.vertx.core.json.JsonObject;
import org.HdrHistogram.Histogram;

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
    return new ChargerSnapshot.Timing(
        periodSeconds, cycles, misses, millis(solveMicros, 99), millis(latenessMicros, 99));
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("hasDeadline", hasDeadline)
        .put("cycles", cycles)
        .put("misses", misses)
        .put("solveMillisP50", millis(solveMicros, 50))
        .put("solveMillisP99", millis(solveMicros, 99))
        .put("solveMillisMax", millis(solveMicros, 100))
        .put("latenessMillisP50", millis(latenessMicros, 50))
        .put("latenessMillisP99", millis(latenessMicros, 99))
        .put("latenessMillisMax", millis(latenessMicros, 100));
  }

  private static double millis(Histogram histogram, double percentile) {
    return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) * 1e-3;
  }

  private static long micros(long nanos) {
    return Math.max(0, Math.min(HIGHEST_MICROS, nanos / 1000));
  }
}
