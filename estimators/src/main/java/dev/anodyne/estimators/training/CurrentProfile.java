package dev.anodyne.estimators.training;

import java.util.random.RandomGenerator;

/**
 * How a training session's current is chosen. Every profile obeys the charger (rate, ramp) and the
 * voltage limit; rests are part of most.
 */
sealed interface CurrentProfile {
  /**
   * The wanted C-rate for the next step.
   *
   * @param seconds time since the start, s
   * @param dt length of the step, s
   * @param rate C-rate of the last step
   * @param believedAnodeVolts what the digital twin believes, V; NaN when it has no answer
   */
  double next(double seconds, double dt, double rate, double believedAnodeVolts);

  /** The highest C-rate that this profile can want. */
  double highestRate();

  /** One rate to the end (the voltage limit makes it CC-CV). */
  record Constant(double cRate) implements CurrentProfile {
    @Override
    public double next(double seconds, double dt, double rate, double believed) {
      return cRate;
    }

    @Override
    public double highestRate() {
      return cRate;
    }
  }

  /** Random rates held for random times, rests among them. */
  final class Steps implements CurrentProfile {
    private final RandomGenerator random;
    private final double maxRate;
    private final double meanSeconds;
    private double current;
    private double until;

    Steps(RandomGenerator random, double maxRate, double meanSeconds) {
      this.random = random;
      this.maxRate = maxRate;
      this.meanSeconds = meanSeconds;
    }

    @Override
    public double next(double seconds, double dt, double rate, double believed) {
      if (seconds >= until) {
        until = seconds + meanSeconds * (0.2 + 1.6 * random.nextDouble());
        current = random.nextDouble() < 0.15 ? 0.0 : maxRate * random.nextDouble();
      }
      return current;
    }

    @Override
    public double highestRate() {
      return maxRate;
    }
  }

  /** Slow ramps between random rates. */
  final class Ramps implements CurrentProfile {
    private final RandomGenerator random;
    private final double maxRate;
    private double target;
    private double slope;

    Ramps(RandomGenerator random, double maxRate) {
      this.random = random;
      this.maxRate = maxRate;
    }

    @Override
    public double next(double seconds, double dt, double rate, double believed) {
      if (Math.abs(rate - target) < 0.02) {
        target = maxRate * random.nextDouble();
        slope = maxRate / (60.0 + 600.0 * random.nextDouble());
      }
      double step = slope * dt;
      return rate + Math.min(Math.max(target - rate, -step), step);
    }

    @Override
    public double highestRate() {
      return maxRate;
    }
  }

  /** On and off, evenly. */
  record Pulses(double high, double low, double onSeconds, double offSeconds)
      implements CurrentProfile {
    @Override
    public double next(double seconds, double dt, double rate, double believed) {
      return seconds % (onSeconds + offSeconds) < onSeconds ? high : low;
    }

    @Override
    public double highestRate() {
      return high;
    }
  }

  /**
   * Full rate, then the anode potential that the twin believes in is held at a level that wanders:
   * where a controller works. Integral control with the sensitivity of the anode potential to
   * current, about −45 mV a C, at less than its inverse.
   */
  final class Rider implements CurrentProfile {
    private static final double GAIN_PER_VOLT_SECOND = 7.0;
    private static final double LARGEST_RISE_PER_SECOND = 0.1;
    private static final double LARGEST_FALL_PER_SECOND = 0.5;

    private final RandomGenerator random;
    private final double maxRate;
    private final double low;
    private final double high;
    private final double pauseEverySeconds;
    private double level;
    private double until;

    Rider(
        RandomGenerator random, double maxRate, double low, double high, double pauseEverySeconds) {
      this.random = random;
      this.maxRate = maxRate;
      this.low = low;
      this.high = high;
      this.pauseEverySeconds = pauseEverySeconds;
    }

    @Override
    public double next(double seconds, double dt, double rate, double believed) {
      if (seconds >= until) {
        level = low + (high - low) * random.nextDouble();
        until = seconds + 120.0 + 900.0 * random.nextDouble();
      }
      if (pauseEverySeconds > 0.0 && seconds % pauseEverySeconds > pauseEverySeconds - 30.0) {
        return 0.0;
      }
      if (Double.isNaN(believed)) {
        return 0.2;
      }
      double change = GAIN_PER_VOLT_SECOND * (believed - level) * dt;
      double held =
          Math.min(Math.max(change, -LARGEST_FALL_PER_SECOND * dt), LARGEST_RISE_PER_SECOND * dt);
      return Math.min(rate + held, maxRate);
    }

    @Override
    public double highestRate() {
      return maxRate;
    }
  }
}
