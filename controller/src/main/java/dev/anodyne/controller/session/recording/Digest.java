package dev.anodyne.controller.session.recording;

import dev.anodyne.core.charging.EstimateIntervals;
import dev.anodyne.core.charging.Interval;
import dev.anodyne.core.charging.PlanAhead;
import dev.anodyne.core.p2d.P2dState;

/**
 * Sixty-four bits that stand for many doubles: FNV-1a over their bits (Fowler, Noll and Vo), with
 * the upper half folded in after each, since the low bits of neighbouring doubles hardly differ.
 * Tells states and plans apart without writing them down; not meant against forgery.
 */
public final class Digest {
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private long hash = OFFSET;

  /** Takes in a number; all NaN are one. */
  public Digest add(double value) {
    hash = (hash ^ Double.doubleToLongBits(value)) * PRIME;
    hash ^= hash >>> 32;
    return this;
  }

  /** Takes in numbers and how many they are. */
  public Digest add(double[] values) {
    add(values.length);
    for (double value : values) {
      add(value);
    }
    return this;
  }

  /** Sixteen hexadecimal digits. */
  public String text() {
    return String.format("%016x", hash);
  }

  /** Of a full state. */
  public static String of(P2dState state) {
    return new Digest().add(state.values()).text();
  }

  static String of(PlanAhead plan) {
    return plan.length() == 0
        ? ""
        : new Digest()
            .add(plan.secondsAhead())
            .add(plan.chargeCurrentAmps())
            .add(plan.voltageVolts())
            .add(plan.anodePotentialVolts())
            .add(plan.temperatureKelvin())
            .add(plan.soc())
            .text();
  }

  static String of(EstimateIntervals intervals) {
    Digest digest = new Digest().add(intervals.coverage());
    add(digest, intervals.anodePotentialVolts());
    add(digest, intervals.anodeSurfaceStoichiometry());
    add(digest, intervals.cathodeSurfaceStoichiometry());
    add(digest, intervals.anodeStoichiometry());
    add(digest, intervals.cathodeStoichiometry());
    add(digest, intervals.soc());
    add(digest, intervals.coreTemperatureKelvin());
    return digest.text();
  }

  private static void add(Digest digest, Interval interval) {
    digest.add(interval.low()).add(interval.high());
  }
}
