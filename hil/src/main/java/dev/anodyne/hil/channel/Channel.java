package dev.anodyne.hil.channel;

import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One quantity of the plant. Booleans are 1 and 0. Reading allocates nothing. For the plant's
 * thread only.
 */
public final class Channel {
  private static final DoubleConsumer NOTHING = value -> {};

  private final String name;
  private final String unit;
  private final ChannelKind kind;
  private final Forcing forcing;
  private final String meaning;
  private final DoubleSupplier source;
  private final DoubleConsumer setter;
  private final DoubleConsumer releaser;
  private final boolean held;
  private double lowest = Double.NEGATIVE_INFINITY;
  private double highest = Double.POSITIVE_INFINITY;
  private boolean forced;
  private double forcedValue;
  private double valueBefore;

  private Channel(
      String name,
      String unit,
      ChannelKind kind,
      Forcing forcing,
      String meaning,
      DoubleSupplier source,
      DoubleConsumer setter,
      DoubleConsumer releaser,
      boolean held) {
    this.name = name;
    this.unit = unit;
    this.kind = kind;
    this.forcing = forcing;
    this.meaning = meaning;
    this.source = source;
    this.setter = setter;
    this.releaser = releaser;
    this.held = held;
  }

  /** A result of the physics: forcing it replaces what is read only. */
  static Channel result(String name, String unit, String meaning, DoubleSupplier source) {
    return new Channel(
        name, unit, ChannelKind.TRUE, Forcing.READING, meaning, source, NOTHING, NOTHING, false);
  }

  /** A state of the plant that is put back to the forced value before each step. */
  static Channel state(
      String name, String unit, String meaning, DoubleSupplier source, DoubleConsumer setter) {
    return new Channel(
        name, unit, ChannelKind.TRUE, Forcing.PLANT, meaning, source, setter, NOTHING, true);
  }

  /** A setting: forced once, put back to its former value on release. */
  static Channel setting(
      String name, String unit, String meaning, DoubleSupplier source, DoubleConsumer setter) {
    return new Channel(
        name, unit, ChannelKind.SETTING, Forcing.PLANT, meaning, source, setter, setter, false);
  }

  /** A component that knows itself how to be forced and released. */
  static Channel component(
      String name,
      String unit,
      ChannelKind kind,
      String meaning,
      DoubleSupplier source,
      DoubleConsumer setter,
      Runnable releaser) {
    return new Channel(
        name, unit, kind, Forcing.PLANT, meaning, source, setter, before -> releaser.run(), false);
  }

  /** A value that can only be read. */
  static Channel readOnly(
      String name, String unit, ChannelKind kind, String meaning, DoubleSupplier source) {
    return new Channel(name, unit, kind, Forcing.NONE, meaning, source, NOTHING, NOTHING, false);
  }

  /** The same channel, which takes only values of this range, both ends included. */
  Channel within(double newLowest, double newHighest) {
    lowest = newLowest;
    highest = newHighest;
    return this;
  }

  /** For example {@code pack.cell[3].anodePotential}. */
  public String name() {
    return name;
  }

  /** For example {@code V}; {@code 1} for shares, counts and booleans. */
  public String unit() {
    return unit;
  }

  public ChannelKind kind() {
    return kind;
  }

  public Forcing forcing() {
    return forcing;
  }

  /** What the value means, in words. */
  public String meaning() {
    return meaning;
  }

  /** Smallest value that can be forced. */
  public double lowest() {
    return lowest;
  }

  /** Largest value that can be forced. */
  public double highest() {
    return highest;
  }

  /** The present value; NaN where there is none (a lost reading, a cell without thermal data). */
  public double read() {
    return forced && forcing == Forcing.READING ? forcedValue : source.getAsDouble();
  }

  /**
   * Holds the channel at a value until it is released; a second call changes the value. Sensors say
   * it from their next sampling on, everything else takes it with the next step.
   *
   * @param value in the channel's unit
   * @throws IllegalArgumentException when the channel cannot be forced to this value; one line with
   *     name, value and what is allowed
   */
  public void force(double value) {
    String refusal = refusal(value);
    if (refusal != null) {
      throw new IllegalArgumentException(refusal);
    }
    double before = forced ? valueBefore : source.getAsDouble();
    setter.accept(value); // may refuse: nothing has changed then
    valueBefore = before;
    forcedValue = value;
    forced = true;
  }

  /** Why the channel cannot be forced to a value, with what is allowed; null when it can. */
  public @Nullable String refusal(double value) {
    if (forcing == Forcing.NONE) {
      return "Channel " + name + " can only be read, not forced.";
    }
    boolean inside = value >= lowest && value <= highest;
    if (inside
        && (Double.isFinite(value) || Double.isFinite(lowest + highest) || takesInfinity())) {
      return null;
    }
    return "Channel "
        + name
        + " cannot be forced to "
        + value
        + " "
        + unit
        + "; allowed: "
        + allowed()
        + ".";
  }

  /** Only a range that names it takes an infinite value. */
  private boolean takesInfinity() {
    return lowest > Double.NEGATIVE_INFINITY;
  }

  private String allowed() {
    return lowest == Double.NEGATIVE_INFINITY && highest == Double.POSITIVE_INFINITY
        ? "a finite number"
        : lowest + " to " + highest + " " + unit;
  }

  /** Ends forcing; harmless when the channel is not forced. */
  public void release() {
    if (forced) {
      forced = false;
      releaser.accept(valueBefore);
    }
  }

  public boolean isForced() {
    return forced;
  }

  /** Puts a forced state back to its value. */
  void hold() {
    if (forced && held) {
      setter.accept(forcedValue);
    }
  }

  @Override
  public String toString() {
    return name + " [" + unit + "]";
  }
}
