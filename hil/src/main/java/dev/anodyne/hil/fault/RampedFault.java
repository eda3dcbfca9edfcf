package dev.anodyne.hil.fault;

/** Severity that is reached over a ramp, and what goes with being active or not. */
abstract class RampedFault implements Fault {
  private static final double NANOS = 1e-9;

  private final FaultKind kind;
  private final String target;
  private double severity;
  private double rampSeconds;
  private long startNanos;
  private boolean active;

  RampedFault(FaultKind kind, String target) {
    this.kind = kind;
    this.target = target;
  }

  @Override
  public final String name() {
    return target.isEmpty() ? kind.name() : kind.name() + " on " + target;
  }

  @Override
  public final void start(double newSeverity, double newRampSeconds, long nowNanos) {
    kind.check(newSeverity);
    if (!(newRampSeconds >= 0 && newRampSeconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Fault " + name() + " cannot ramp for " + newRampSeconds + " s; allowed: at least 0 s.");
    }
    boolean begins = !active;
    severity = newSeverity;
    rampSeconds = newRampSeconds;
    startNanos = nowNanos;
    active = true;
    if (begins) {
      begin(nowNanos);
    }
    apply(share(nowNanos), nowNanos);
  }

  @Override
  public final void step(long nowNanos) {
    if (active) {
      apply(share(nowNanos), nowNanos);
    }
  }

  @Override
  public final void stop() {
    if (active) {
      active = false;
      end();
    }
  }

  @Override
  public final boolean isActive() {
    return active;
  }

  /** How far the ramp has come, 0–1. */
  private double share(long nowNanos) {
    return rampSeconds == 0 || !kind.ramps()
        ? 1
        : Math.min(1, elapsedSeconds(nowNanos) / rampSeconds);
  }

  final double severity() {
    return severity;
  }

  /** Time since the start, s. */
  final double elapsedSeconds(long nowNanos) {
    return Math.max(0, (nowNanos - startNanos) * NANOS);
  }

  /** The component as it was is kept here. */
  abstract void begin(long nowNanos);

  /** Makes the component as faulty as this share of the severity says. */
  abstract void apply(double share, long nowNanos);

  /** Makes the component as it was. */
  abstract void end();
}
