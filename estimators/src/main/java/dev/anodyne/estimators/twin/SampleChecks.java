package dev.anodyne.estimators.twin;

import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;

/**
 * Whether a sample is possible: by itself, and after the samples before it. Looks at every value
 * that a pack reports; nothing here knows the twin's state, so a wrong belief cannot make a right
 * sample look wrong.
 */
final class SampleChecks {
  private static final double MAX_C_RATE = 20.0;

  /** Busbars and contactors between the cells and the terminals, V a cell. */
  private static final double SUM_TOLERANCE_VOLTS = 0.15;

  /** Sensors of cells and of the whole may differ by this, K. */
  private static final double MEAN_TOLERANCE_KELVIN = 5.0;

  /** Below this a voltage may rightly stand still, multiples of 1C. */
  private static final double LOAD_C_RATE = 0.2;

  /** A command below this may leave a battery at rest, multiples of 1C. */
  private static final double LEAST_COMMAND_C_RATE = 0.05;

  /**
   * At rest: no more than this current, and a voltage that moves no more than this in this time.
   */
  private static final double REST_C_RATE = 0.02;

  /** Three steps of a 5 mV sensor, V. */
  private static final double STANDING_VOLTS = 0.015;

  /** How strong a current was usual, s. */
  private static final double USUAL_SECONDS = 300.0;

  /** An old, cold or empty cell polarises by so much more than the model's minute, with margin. */
  private static final double RELAXED_SHARE = 2.5;

  private static final double REST_VOLTS = 0.006;
  private static final double REST_SECONDS = 60.0;

  /** Memory of the two filters on current and voltage, s. */
  private static final double STEP_SECONDS = 3.0;

  private static final double RAMP_SECONDS = 20.0;

  /** A larger change of current is the charger's doing and not the sensor's noise. */
  private static final double NOISE_SHARE = 0.005;

  /** Current and temperature may stand still for good: readings that must have moved before. */
  private static final int STEADY_READINGS = 20;

  private final double ampHours;
  private final double highestCellVolts;
  private final PackLayout layout;
  private final RestVoltage rest;
  private final LoadResistance resistance;
  private final LoadWatch[][] load;
  private final SensorWatch[] voltages;
  private final SensorWatch[] temperatures;
  private final TemperatureWatch[] steps;

  /** The voltage that the twin follows, repeats at rest included. */
  private final SensorWatch resting;

  private final SensorWatch current = new SensorWatch(STEADY_READINGS);
  private double lastAmps;
  private double standingAt = Double.NaN;
  private double standingVolts;
  private boolean standing;
  private double standingAmps;
  private double usualAmps;
  private double restVolts = Double.NaN;
  private double restSeconds;
  private boolean first = true;
  private long lastNanos;

  SampleChecks(
      double ampHours,
      double highestCellVolts,
      PackLayout layout,
      RestVoltage rest,
      LoadResistance resistance) {
    this.ampHours = ampHours;
    this.highestCellVolts = highestCellVolts;
    this.layout = layout;
    this.rest = rest;
    this.resistance = resistance;
    int values = layout.series() * layout.parallel() > 1 ? 3 : 1;
    load = new LoadWatch[values][];
    resting = new SensorWatch(STEADY_READINGS);
    voltages = new SensorWatch[values];
    temperatures = new SensorWatch[values];
    steps = new TemperatureWatch[values];
    for (int i = 0; i < values; i++) {
      load[i] =
          new LoadWatch[] {
            new LoadWatch(ampHours, STEP_SECONDS, rest, resistance),
            new LoadWatch(ampHours, RAMP_SECONDS, rest, resistance)
          };
      voltages[i] = new SensorWatch(0);
      temperatures[i] = new SensorWatch(STEADY_READINGS);
      steps[i] = new TemperatureWatch();
    }
  }

  /** Whether the values are possible by themselves and agree with each other. */
  boolean plausible(Measurement m, double cellAmps) {
    double meanVolts = m.voltageVolts() / layout.series();
    double kelvin = m.surfaceTemperatureKelvin();
    return m.minCellVoltageVolts() > 0.5
        && m.maxCellVoltageVolts() < highestCellVolts
        && m.minCellVoltageVolts() <= m.maxCellVoltageVolts() + 1e-9
        && meanVolts >= m.minCellVoltageVolts() - SUM_TOLERANCE_VOLTS
        && meanVolts <= m.maxCellVoltageVolts() + SUM_TOLERANCE_VOLTS
        && m.minCellTemperatureKelvin() > 220.0
        && m.maxCellTemperatureKelvin() < 380.0
        && m.minCellTemperatureKelvin() <= m.maxCellTemperatureKelvin() + 1e-9
        && kelvin >= m.minCellTemperatureKelvin() - MEAN_TOLERANCE_KELVIN
        && kelvin <= m.maxCellTemperatureKelvin() + MEAN_TOLERANCE_KELVIN
        && Math.abs(cellAmps) <= MAX_C_RATE * ampHours;
  }

  /** Begins anew; how often the sensors repeat themselves stays known. */
  void restart() {
    first = true;
    current.interrupt();
    resting.interrupt();
    for (int i = 0; i < load.length; i++) {
      restartLoad(i);
      voltages[i].interrupt();
      temperatures[i].interrupt();
      steps[i].restart();
    }
  }

