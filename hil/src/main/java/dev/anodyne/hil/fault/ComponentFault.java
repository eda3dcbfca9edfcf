package dev.anodyne.hil.fault;

import java.util.function.DoubleConsumer;

/** A fault that is one thing done to one component: by how much, and how it was before. */
final class ComponentFault extends RampedFault {
  /** Levels closer than this share of the severity are the same: some are costly to change. */
  private static final double STEPS = 50;

  private final Component component;
  private double applied = Double.NaN;

  /** What a fault is done to. */
  interface Component {
    /** Remembers the component as it is. */
    default void begin() {}

    /**
     * Makes it faulty.
     *
     * @param level share of the ramp times severity
     * @param severity in full
     */
    void set(double level, double severity);

    /** Puts it back. */
    void restore();
  }

  ComponentFault(FaultKind kind, String target, Component component) {
    super(kind, target);
    this.component = component;
  }

  /** A component that is set by a number and has a value for being sound. */
  static Component of(DoubleConsumer setter, double sound) {
    return of(setter, () -> setter.accept(sound));
  }

  /** A component that is set by a number and put back by itself. */
  static Component of(DoubleConsumer setter, Runnable off) {
    return new Component() {
      @Override
      public void set(double level, double severity) {
        setter.accept(level);
      }

      @Override
      public void restore() {
        off.run();
      }
    };
  }

  /** Something that is so or is not. */
  static Component of(Runnable on, Runnable off) {
    return new Component() {
      @Override
      public void set(double level, double severity) {
        on.run();
      }

      @Override
      public void restore() {
        off.run();
      }
    };
  }

  @Override
  void begin(long nowNanos) {
    applied = Double.NaN;
    component.begin();
  }

  @Override
  void apply(double share, long nowNanos) {
    double coarse = share >= 1 ? 1 : Math.floor(share * STEPS) / STEPS;
    double level = coarse * severity();
    if (level != applied) {
      applied = level;
      component.set(level, severity());
    }
  }

  @Override
  void end() {
    component.restore();
  }
}
