package dev.anodyne.mpc;

import dev.anodyne.core.charging.CellEstimate;

/** For how long no more than a small current has flowed. */
final class QuietTime {
  /** After this time what a higher current has left near the particles' surfaces is gone, s. */
  private static final double SETTLED_SECONDS = 60.0;

  /** Sensors read a current a little high. */
  private static final double SAME_SHARE = 1.1;

  private long sinceNanos;
  private long nowNanos;
  private boolean quiet;

  /** Takes in a belief with its measured current. */
  void update(CellEstimate estimate, double smallAmps) {
    nowNanos = estimate.timeNanos();
    boolean now = estimate.chargeCurrentAmps() <= SAME_SHARE * smallAmps;
    if (!quiet || !now || nowNanos < sinceNanos) {
      sinceNanos = nowNanos;
    }
    quiet = now;
  }

  /** True once it has been quiet for long enough. */
  boolean lasts() {
    return quiet && (nowNanos - sinceNanos) * 1e-9 >= SETTLED_SECONDS;
  }

  /** Begins anew. */
  void forget() {
    quiet = false;
  }
}
