package dev.anodyne.hil.fault;

import dev.anodyne.core.signal.Distortion;
import dev.anodyne.core.signal.SeededRandom;
import java.util.random.RandomGenerator;

/** What a sensor's fault does to its readings; each kind is a small subclass. */
abstract class SensorDistortion implements Distortion {
  private double severity;
  private double share;
  private long beganNanos;

  /**
   * Begins anew.
   *
   * @param newest what the sensor said last; NaN when it has not said anything
   */
  void begin(long nowNanos, double newest) {
    beganNanos = nowNanos;
  }

  final void set(double newSeverity, double newShare) {
    severity = newSeverity;
    share = newShare;
  }

  /** Severity that the ramp has reached. */
  final double level() {
    return severity * share;
  }

  final double severity() {
    return severity;
  }

  final double share() {
    return share;
  }

  final double elapsedSeconds(long timeNanos) {
    return Math.max(0, (timeNanos - beganNanos) * 1e-9);
  }

  /**
   * The distortion of a kind.
   *
   * @param name of the kind
   * @param lowest reading of the sensor's range
   * @param highest reading of the sensor's range
   * @param seed fixes noise, spikes and drop-outs
   */
  static SensorDistortion of(String name, double lowest, double highest, long seed) {
    RandomGenerator random = SeededRandom.of(seed);
    return switch (name) {
      case "sensor.bias" -> of((d, reading, time) -> reading + d.level());
      case "sensor.gain" -> of((d, reading, time) -> reading * (1 + d.level()));
      case "sensor.drift" -> of((d, reading, time) -> reading + d.level() * d.elapsedSeconds(time));
      case "sensor.noise" -> of((d, reading, time) -> reading + d.level() * random.nextGaussian());
      case "sensor.spike" ->
          of((d, reading, time) -> random.nextInt(10) == 0 ? reading + d.level() : reading);
      case "sensor.dropOut" ->
          of((d, reading, time) -> random.nextDouble() < d.level() ? Double.NaN : reading);
      case "sensor.quantise" -> of((d, reading, time) -> quantised(reading, d.level()));
      case "sensor.bitFlip" ->
          of((d, reading, time) -> flipped(reading, (int) d.severity(), lowest, highest));
      case "sensor.ntcOpen" -> of((d, reading, time) -> Thermistor.withSeries(reading, d.level()));
      case "sensor.ntcShort" ->
          of((d, reading, time) -> Thermistor.withParallel(reading, d.severity() / d.share()));
      case "sensor.stuck" -> new Stuck();
      case "sensor.delay" -> new Late();
      default -> throw new IllegalArgumentException("Fault " + name + " is not a sensor's.");
    };
  }

  private interface Formula {
    double apply(SensorDistortion fault, double reading, long timeNanos);
  }

  private static SensorDistortion of(Formula formula) {
    return new SensorDistortion() {
      @Override
      public double distort(double reading, long timeNanos) {
        return formula.apply(this, reading, timeNanos);
      }
    };
  }

  private static double quantised(double reading, double step) {
    return step > 0 ? Math.rint(reading / step) * step : reading;
  }

  /** code = (reading − lowest)/(highest − lowest)·(2¹⁶ − 1), one bit of it flipped. */
  private static double flipped(double reading, int bit, double lowest, double highest) {
    if (Double.isNaN(reading)) {
      return reading;
    }
    double step = (highest - lowest) / 0xFFFF;
    long code = Math.max(0, Math.min(0xFFFF, Math.round((reading - lowest) / step)));
    return lowest + step * (code ^ 1L << bit);
  }

  /** Stays at the reading that the sensor had. */
  private static final class Stuck extends SensorDistortion {
    private double held = Double.NaN;

    @Override
    void begin(long nowNanos, double newest) {
      super.begin(nowNanos, newest);
      held = newest;
    }

    @Override
    public double distort(double reading, long timeNanos) {
      held = Double.isNaN(held) ? reading : held;
      return held;
    }
  }

  /**
   * Says the newest reading that is at least as old as the delay; the oldest until there is one.
   */
  private static final class Late extends SensorDistortion {
    private static final int SIZE = 1 << 12;

    private final double[] readings = new double[SIZE];
    private final long[] times = new long[SIZE];
    private int oldest;
    private int count;

    @Override
    void begin(long nowNanos, double newest) {
      super.begin(nowNanos, newest);
      oldest = 0;
      count = 0;
      if (!Double.isNaN(newest)) {
        push(newest, nowNanos);
      }
    }

    @Override
    public double distort(double reading, long timeNanos) {
      push(reading, timeNanos);
      long due = timeNanos - Math.round(level() * 1e9);
      while (count > 1 && times[oldest + 1 & SIZE - 1] <= due) {
        oldest = oldest + 1 & SIZE - 1;
        count--;
      }
      return readings[oldest];
    }

    private void push(double reading, long timeNanos) {
      if (count == SIZE) { // sampled too fast for the delay: the oldest is as late as it gets
        oldest = oldest + 1 & SIZE - 1;
        count--;
      }
      int at = oldest + count & SIZE - 1;
      readings[at] = reading;
      times[at] = timeNanos;
      count++;
    }
  }
}
