package dev.anodyne.core.signal;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * One sensor: turns the true value into what is read. Keeps its own memory and random stream; two
 * sensors with equal models and seeds read the same. Not thread-safe.
 */
public final class Sensor {
  private static final double NANOS = 1e-9;
  private static final Distortion[] SOUND = {};

  private final RandomGenerator random;
  private SensorModel model;

  private boolean started;
  private long lastNanos;
  private double lagged;
  private double held = Double.NaN;
  private Distortion[] distortions = SOUND;
  private double forced = Double.NaN;
  private double newest = Double.NaN;
  private boolean dropped;
  private long dropEndsNanos;

  // Delay line: a ring of the lagged values with their times, oldest first from head.
  private long[] delayNanos = new long[16];
  private double[] delayValues = new double[16];
  private int delayHead;
  private int delayCount;

  /**
   * @param model what is wrong with the sensor
   * @param random its own stream (split one off for each sensor)
   */
  public Sensor(SensorModel model, RandomGenerator random) {
    this.model = model;
    this.random = random;
  }

  public SensorModel model() {
    return model;
  }

  /** Changes the errors from the next reading on; lag, delay line and held value are kept. */
  public void setModel(SensorModel newModel) {
    model = newModel;
  }

  /**
   * Makes the sensor say one value from the next reading on, whatever is true and whatever else is
   * wrong with it.
   *
   * @param value what it says, finite
   */
  public void force(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("Forced sensor value " + value + " is not finite.");
    }
    forced = value;
  }

  /** Lets a forced sensor measure again. */
  public void release() {
    forced = Double.NaN;
  }

  /** Adds a fault, after those that are there. */
  public void add(Distortion distortion) {
    distortions = Arrays.copyOf(distortions, distortions.length + 1);
    distortions[distortions.length - 1] = distortion;
  }

  /** Removes a fault; harmless when it is not there. */
  public void remove(Distortion distortion) {
    distortions =
        Arrays.stream(distortions).filter(d -> d != distortion).toArray(Distortion[]::new);
  }

  /** The newest reading; NaN before the first one and in a drop-out. */
  public double newest() {
    return newest;
  }

  /**
   * Reads the sensor.
   *
   * @param truth the true value
   * @param timeNanos time of the reading, ns; must not run backwards
   * @return the value read; NaN during a drop-out
   */
  public double read(double truth, long timeNanos) {
    double dtSeconds = started ? (timeNanos - lastNanos) * NANOS : 0.0;
    if (dtSeconds < 0) {
      throw new IllegalArgumentException(
          "Sensor time ran backwards by "
              + -dtSeconds
              + " s; it may only stand still or go on.\nMaybe two clocks are mixed.");
    }
    double seen = delayed(lag(truth, dtSeconds), timeNanos);
    started = true;
    lastNanos = timeNanos;

    // Noise and drop-out are always drawn, so that one sensor's fault never shifts its stream.
    double z = random.nextGaussian();
    double u = random.nextDouble();
    double value = model.gain() * seen + model.bias();
    value += z * Math.hypot(model.noise(), model.relativeNoise() * Math.abs(seen));
    if (model.resolution() > 0) {
      value = Math.rint(value / model.resolution()) * model.resolution();
    }
    if (!model.stuck() || Double.isNaN(held)) {
      held = value;
    }
    double said = isDroppedOut(u, timeNanos) ? Double.NaN : held;
    for (Distortion distortion : distortions) {
      said = distortion.distort(said, timeNanos);
    }
    newest = Double.isNaN(forced) ? said : forced;
    return newest;
  }

  /** dy/dt = (x − y)/τ, exact for x constant over the interval. */
  private double lag(double truth, double dtSeconds) {
    if (!started || model.lagSeconds() == 0) {
      lagged = truth;
    } else {
      lagged += (truth - lagged) * -Math.expm1(-dtSeconds / model.lagSeconds());
    }
    return lagged;
  }

  /** Newest value that is at least the delay old; the first value until there is one. */
  private double delayed(double value, long timeNanos) {
    push(timeNanos, value);
    long due = timeNanos - Math.round(model.delaySeconds() / NANOS);
    int mask = delayNanos.length - 1;
    while (delayCount > 1 && delayNanos[(delayHead + 1) & mask] - due <= 0) {
      delayHead = (delayHead + 1) & mask;
      delayCount--;
    }
    return delayValues[delayHead];
  }

  private void push(long timeNanos, double value) {
    if (delayCount == delayNanos.length) {
      grow();
    }
    int at = (delayHead + delayCount) & (delayNanos.length - 1);
    delayNanos[at] = timeNanos;
    delayValues[at] = value;
    delayCount++;
  }

  private void grow() {
    int size = delayNanos.length;
    long[] times = new long[2 * size];
    double[] values = new double[2 * size];
    for (int i = 0; i < size; i++) {
      int from = (delayHead + i) & (size - 1);
      times[i] = delayNanos[from];
      values[i] = delayValues[from];
    }
    delayNanos = times;
    delayValues = values;
    delayHead = 0;
  }

  private boolean isDroppedOut(double u, long timeNanos) {
    if (dropped && timeNanos - dropEndsNanos < 0) {
      return true;
    }
    dropped = u < model.dropOutProbability();
    if (dropped) {
      dropEndsNanos = timeNanos + Math.round(model.dropOutSeconds() / NANOS);
    }
    return dropped;
  }
}