  /** Forgets what samples that were found to be wrong may have taught. */
  void forgetSteps() {
    for (LoadWatch[] watches : load) {
      for (LoadWatch watch : watches) {
        watch.forgetSteps();
      }
    }
  }

  /** Takes in a plausible sample, later than the one before. */
  void observe(Measurement m, double cellAmps) {
    double step = first ? 0.0 : (m.timeNanos() - lastNanos) * 1e-9;
    double kelvin = m.minCellTemperatureKelvin();
    boolean loaded = Math.abs(cellAmps) > LOAD_C_RATE * ampHours;
    followStanding(m.maxCellVoltageVolts(), cellAmps, kelvin, step);
    for (int i = 0; i < load.length; i++) {
      boolean frozen = voltages[i].isFrozen();
      voltages[i].update(volts(m, i), loaded);
      if (frozen && !voltages[i].isFrozen()) {
        // What a frozen sensor missed is no step of the cell's.
        restartLoad(i);
      }
      for (LoadWatch watch : load[i]) {
        watch.update(cellAmps, volts(m, i), kelvin, step);
      }
      temperatures[i].update(kelvin(m, i), loaded);
      steps[i].update(kelvin(m, i), step);
    }
    followRest(m.maxCellVoltageVolts(), cellAmps, step);
    resting.update(m.maxCellVoltageVolts(), true);
    boolean noise = Math.abs(cellAmps - lastAmps) <= NOISE_SHARE * Math.abs(lastAmps);
    current.update(cellAmps, loaded && noise);
    lastAmps = cellAmps;
    lastNanos = m.timeNanos();
    first = false;
  }

  /**
   * Whatever its resolution, a voltage must have moved once the rest voltage has by so much; unless
   * the current has fallen since, as it does where a charger holds the voltage, or after a stronger
   * one: then polarisation may have fallen as the rest voltage rose.
   */
  private void followStanding(double volts, double cellAmps, double kelvin, double step) {
    double slope = rest.slopeAt(rest.socAt(volts - resistance.promptVolts(cellAmps, kelvin)));
    boolean stands = volts == standingAt;
    if (!stands && standing) {
      restartLoad(0);
    }
    usualAmps += (cellAmps - usualAmps) * (1.0 - Math.exp(-step / USUAL_SECONDS));
    if (!stands) {
      double sign = cellAmps < 0.0 ? -1.0 : 1.0;
      standingAmps = sign * Math.max(sign * cellAmps, sign * usualAmps);
    }
    standingVolts = stands ? standingVolts + slope * cellAmps * step / (3600.0 * ampHours) : 0.0;
    standingAt = volts;
    double fallen =
        resistance.promptVolts(standingAmps, kelvin)
            - resistance.promptVolts(cellAmps, kelvin)
            + (standingAmps - cellAmps) * resistance.slowOhm(kelvin);
    double explained = Math.max(Math.signum(standingVolts) * fallen, 0.0);
    standing = Math.abs(standingVolts) > STANDING_VOLTS + RELAXED_SHARE * explained;
  }

  /** A battery that has long been at rest has nothing left to contradict. */
  private void followRest(double volts, double cellAmps, double step) {
    boolean still =
        Math.abs(cellAmps) <= REST_C_RATE * ampHours && Math.abs(volts - restVolts) <= REST_VOLTS;
    restSeconds = still ? restSeconds + step : 0.0;
    restVolts = still ? restVolts + (volts - restVolts) * step / REST_SECONDS : volts;
    if (rested()) {
      for (int i = 0; i < load.length; i++) {
        if (load[i][0].contradicts() || load[i][1].contradicts()) {
          restartLoad(i);
        }
      }
    }
  }

  /** True when no current has flowed for a while and the voltage stands nearly still. */
  boolean rested() {
    return restSeconds >= REST_SECONDS;
  }

  private void restartLoad(int i) {
    for (LoadWatch watch : load[i]) {
      watch.restart();
    }
  }

  /** The value that the twin follows comes first. */
  private double volts(Measurement m, int i) {
    return i == 0
        ? m.maxCellVoltageVolts()
        : i == 1 ? m.minCellVoltageVolts() : m.voltageVolts() / layout.series();
  }

  private static double kelvin(Measurement m, int i) {
    return i == 0
        ? m.minCellTemperatureKelvin()
        : i == 1 ? m.maxCellTemperatureKelvin() : m.surfaceTemperatureKelvin();
  }

  /**
   * True when the voltage that the twin follows stands still, under a current that is measured or,
   * where none is measured, at least asked for.
   */
  boolean voltageFrozen(double commandedCellAmps) {
    return voltages[0].isFrozen()
        || standing
        || (resting.isFrozen() && commandedCellAmps > LEAST_COMMAND_C_RATE * ampHours);
  }

  /** True while values of this sample cannot follow those before. */
  boolean contradicts() {
    for (int i = 0; i < load.length; i++) {
      if (load[i][0].contradicts() || load[i][1].contradicts() || steps[i].contradicts()) {
        return true;
      }
    }
    return false;
  }

  /** True when a value stands still that the twin can do without, or the current does. */
  boolean doubtful() {
    boolean frozen = current.isFrozen() || resting.isFrozen();
    for (int i = 0; i < load.length; i++) {
      frozen |= voltages[i].isFrozen() || temperatures[i].isFrozen();
    }
    return frozen;
  }
}
