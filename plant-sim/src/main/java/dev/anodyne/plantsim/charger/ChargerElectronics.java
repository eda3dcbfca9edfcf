package dev.anodyne.plantsim.charger;

import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.CurrentCommand;

/**
 * The charger's power stage: follows the commanded current through a first-order loop with a ramp
 * limit, never past the set-point, and ramps to zero when the command expires.
 *
 * <p>One step has two halves. {@link #prepare} says which current the loop reaches by the end of
 * the step and which voltage the regulator holds; the battery then draws that current or, at the
 * ceiling, less; {@link #settle} takes over what really flowed. The ramp limit governs the
 * set-point. The voltage regulator cuts the current without delay, as a power stage's voltage loop
 * does (milliseconds), so that the ceiling is never passed. Not thread-safe.
 */
public final class ChargerElectronics {
  private final CommandDelay delay = new CommandDelay();
  private ChargerSettings settings;
  private double plantSeconds;
  private ChargerFaultInjection injection = ChargerFaultInjection.NONE;

  private double currentAmps;
  private double ceilingVolts;
  private double stopRateAmpsPerSecond;
  private double energyJoules;
  private double powerFromGridWatts;
  private double lastSetpointAmps;
  private double lastCeilingVolts;

  public ChargerElectronics(ChargerSettings settings) {
    this.settings = settings;
    lastCeilingVolts = settings.capabilities().maxVoltageVolts();
  }

  public ChargerSettings settings() {
    return settings;
  }

  /** Changes what the charger is built like from the next step on. */
  public void setSettings(ChargerSettings newSettings) {
    settings = newSettings;
  }

  /** Changes what the charger can do from the next step on (a power cap in mid-session). */
  public void setCapabilities(ChargerCapabilities capabilities) {
    settings = settings.withCapabilities(capabilities);
  }

  /** What it can do at this time of the plant, a cap of its schedule included. */
  public ChargerCapabilities capabilities() {
    ChargerCapabilities rated = settings.capabilities();
    double cap = settings.schedule().maxPowerWatts().at(plantSeconds);
    return cap >= rated.maxPowerWatts()
        ? rated
        : new ChargerCapabilities(
            rated.minVoltageVolts(),
            rated.maxVoltageVolts(),
            rated.maxCurrentAmps(),
            cap,
            rated.maxRampAmpsPerSecond());
  }

  /** Tells the plant's time, s: what the schedule has for it counts from the next step on. */
  public void advanceTo(double seconds) {
    plantSeconds = seconds;
  }

  /** Makes the charger misbehave from the next step on. */
  public void inject(ChargerFaultInjection faults) {
    injection = faults;
  }

  public ChargerFaultInjection injection() {
    return injection;
  }

  /**
   * First half of a step: where the current loop goes.
   *
   * @param given the newest command; it counts after the dead time
   * @param stepStartNanos the loop's time at the step's start, ns
   * @param dtSeconds length of the step, s
   * @param batteryVolts battery voltage at the step's start, V
   * @param batteryOhms how the battery voltage rises with the current, Ω
   * @param mayDeliver false without a battery or with a fault that stops the charger
   * @return current that the loop reaches, A; the battery may draw less at {@link #ceilingVolts}
   */
  public double prepare(
      CurrentCommand given,
      long stepStartNanos,
      double dtSeconds,
      double batteryVolts,
      double batteryOhms,
      boolean mayDeliver) {
    CurrentCommand command = delay.heard(given, stepStartNanos, settings.delaySeconds());
    if (injection.stuck()) {
      ceilingVolts = regulated(lastCeilingVolts);
      return currentAmps;
    }
    long stepNanos = Math.round(dtSeconds * 1e9);
    double expiredSeconds =
        Math.min(dtSeconds, (stepStartNanos + stepNanos - command.validUntilNanos()) * 1e-9);
    if (!mayDeliver || settings.schedule().tripped().at(plantSeconds) > 0) {
      expiredSeconds = dtSeconds;
    }
    double setpoint = setpoint(command, batteryVolts, batteryOhms);
    if (injection.ignoresStop()) {
      expiredSeconds = 0.0;
      setpoint = setpoint > 0 ? setpoint : lastSetpointAmps;
    }
    lastSetpointAmps = setpoint;
    if (command.chargeCurrentAmps() > 0 && command.voltageCeilingVolts() > 0) {
      lastCeilingVolts = command.voltageCeilingVolts();
    }
    ceilingVolts = regulated(lastCeilingVolts);
    double followed = follow(setpoint * injection.deliveryFactor(), dtSeconds);
    return stop(followed, expiredSeconds);
  }

