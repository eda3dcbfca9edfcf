package dev.anodyne.test.benchmark;

import dev.anodyne.core.protocol.CurrentProfile;
import dev.anodyne.core.signal.SeededRandom;
import java.util.random.RandomGenerator;

/**
 * The currents that benchmarks follow, A, positive when charging. All are fixed by rule and seed.
 */
final class Currents {
  private static final long SEED = 20_261_122;

  /** Time and speed of the drive cycle's corners, s and km/h; straight lines between them. */
  private static final double[][] SPEED = {
    {0, 0},
    {5, 0},
    {14, 71},
    {24, 30},
    {31, 45},
    {37, 0},
    {44, 0},
    {54, 86},
    {64, 96},
    {80, 103},
    {95, 98},
    {104, 117},
    {130, 122},
    {150, 111},
    {175, 118},
    {200, 127},
    {230, 129},
    {250, 114},
    {268, 107},
    {290, 109},
    {310, 95},
    {322, 108},
    {345, 112},
    {352, 88},
    {362, 92},
    {371, 50},
    {380, 0},
    {386, 0},
    {395, 70},
    {402, 52},
    {410, 82},
    {420, 0},
    {427, 0},
    {436, 76},
    {446, 38},
    {452, 55},
    {459, 0},
    {466, 0},
    {476, 83},
    {490, 91},
    {505, 80},
    {515, 101},
    {535, 104},
    {550, 89},
    {562, 60},
    {569, 71},
    {580, 0},
    {600, 0}
  };

  private static final double MASS_KG = 1700;
  private static final double ROLLING = 0.010;
  private static final double DRAG_AREA_M2 = 0.66;
  private static final double AIR_KG_PER_M3 = 1.2;
  private static final double GRAVITY = 9.81;
  private static final double DRIVE_EFFICIENCY = 0.88;
  private static final double RECUPERATED = 0.6;
  private static final double AUXILIARY_WATTS = 600;
  private static final int CELLS_IN_CAR = 2880;
  private static final double CELL_VOLTS = 3.7;

  private Currents() {}

  /**
   * What a model-predictive controller does from period to period: a walk in moves of at most
   * {@code largestMoveC} either way, kept between {@code lowC} and {@code highC}.
   */
  static double[] walk(int steps, double nominalAmps, double lowC, double highC, double moveC) {
    RandomGenerator random = SeededRandom.of(SEED);
    double[] amps = new double[steps];
    double rate = 0.5 * (lowC + highC);
    for (int i = 0; i < steps; i++) {
      rate += moveC * (2 * random.nextDouble() - 1);
      rate = Math.max(lowC, Math.min(highC, rate));
      amps[i] = rate * nominalAmps;
    }
    return amps;
  }

  /** The worst case: every step jumps by {@code jumpC}, up or down by chance, between 0 and 2C. */
  static double[] jumps(int steps, double nominalAmps, double jumpC) {
    RandomGenerator random = SeededRandom.of(SEED);
    double[] amps = new double[steps];
    double rate = 1;
    for (int i = 0; i < steps; i++) {
      boolean up = rate - jumpC < 0 || (rate + jumpC <= 2 && random.nextBoolean());
      rate += up ? jumpC : -jumpC;
      amps[i] = rate * nominalAmps;
    }
    return amps;
  }

  /**
   * A 600 s drive in the manner of the US06 cycle (hard launches, a motorway part, town parts),
   * sampled at 1 Hz and linear in between. The speeds are this file's own; power at the wheels is m
   * v a + c_r m g v + ½ ρ c_d A v³, divided by the drive's efficiency when driving, times the
   * recuperated share when braking, plus auxiliaries; each of 2880 equal 5 A·h cells takes its
   * share at 3.7 V. Other cells get the same C-rates.
   */
  static CurrentProfile drive(double nominalAmps) {
    int points = (int) SPEED[SPEED.length - 1][0] + 1;
    double[] seconds = new double[points];
    double[] amps = new double[points];
    for (int t = 0; t < points; t++) {
      seconds[t] = t;
      double acceleration = metresPerSecond(t + 0.5) - metresPerSecond(t - 0.5);
      amps[t] = -cellWatts(metresPerSecond(t), acceleration) / CELL_VOLTS * nominalAmps / 5;
    }
    return new CurrentProfile(seconds, amps);
  }

  private static double cellWatts(double v, double acceleration) {
    double force =
        MASS_KG * acceleration
            + ROLLING * MASS_KG * GRAVITY * Math.signum(v)
            + 0.5 * AIR_KG_PER_M3 * DRAG_AREA_M2 * v * v;
    double wheel = force * v;
    double battery = wheel > 0 ? wheel / DRIVE_EFFICIENCY : wheel * RECUPERATED;
    return (battery + AUXILIARY_WATTS) / CELLS_IN_CAR;
  }

  private static double metresPerSecond(double t) {
    int i = 1;
    while (i < SPEED.length - 1 && t > SPEED[i][0]) {
      i++;
    }
    double[] from = SPEED[i - 1];
    double[] to = SPEED[i];
    double share = Math.max(0, Math.min(1, (t - from[0]) / (to[0] - from[0])));
    return (from[1] + share * (to[1] - from[1])) / 3.6;
  }
}
