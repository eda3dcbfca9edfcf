package dev.anodyne.plantsim;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.ThermalCapabilities;
import dev.anodyne.core.charging.ThermalCommand;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.core.signal.Ripple;
import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.core.signal.SensorErrors;
import dev.anodyne.plantsim.charger.ChargerElectronics;
import dev.anodyne.plantsim.charger.ChargerFaultInjection;
import dev.anodyne.plantsim.charger.Contactors;
import dev.anodyne.plantsim.charger.Insulation;
import dev.anodyne.plantsim.environment.AmbientTemperature;
import dev.anodyne.plantsim.environment.ThermalUnit;
import dev.anodyne.plantsim.pack.Pack;
import dev.anodyne.plantsim.pack.PackState;
import java.util.EnumSet;
import java.util.Set;
import java.util.random.RandomGenerator.SplittableGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A charger with a battery plugged in: takes commands, moves the physics on, tells what the sensors
 * read. Time is simulated; commands are judged by the loop's clock that the caller hands in.
 *
 * <p>Not thread-safe: step it from one thread.
 */
public final class ChargingPlant {
  /** The battery's fuse carries this much of the charger's highest current. */
  private static final double FUSE_SHARE = 2;

  private final PlantConfig config;
  private final Pack pack;
  private final ChargerElectronics charger;
  private final PlantSensors sensors;
  private final ExtremesTracker extremes = new ExtremesTracker();
  private final EnumSet<ChargerFault> faults = EnumSet.noneOf(ChargerFault.class);

  private final ThermalUnit thermal;
  private final Contactors contactors;
  private final Insulation insulation = new Insulation();
  private Ripple ripple = Ripple.NONE;
  private final CommandInForce command = new CommandInForce();
  private double heatTransfer;
  private ThermalCommand thermalCommand = ThermalCommand.off(Long.MAX_VALUE);
  private BatteryLimits batteryLimits;
  private AmbientTemperature ambient;
  private boolean connected = true;
  private SolveStatus status = SolveStatus.OK;
  private @Nullable Measurement newest;

  /** Builds the plant at rest, plugged in and without faults. */
  public ChargingPlant(PlantConfig config) {
    this.config = config;
    SplittableGenerator random = SeededRandom.of(config.seed());
    pack =
        new Pack(
            config.cell(),
            config.options(),
            config.layout(),
            config.common(),
            config.spread(),
            config.build(),
            config.initialSoc(),
            config.environment(),
            random.split());
    sensors = new PlantSensors(config.sensors(), pack.cellCount(), random.split());
    charger = new ChargerElectronics(config.charger());
    contactors = new Contactors(config.contactors());
    thermal = new ThermalUnit(config.environment().thermal());
    batteryLimits = config.batteryLimits();
    ambient = config.environment().ambient();
    heatTransfer = config.heatTransferWattsPerM2Kelvin();
    pack.terminals().setRatedAmps(FUSE_SHARE * config.charger().capabilities().maxCurrentAmps());
    extremes.observe(pack);
  }

