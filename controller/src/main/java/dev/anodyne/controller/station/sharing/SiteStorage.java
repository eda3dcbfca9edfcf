package dev.anodyne.controller.station.sharing;

/**
 * The state of the site's battery: told from outside, and counted from what it was to do in
 * between. One thread.
 */
final class SiteStorage {
  /** What was told stays as good as told for this long, s. */
  private static final double FRESH_SECONDS = 900;

  private static final double NANOS = 1e9;
  private static final double SECONDS_AN_HOUR = 3600;

  private final SiteSettings.Storage storage;
  private double soc;
  private double dischargeWatts;
  private long countedNanos;
  private long toldNanos;
  private boolean told;

  SiteStorage(SiteSettings.Storage storage, long nowNanos) {
    this.storage = storage;
    this.soc = storage.startSoc();
    this.countedNanos = nowNanos;
  }

  /** What it has, by its own management. */
  void tell(double toldSoc, long nowNanos) {
    if (!(toldSoc >= 0 && toldSoc <= 1)) {
      throw new IllegalArgumentException(
          "The site battery's state of charge '" + toldSoc + "' is not possible; allowed: 0 to 1.");
    }
    count(nowNanos);
    soc = toldSoc;
    toldNanos = nowNanos;
    told = true;
  }

  /** What it is to do from now on: positive gives, negative takes, W. */
  void suggest(double watts, long nowNanos) {
    count(nowNanos);
    dischargeWatts = watts;
  }

  /** What it is to do, W. */
  double suggestedWatts() {
    return dischargeWatts;
  }

  /** What it has, 0–1. */
  double soc(long nowNanos) {
    count(nowNanos);
    return soc;
  }

  /** Whether its state of charge was told not long ago. */
  boolean isTold(long nowNanos) {
    return told && (nowNanos - toldNanos) / NANOS <= FRESH_SECONDS;
  }

  /**
   * What it can be relied on to give for some time, W: nothing unless it holds the limit by itself
   * and has told what it has.
   */
  double firmWatts(double forSeconds, long nowNanos) {
    if (!storage.firm() || !isTold(nowNanos)) {
      return 0;
    }
    double hours = forSeconds / SECONDS_AN_HOUR;
    double has = Math.max(0, soc(nowNanos) - storage.minSoc()) * storage.capacityWattHours();
    return Math.min(storage.powerWatts(), has * storage.efficiency() / hours);
  }

  private void count(long nowNanos) {
    double hours = (nowNanos - countedNanos) / NANOS / SECONDS_AN_HOUR;
    double taken =
        dischargeWatts > 0
            ? dischargeWatts / storage.efficiency()
            : dischargeWatts * storage.efficiency();
    soc = Math.max(0, Math.min(1, soc - taken * hours / storage.capacityWattHours()));
    countedNanos = nowNanos;
  }
}
