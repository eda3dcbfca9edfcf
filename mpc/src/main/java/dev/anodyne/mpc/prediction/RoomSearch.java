package dev.anodyne.mpc.prediction;

import java.util.function.DoubleUnaryOperator;

/**
 * The largest current that leaves room below a limit, for a room that falls as the current rises.
 *
 * <p>A decision's answer is mostly close to the one before it. The search therefore begins at a
 * guess and goes along the slope that the last search found, which takes two or three looks at the
 * model and none of them far away, where the model's steps are the most expensive; then by
 * bracketing (Illinois). Remembers a slope; not thread-safe.
 */
public final class RoomSearch {
  /** The search ends when the current is known to this, A; 1 mA moves the anode potential by µV. */
  private static final double RESOLUTION_AMPS = 1e-3;

  /** Ten microvolts of room left (or their like) are close enough, on the safe side. */
  private static final double RESOLUTION_VOLTS = 1e-5;

  /** Room that a look aims at: a little too little current ends the search, too much does not. */
  private static final double AIM_VOLTS = 0.5 * RESOLUTION_VOLTS;

  private static final int MOST_EVALUATIONS = 30;

  /** Looks along the slope before the end of the range is tried. */
  private static final int MOST_ALONG_SLOPE = 3;

  private double voltsPerAmp = Double.NaN;
  private DoubleUnaryOperator room = amps -> Double.NaN;
  private double lowAmps;
  private double roomLow;
  private double highAmps;
  private double roomHigh;

  /** A search that has seen no slope yet. */
  public RoomSearch() {}

  /** As if it had seen no slope yet: what it has seen decides where a search ends, to 10 µV. */
  public void reset() {
    voltsPerAmp = Double.NaN;
  }

  /**
   * Searches from 0 to a ceiling.
   *
   * @param room above the limits after a current (A), V; NaN where there is no answer, which counts
   *     as none
   * @param guessAmps where to begin, A
   * @param ceilingAmps the largest that is wanted, A
   * @return A; within 1 mA or 10 µV of the largest current whose room is not negative, and never
   *     above it; 0 when even no current leaves any; NaN when there is no answer at 0
   */
  public double largest(DoubleUnaryOperator room, double guessAmps, double ceilingAmps) {
    this.room = room;
    lowAmps = Double.NaN;
    highAmps = Double.NaN;
    double amps = Math.max(0.0, Math.min(guessAmps, ceilingAmps));
    for (int looks = 1; ; looks++) {
      look(amps);
      if (lowAmps >= ceilingAmps || isCloseEnough()) {
        return lowAmps;
      }
      if (highAmps <= 0.0) {
        return Double.isNaN(roomHigh) ? Double.NaN : 0.0;
      }
      if (lowAmps < highAmps) {
        return bracketed();
      }
      boolean along = looks < MOST_ALONG_SLOPE && voltsPerAmp > 0.0;
      amps = Double.isNaN(highAmps) ? above(along, ceilingAmps) : below(along);
    }
  }

  private double above(boolean along, double ceilingAmps) {
    double next = lowAmps + (roomLow - AIM_VOLTS) / voltsPerAmp;
    return along ? Math.min(next, ceilingAmps) : ceilingAmps;
  }

  private double below(boolean along) {
    double next = highAmps + (roomHigh - AIM_VOLTS) / voltsPerAmp;
    return along && next > 0.0 ? next : 0.0;
  }

  private boolean isCloseEnough() {
    return roomLow < RESOLUTION_VOLTS && lowAmps >= 0.0;
  }

  /** Takes one look; whatever end it is of, the slope between it and the end before is kept. */
  private void look(double amps) {
    double volts = room.applyAsDouble(amps);
    boolean isLow = volts >= 0.0;
    boolean first = Double.isNaN(lowAmps) && Double.isNaN(highAmps);
    if (!first) {
      double fromAmps = Double.isNaN(highAmps) ? lowAmps : highAmps;
      double fromVolts = Double.isNaN(highAmps) ? roomLow : roomHigh;
      double slope = (fromVolts - volts) / (amps - fromAmps);
      if (slope > 0.0 && slope < Double.POSITIVE_INFINITY) {
        voltsPerAmp = slope;
      }
    }
    if (isLow) {
      lowAmps = amps;
      roomLow = volts;
    } else {
      highAmps = amps;
      roomHigh = volts;
    }
  }

  private double bracketed() {
    int lastSide = 0;
    // What the line is drawn through; an end that stays is taken by halves.
    double lowVolts = roomLow;
    double highVolts = roomHigh;
    for (int i = 0;
        i < MOST_EVALUATIONS && highAmps - lowAmps > RESOLUTION_AMPS && roomLow >= RESOLUTION_VOLTS;
        i++) {
      double amps =
          Double.isNaN(highVolts)
              ? 0.5 * (lowAmps + highAmps)
              : lowAmps + (highAmps - lowAmps) * (lowVolts - AIM_VOLTS) / (lowVolts - highVolts);
      // An end that was halved often may lie below the aim.
      amps = Math.max(lowAmps, amps);
      double volts = room.applyAsDouble(amps);
      if (volts >= 0.0) {
        lowAmps = amps;
        roomLow = volts;
        lowVolts = volts;
        highVolts *= lastSide > 0 ? 0.5 : 1.0;
        lastSide = 1;
      } else {
        highAmps = amps;
        roomHigh = volts;
        highVolts = volts;
        lowVolts *= lastSide < 0 ? 0.5 : 1.0;
        lastSide = -1;
      }
    }
    return lowAmps;
  }
}