  /**
   * Moves charger and battery on, in equal steps of at most {@link PlantConfig#innerStepSeconds}.
   *
   * @param dtSeconds how far, s, above 0
   * @param packCommand the command in force, for the whole battery; it may expire on the way
   * @param nowNanos the loop's time at the start, ns; compared with the command's validity
   * @return not usable when a cell's equations had no solution even at rest; the plant then stands
   *     still with the contactors open
   */
  public SolveStatus step(double dtSeconds, CurrentCommand packCommand, long nowNanos) {
    if (!(dtSeconds > 0 && dtSeconds < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("A plant step of " + dtSeconds + " s must be above 0 s.");
    }
    CurrentCommand taken = command.take(packCommand, nowNanos);
    double longest = Math.min(config.innerStepSeconds(), pack.terminals().longestStepSeconds());
    int steps = (int) Math.ceil(dtSeconds / longest - 1e-9);
    double dt = dtSeconds / Math.max(1, steps);
    for (int i = 0; i < Math.max(1, steps) && status.isUsable(); i++) {
      innerStep(dt, taken, nowNanos + Math.round(i * dt * 1e9));
    }
    return status;
  }

  private void innerStep(double dt, CurrentCommand command, long nowNanos) {
    boolean conducting = connect(dt);
    if (!conducting) {
      charger.cutOff();
    }
    charger.advanceTo(pack.timeSeconds());
    double wanted =
        conducting
            ? charger.prepare(
                command, nowNanos, dt, pack.voltageVolts(), pack.ohms(), !isStoppedByFault())
            : 0.0;
    double ceiling = conducting ? charger.ceilingVolts() : Double.POSITIVE_INFINITY;
    status = pack.step(wanted, ceiling, dt, ambient.kelvinAt(pack.timeSeconds() + dt));
    if (!status.isUsable()) {
      charger.cutOff();
      return;
    }
    double delivered = pack.chargeCurrentAmps() + pack.terminals().shortAmps();
    charger.settle(delivered, pack.voltageVolts(), dt);
    boolean mayWork = connected && !isStoppedByFault();
    pack.heat(thermal.step(thermalCommand, nowNanos, dt, mayWork));
    extremes.observe(pack);
  }

  /** Closes or opens the contactors; true when current can flow. */
  private boolean connect(double dt) {
    insulation.step(charger.settings().capabilities().maxVoltageVolts(), dt);
    // They do not open under load: a fault brings the current down first.
    boolean wanted = connected && (!isStoppedByFault() || charger.currentAmps() > 0);
    contactors.step(wanted, pack.voltageVolts(), dt);
    return connected && contactors.isClosed() && !pack.terminals().isBlown();
  }

  private boolean isStoppedByFault() {
    boolean told =
        !faults.isEmpty() && !(faults.size() == 1 && faults.contains(ChargerFault.VENDOR_WARNING));
    return told
        || contactors.found() != null
        || insulation.found() != null
        || pack.terminals().isBlown();
  }

  /**
   * What the sensors read now. Asking again at the same time gives the same reading.
   *
   * @param timeNanos time stamp on the loop's clock, ns; must not run backwards
   */
  public Measurement measure(long timeNanos) {
    Measurement last = newest;
    if (last != null && last.timeNanos() == timeNanos) {
      return last;
    }
    double alternating = pack.chargeCurrentAmps() > 0 ? ripple.ampsAt(timeNanos) : 0;
    Measurement read = sensors.read(pack, alternating, timeNanos);
    newest = read;
    return read;
  }

  /** The truth, for judging only. */
  public PackState truth() {
    return pack.state();
  }

  /** True state of charge of the battery (mean of its cells), 0–1; cheaper than {@link #truth}. */
  public double trueSoc() {
    return pack.soc();
  }

  /** Plant time since the start, s. */
  public double timeSeconds() {
    return pack.timeSeconds();
  }

  /** True extremes over every step of the physics, the start included. */
  public PlantExtremes extremes() {
    return extremes.extremes();
  }

  /** Begins the extremes anew with the present state. */
  public void resetExtremes() {
    extremes.reset();
    extremes.observe(pack);
  }

  /** How the last step ended. */
  public SolveStatus status() {
    return status;
  }

  public PlantConfig config() {
    return config;
  }

  /** The battery itself, for benches that disturb it. */
  public Pack pack() {
    return pack;
  }

  /** The charger's electronics, for benches that watch or disturb them. */
  public ChargerElectronics charger() {
    return charger;
  }

  /** Contactors and pre-charge, for benches that watch or disturb them. */
  public Contactors contactors() {
    return contactors;
  }

  /** Insulation and its monitor, for benches that watch or disturb them. */
  public Insulation insulation() {
    return insulation;
  }

  /** The alternating current that the charger leaves on its direct current. */
  public Ripple ripple() {
    return ripple;
  }

  /** See {@link #ripple()}. */
  public void setRipple(Ripple newRipple) {
    ripple = newRipple;
  }

  /** The battery's sensors, for benches that watch or disturb them. */
  public PlantSensors sensors() {
    return sensors;
  }

  /** The command as the charger took it up, for benches that watch or change it. */
  public CommandInForce command() {
    return command;
  }

  /** What heater and cooler are to do from the next step on. */
  public void applyThermal(ThermalCommand command) {
    thermalCommand = command;
  }

  /** What heats or cools the battery. */
  public ThermalCapabilities thermalCapabilities() {
    return thermal.settings().capabilities();
  }

  /** Heat that heater or cooler put into the battery now, W; below 0 when it is cooled. */
  public double heatWatts() {
    return thermal.heatWatts();
  }

  /** Energy that heater and cooler have drawn from the grid since the start, J. */
  public double thermalJoules() {
    return thermal.gridJoules();
  }

  /** What the charger can do now, a cap of its schedule included. */
  public ChargerCapabilities capabilities() {
    charger.advanceTo(pack.timeSeconds());
    return charger.capabilities();
  }

  /** Changes what the charger can do, and says so (a power cap in mid-session). */
  public void setCapabilities(ChargerCapabilities capabilities) {
    charger.setCapabilities(capabilities);
  }

  public BatteryLimits batteryLimits() {
    return batteryLimits;
  }

  /** Changes what the battery's management asks for. The charger itself does not enforce it. */
  public void setBatteryLimits(BatteryLimits limits) {
    batteryLimits = limits;
  }

  /** What the charger reports as wrong; a copy. */
  public Set<ChargerFault> faults() {
    EnumSet<ChargerFault> all = EnumSet.copyOf(faults);
    for (ChargerFault fault : ChargerFault.values()) {
      if (hasFault(fault)) {
        all.add(fault);
      }
    }
    return Set.copyOf(all);
  }

  /** Whether the charger reports this as wrong. */
  public boolean hasFault(ChargerFault fault) {
    return faults.contains(fault)
        || contactors.found() == fault
        || insulation.found() == fault
        || (pack.terminals().isBlown() && fault == ChargerFault.BATTERY_MANAGEMENT_FAULT);
  }

  /** Raises or clears a reported fault. Any but {@code VENDOR_WARNING} stops the charge. */
  public void setFault(ChargerFault fault, boolean present) {
    if (present) {
      faults.add(fault);
    } else {
      faults.remove(fault);
    }
  }

  /** Makes the charger misbehave without a word. */
  public void inject(ChargerFaultInjection injection) {
    charger.inject(injection);
  }

  /** Changes what is wrong with the sensors; their memory is kept. */
  public void setSensorErrors(SensorErrors errors) {
    sensors.setErrors(errors);
  }

  /** Changes the temperature of the surroundings. */
  public void setAmbient(AmbientTemperature temperature) {
    ambient = temperature;
  }

  /** Temperature of the surroundings over plant time. */
  public AmbientTemperature ambient() {
    return ambient;
  }

  /** Heat transfer to the surroundings, W/m²K; NaN without thermal data. */
  public double heatTransferWattsPerM2Kelvin() {
    return heatTransfer;
  }

  /** Changes the heat transfer to the surroundings, W/m²K (cooling lost or restored). */
  public void setHeatTransfer(double wattsPerM2Kelvin) {
    heatTransfer = wattsPerM2Kelvin;
    pack.setHeatTransfer(wattsPerM2Kelvin);
  }

  public boolean isConnected() {
    return connected;
  }

  /** Plugs the battery in, or unplugs it: contactors open and the current is zero at once. */
  public void setConnected(boolean isConnected) {
    connected = isConnected;
    if (!isConnected) {
      contactors.reset();
      insulation.reset();
    }
  }

  /** Energy delivered into the battery since the start, J. */
  public double deliveredJoules() {
    return charger.deliveredJoules();
  }

  /** Power drawn from the grid, heater and cooler included, W. */
  public double gridPowerWatts() {
    return charger.gridPowerWatts() + thermal.gridWatts();
  }
}
