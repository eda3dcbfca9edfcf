package dev.anodyne.plantsim.pack;

import dev.anodyne.core.cell.ThermalData;
import dev.anodyne.core.p2d.CellLimit;
import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.core.protocol.PhaseLimits;

/**
 * One cell of the battery. A step is tried, as often as the wiring and the regulator ask for it,
 * always from the accepted state, and then accepted once.
 */
final class PackCell {
  private static final double MIN_OHMS = 1e-4;
  private static final double MAX_OHMS = 10.0;

  /** Currents this close, in multiples of 1C, share their sub-steps. */
  private static final double REPEAT_SHARE = 0.05;

  /** Currents at least this far apart give a resistance. */
  private static final double SECANT_SHARE = 2e-5;

  /** A change of current above this share of 1C tells how the resistance changes with it. */
  private static final double JUMP_SHARE = 0.2;

  /** Largest change of resistance that is believed at a jump. */
  private static final double MOST_CHANGE = 4;

  /** How far a trial may be moved along the line through the last two, in their distance. */
  private static final double MOST_MOVED = 0.5;

  /**
   * What the voltage may depart from that line, V, and an upper bound of |∂²V/∂I²|/(2R²), 1/V: it
   * is below 2 for cells between rest and 3C, as charge transfer bends the voltage the most.
   */
  private static final double MOST_BENT = 2e-7;

  private static final double BEND_PER_VOLT = 4;

  /** An internal short of an exhausted cell carries at least this share of V/R. */
  private static final double LEAST_SHORT_SHARE = 1e-4;

  private P2dModel model;
  private final P2dState accepted;
  private final P2dState trial;
  private final P2dState previous;
  private final P2dWorkspace workspace;
  private P2dOutputs acceptedOutputs = new P2dOutputs();
  private P2dOutputs trialOutputs = new P2dOutputs();

  private final double nominalAmpHours;
  private CellLimit limit = CellLimit.NONE;
  private final double heatCapacity;
  private double ohms;
  private double shortOhms = Double.POSITIVE_INFINITY;
  private double shortShare = 1;
  private boolean tried;
  private boolean connected = true;
  private double ambientOffset;
  private double patternAmps = Double.NaN;
  private double triedAmps;
  private double previousAmps;
  private boolean inLine;
  private double triedVolts;
  private double exposureVoltSeconds;

  PackCell(P2dModel model, double soc, double temperatureKelvin) {
    this.model = model;
    accepted = model.newState(soc, temperatureKelvin);
    trial = model.newState(soc, temperatureKelvin);
    previous = model.newState(soc, temperatureKelvin);
    workspace = model.newWorkspace();
    workspace.followOneCell();
    // A first guess only: the resistance of a 5 A·h cell, scaled; secants replace it.
    heatCapacity =
        model.cell().thermal().map(ThermalData::heatCapacityJPerKelvin).orElse(Double.NaN);
    nominalAmpHours = model.cell().nominalCapacityAmpHours();
    ohms = 0.025 * 5.0 / nominalAmpHours;
    SolveStatus status = P2dStepper.outputs(model, accepted, 0.0, workspace, acceptedOutputs);
    if (!status.isUsable()) {
      throw new IllegalStateException(
          "Cell "
              + model.cell().name()
              + " cannot rest at a state of charge of "
              + soc
              + " and "
              + temperatureKelvin
              + " K: "
              + status
              + ".\nMaybe the state of charge is outside 0–1.");
    }
  }

  /** Same cell, other parameters. The state is kept. */
  void replaceModel(P2dModel newModel) {
    model = newModel;
  }

  /** Moves lithium from one electrode to the other; the values follow with the next step. */
  void shiftSoc(double deltaSoc) {
    model.shiftSoc(accepted, deltaSoc);
  }

  /** An internal short circuit; infinite for none. */
  void setShortOhms(double newShortOhms) {
    shortOhms = newShortOhms;
  }

  /** Opens the cell's connection, or closes it: an open cell carries no current. */
  void setConnected(boolean isConnected) {
    connected = isConnected;
  }

  boolean isConnected() {
    return connected;
  }

  /** How much warmer the cell's surroundings are than the battery's, K. */
  void setAmbientOffset(double kelvin) {
    ambientOffset = kelvin;
  }

  /** Begins a step: no trial yet. */
  void begin() {
    shortShare = Math.min(1, 2 * shortShare);
    tried = false;
    inLine = false;
    patternAmps = Double.NaN;
  }

  /** Tries the step at a terminal current; false when the equations have no solution there. */
  boolean tryStep(double terminalAmps, double dtSeconds, double ambientKelvin) {
    while (true) {
      double amps = terminalAmps - shortShare * acceptedOutputs.voltageVolts / shortOhms;
      if (tryCurrent(amps, dtSeconds, ambientKelvin)) {
        return true;
      }
      if (amps >= 0 || shortOhms == Double.POSITIVE_INFINITY || shortShare < LEAST_SHORT_SHARE) {
        return false;
      }
      shortShare *= 0.5; // the voltage of an exhausted cell collapses, and the short's current
    }
  }

  private boolean tryCurrent(double amps, double dtSeconds, double ambientKelvin) {
    SolveStatus status = solve(amps, dtSeconds, ambientKelvin + ambientOffset);
    if (!status.isUsable() || PhaseLimits.isExhausted(trialOutputs)) {
      limit = status.isUsable() ? PhaseLimits.of(trialOutputs) : workspace.limit();
      patternAmps = Double.NaN;
      inLine = false;
      return false;
    }
    double volts = trialOutputs.voltageVolts;
    if (!tried) {
      expectOhms(amps, volts);
    } else if (Math.abs(amps - triedAmps) > SECANT_SHARE * nominalAmpHours) {
      ohms = bounded((volts - triedVolts) / (amps - triedAmps));
    }
    tried = true;
    previousAmps = triedAmps;
    triedAmps = amps;
    triedVolts = volts;
    return true;
  }