  /**
   * Second half of a step: what really flowed.
   *
   * @param drawnAmps current at the step's end, A
   * @param batteryVolts battery voltage at the step's end, V
   * @param dtSeconds length of the step, s
   */
  public void settle(double drawnAmps, double batteryVolts, double dtSeconds) {
    currentAmps = drawnAmps;
    double directWatts = drawnAmps == 0 ? 0 : drawnAmps * batteryVolts;
    powerFromGridWatts = settings.standbyWatts() + directWatts / settings.efficiency();
    energyJoules += directWatts * dtSeconds;
  }

  /** Opens the contactors: the current is zero at once. */
  public void cutOff() {
    currentAmps = 0.0;
    stopRateAmpsPerSecond = 0.0;
  }

  /** Present output current, A. */
  public double currentAmps() {
    return currentAmps;
  }

  /** Voltage that the regulator holds in the step that {@link #prepare} began, V. */
  public double ceilingVolts() {
    return ceilingVolts;
  }

  /** Energy delivered since the start, J. */
  public double deliveredJoules() {
    return energyJoules;
  }

  /** Current that the charger was last told and may deliver, A. */
  public double setpointAmps() {
    return lastSetpointAmps;
  }

  /** Power drawn from the grid, W. */
  public double gridPowerWatts() {
    return powerFromGridWatts;
  }

  private double setpoint(CurrentCommand command, double batteryVolts, double batteryOhms) {
    ChargerCapabilities can = capabilities();
    double wanted = command.chargeCurrentAmps();
    boolean deliverable =
        wanted > 0 && command.voltageCeilingVolts() > 0 && batteryVolts >= can.minVoltageVolts();
    if (!deliverable) {
      return 0.0; // also for NaN
    }
    double power = powerLimitAmps(can.maxPowerWatts(), batteryVolts, batteryOhms);
    double allowed = Math.min(Math.min(wanted, can.maxCurrentAmps()), power);
    double step = settings.resolutionAmps();
    // The small share keeps a set-point that is a whole number of steps from losing one to
    // rounding.
    return step > 0 ? Math.min(allowed, Math.floor(allowed / step * (1 + 1e-12)) * step) : allowed;
  }

  /** Solves I·(V + R·(I − I₀)) = P, so that the rise of the voltage does not pass the limit. */
  private double powerLimitAmps(double watts, double volts, double ohms) {
    double b = volts - ohms * currentAmps;
    // The form without cancellation, also right for R = 0.
    return 2.0 * watts / (b + Math.sqrt(b * b + 4.0 * ohms * watts));
  }

  private double regulated(double ceiling) {
    double highest = settings.capabilities().maxVoltageVolts();
    return injection.ignoresVoltageCeiling() ? highest : Math.min(ceiling, highest);
  }

  /** dI/dt = (I* − I)/τ, bounded by the ramp; exact over the step, never past I*. */
  private double follow(double target, double dtSeconds) {
    double gap = target - currentAmps;
    double tau = settings.timeConstantSeconds() / injection.rampFactor();
    double move = tau > 0 ? gap * -Math.expm1(-dtSeconds / tau) : gap;
    if (Math.abs(gap - move) < 0.5 * settings.resolutionAmps()) {
      move = gap; // the exponential's tail ends within the resolution
    }
    double most =
        settings.capabilities().maxRampAmpsPerSecond() * injection.rampFactor() * dtSeconds;
    double bounded = Math.max(-most * settings.rampDownFactor(), Math.min(most, move));
    // Not I + (I* − I), whose rounding may pass I*.
    return bounded == gap ? target : currentAmps + bounded;
  }

  /** Straight to zero within the stated time of expiry, whatever the ramp limit. */
  private double stop(double followed, double expiredSeconds) {
    if (expiredSeconds <= 0) {
      stopRateAmpsPerSecond = 0.0;
      return followed;
    }
    if (stopRateAmpsPerSecond == 0.0) {
      stopRateAmpsPerSecond = currentAmps / settings.expiryRampSeconds() * injection.rampFactor();
    }
    double left = currentAmps - stopRateAmpsPerSecond * expiredSeconds;
    return left < 1e-9 ? 0.0 : Math.max(0.0, Math.min(left, followed));
  }
}