  /**
   * The resistance after a jump of the current, from the one before it and the chord over the jump:
   * with R ∝ 1/√(I₀² + I²) of charge transfer the chord is about the geometric mean of both. A
   * reversed current finds the one before. It is a first guess: the next trial's secant replaces
   * it.
   */
  private void expectOhms(double amps, double volts) {
    double before = acceptedOutputs.chargeCurrentAmps;
    double jump = amps - before;
    double threshold = JUMP_SHARE * nominalAmpHours;
    boolean reversed = amps * before < 0 && Math.min(Math.abs(amps), Math.abs(before)) > threshold;
    if (Math.abs(jump) > threshold && !reversed) {
      double chord = bounded((volts - acceptedOutputs.voltageVolts) / jump);
      double change = chord / ohms * chord / ohms;
      ohms = bounded(ohms * Math.max(1 / MOST_CHANGE, Math.min(MOST_CHANGE, change)));
    }
  }

  private static double bounded(double ohms) {
    return Math.max(MIN_OHMS, Math.min(MAX_OHMS, ohms));
  }

  /** A current close to one that was tried is tried in the same sub-steps. */
  private SolveStatus solve(double amps, double dtSeconds, double ambientKelvin) {
    inLine = Math.abs(amps - patternAmps) < REPEAT_SHARE * nominalAmpHours;
    previous.copyFrom(trial);
    trial.copyFrom(accepted);
    if (inLine) {
      return P2dStepper.repeat(
          model, trial, P2dControl.CURRENT, amps, ambientKelvin, workspace, trialOutputs);
    }
    patternAmps = amps;
    return P2dStepper.step(
        model, trial, P2dControl.CURRENT, amps, dtSeconds, ambientKelvin, workspace, trialOutputs);
  }

  /**
   * True when the last trial may be moved by so much along the line through the last two instead of
   * being tried anew: both are of the same sub-steps, and the line departs from the solution by
   * less than the wiring's accuracy.
   */
  boolean canMove(double byAmps) {
    double apart = triedAmps - previousAmps;
    double volts = Math.abs(byAmps) * ohms;
    return byAmps == 0
        || (inLine
            && Math.abs(apart) > SECANT_SHARE * nominalAmpHours
            && Math.abs(byAmps) <= MOST_MOVED * Math.abs(apart)
            && BEND_PER_VOLT * volts * (volts + Math.abs(apart) * ohms) < MOST_BENT);
  }

  /** Moves the last trial; lithium and charge, linear in the current, stay exact. */
  void move(double byAmps) {
    if (byAmps == 0) {
      return;
    }
    trial.extrapolate(previous, byAmps / (triedAmps - previousAmps));
    model.read(trial, trialOutputs);
    inLine = false; // the line does not reach further
    triedAmps += byAmps;
    triedVolts = trialOutputs.voltageVolts;
  }

  /** Makes the last trial the cell's state. */
  void accept(double dtSeconds) {
    accepted.copyFrom(trial);
    double before = Math.max(0.0, -acceptedOutputs.anodePotentialVolts);
    double after = Math.max(0.0, -trialOutputs.anodePotentialVolts);
    exposureVoltSeconds += 0.5 * (before + after) * dtSeconds;
    swapOutputs();
  }

  private void swapOutputs() {
    P2dOutputs old = acceptedOutputs;
    acceptedOutputs = trialOutputs;
    trialOutputs = old;
  }

  /** Voltage of the last trial, V. */
  double trialVolts() {
    return triedVolts;
  }

  /** ∂V/∂I over a step, Ω, from the newest pair of trials. */
  double ohms() {
    return ohms;
  }

  /** One over {@link #ohms()}; 0 for a cell that is open. */
  double siemens() {
    return connected ? 1 / ohms : 0;
  }

  /** What the cell was at the end of when a trial failed. */
  CellLimit limit() {
    return limit;
  }

  double temperatureKelvin() {
    return acceptedOutputs.temperatureKelvin;
  }

  double heatCapacityJoulesPerKelvin() {
    return heatCapacity;
  }

  /** Adds heat from outside to the accepted state, J. */
  void heat(double joules) {
    double kelvin = model.temperatureKelvin(accepted) + joules / heatCapacity;
    model.setTemperatureKelvin(accepted, kelvin);
    acceptedOutputs.temperatureKelvin = kelvin;
  }

  /** Another temperature of the accepted state, K. */
  void setTemperature(double kelvin) {
    model.setTemperatureKelvin(accepted, kelvin);
    acceptedOutputs.temperatureKelvin = kelvin;
  }

  /** State of charge of the accepted state, 0–1. */
  double soc() {
    return model.soc(accepted);
  }

  /** Mean thickness of the SEI, m. */
  double seiThicknessM() {
    return model.seiThicknessM(accepted);
  }

  double shortOhms() {
    return shortOhms;
  }

  /** Values of the accepted state. */
  P2dOutputs outputs() {
    return acceptedOutputs;
  }

  CellState state() {
    P2dOutputs o = acceptedOutputs;
    return new CellState(
        o.chargeCurrentAmps,
        o.voltageVolts,
        o.temperatureKelvin,
        o.soc,
        o.anodePotentialVolts,
        exposureVoltSeconds,
        o.anodeSurfaceStoichiometry,
        o.anodeSurfaceStoichiometryAtSeparator,
        o.cathodeSurfaceStoichiometry,
        o.lossToSeiAmpHours,
        o.lossToPlatingAmpHours,
        o.deadLithiumAmpHours);
  }

  double exposureVoltSeconds() {
    return exposureVoltSeconds;
  }
}
