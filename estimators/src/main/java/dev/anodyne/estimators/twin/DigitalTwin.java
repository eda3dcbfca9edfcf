package dev.anodyne.estimators.twin;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.bounds.BoundInputs;
import dev.anodyne.estimators.bounds.BoundTable;
import dev.anodyne.estimators.bounds.Growth;

/**
 * The estimator {@code physics}: the electrochemical model on the measured cell current, its state
 * of charge and a series resistance corrected by the voltage innovation, its temperature by the
 * measured one. That model is what planners go on from. What is answered is the belief of the
 * {@link JointFilter} that runs beside it and knows parameters, start and sensors to be uncertain.
 *
 * <p><b>Which cell of a series pack.</b> One model stands for the whole pack. All cells carry the
 * same current; they differ in state of charge, capacity, resistance and rates. Lithium plates
 * first in the cell whose anode is fullest, slowest and coldest. The twin is therefore driven by
 * the highest cell voltage, the cell furthest along on charge (higher state of charge, smaller
 * capacity or slower kinetics all raise it), and by the lowest cell temperature, since a colder
 * anode has less room. Resistance also raises a cell's voltage without touching its anode; the
 * filter tells it from charge by its proportionality to current and keeps it out of the
 * electrochemical state. What is left, that the cell with the highest voltage need not be the one
 * with the lowest anode potential and that rates differ by some per cent, is not observable from
 * pack signals to the last millivolt; the calibrated {@link BoundTable} covers it.
 *
 * <p>Deterministic: the same samples give the same estimates, bit for bit. An update allocates the
 * estimate and nothing else.
 */
public final class DigitalTwin implements StateEstimator {
  /** Implicit steps are at most this long, s. */
  private static final double LONGEST_STEP_SECONDS = 5.0;

  /** Below this C-rate a first sample counts as a rest. */
  private static final double REST_C_RATE = 0.02;

  private static final double REST_SOC_SIGMA = 0.01;
  private static final double GIVEN_SOC_SIGMA = 0.03;
  private static final double LOADED_SOC_SIGMA = 0.08;

  /** Below this slope a voltage tells less of the state of charge than a person does, V. */
  private static final double FLAT_VOLTS = 0.15;

  /** A state lost in the middle of a session is found less well than that of a rested battery. */
  private static final double FLAGGED_AFTER_RESTART_SECONDS = 300.0;

  /** How far the anode potential may fall in the two samples of a glitch, at 1C and 25 °C, V. */
  private static final double GLITCH_VOLTS = 0.005;

  private static final double MOST_GLITCH_VOLTS = 0.030;

  private final PackLayout layout;
  private final EstimatorOptions options;
  private final TwinBounds bounds;
  private final P2dModel model;
  private final P2dState state;
  private final P2dState trial;
  private final P2dWorkspace workspace;
  private final P2dOutputs trialOutputs = new P2dOutputs();
  private final RestVoltage restVoltage;
  private final LoadResistance resistance;
  private final UnseenCurrent unseenCurrent = new UnseenCurrent();
  private final MeasurementGate gate;
  private final TemperatureObserver temperature = new TemperatureObserver();
  private final VoltageCorrector corrector;
  private final InnovationMonitor monitor = new InnovationMonitor();
  private final TwinSignals signals = new TwinSignals();
  private final JointFilter filter;
  private final RestDrift restDrift = new RestDrift();
  private final double ampHours;

  private final double coolingWattsPerKelvin;
  private double heatWatts;
  private double lastAmps;
  private boolean everStarted;
  private boolean haveEstimate;
  private boolean keepsLast;
  private double keptVolts;
  private boolean restarted;
  private CellEstimate last;

  /** A twin of one cell of {@code cell}'s kind in a pack wired as {@code layout}. */
  public DigitalTwin(
      CellParameters cell, PackLayout layout, EstimatorOptions options, BoundTable table) {
    CellParameters own =
        options.heatTransferWattsPerM2Kelvin().isPresent()
            ? cell.withHeatTransfer(options.heatTransferWattsPerM2Kelvin().getAsDouble())
            : cell;
    this.layout = layout;
    this.options = options;
    this.model = P2dModel.of(own, options.model());
    this.state = model.newState(0.5, 298.15);
    this.trial = model.newState(0.5, 298.15);
    this.workspace = model.newWorkspace();
    this.coolingWattsPerKelvin =
        own.thermal()
            .map(t -> Math.max(1e-6, t.heatTransferWPerM2Kelvin() * t.coolingAreaM2()))
            .orElse(Double.POSITIVE_INFINITY);
    this.restVoltage = RestVoltage.of(model);
    this.ampHours = own.nominalCapacityAmpHours();
    this.resistance = LoadResistance.of(model);
    this.gate =
        new MeasurementGate(
            ampHours,
            own.upperCutOffVolts(),
            options.periodSeconds(),
            layout,
            restVoltage,
            resistance);
    this.corrector = new VoltageCorrector(ampHours);
    this.filter =
        new JointFilter(
            own,
            options.model(),
            options.identified(),
            layout.series() > 1,
            options.sensors(),
            signals.filtered);
    this.bounds =
        new TwinBounds(
            table, layout, ampHours, options.identified(), options.sensors(), filter.film());
    this.last = nothingYet();
  }

  /** How unlike a new battery an identified single cell is by now, 0–1; 0 for others. */
  public double departureFromNew() {
    return bounds.departureFromNew();
  }

  /** The model that the twin runs; its states fit {@link CellEstimate#twinState()}. */
  public P2dModel model() {
    return model;
  }

  /** What the last usable update found. Overwritten by the next one. */
  public TwinSignals signals() {
    return signals;
  }

  /** True when the last update took its sample in; false when the sample was refused. */
  public boolean tookLastSample() {
    return haveEstimate;
  }

  /** True when the last update kept the estimate before it, flagged: its sample was a glitch. */
  public boolean keepsLastEstimate() {
    return keepsLast;
  }

  /** How much lower a bound must be while an older estimate is kept, V. */
  public double keptVolts() {
    return keptVolts;
  }

  /** The estimate before the first sample: not valid, no numbers. */
  public CellEstimate nothingYet() {
    return NoEstimate.yet(state);
  }

  /** What the bounds of the last usable update were made from. Overwritten by the next one. */
  public BoundInputs boundInputs() {
    return bounds.inputs();
  }

  /** The last bound as it would be no nearer to the trained range than {@code distance}, V. */
  public double boundOutOfRange(double distance) {
    return bounds.lowerBound(distance);
  }

  @Override
  public void heated(double cellWatts) {
    heatWatts = Double.isFinite(cellWatts) ? cellWatts : 0.0;
  }

  /** The ambient that explains the temperature; heat of P into a cell is one of P/(hA) more. */
  private double surroundingsKelvin() {
    return temperature.ambientKelvin() + heatWatts / coolingWattsPerKelvin;
  }

  @Override
  public CellEstimate update(Measurement m, CurrentCommand applied) {
    double amps = layout.cellAmps(m.chargeCurrentAmps());
    haveEstimate = false;
    keepsLast = false;
    MeasurementGate.Verdict verdict =
        gate.judge(m, amps, layout.cellAmps(applied.chargeCurrentAmps()));
    switch (verdict) {
      case UNUSABLE:
        return NoEstimate.of(m, amps, state);
      case REPEATED:
        return last;
      case GLITCH:
        return keep(m, amps);
      case START:
        if (gate.distrusts()) {
          filter.forget();
        }
        if (!start(m, amps)) {
          gate.forget();
          return NoEstimate.of(m, amps, state);
        }
        break;
      case AFTER_GAP:
        signals.secondsSinceGap = 0.0;
        if (!advance(m, amps, true)) {
          return lost(m, amps);
        }
        break;
      case NORMAL:
        signals.secondsSinceGap += gate.secondsSinceLast(m);
        if (!(unrested(m, amps) ? startAgain(m, amps) : advance(m, amps, false))) {
          return lost(m, amps);
        }
        break;
    }
    gate.accept(m, verdict, amps, model.soc(state));
    unseenCurrent.seen(m.timeNanos(), amps, layout.cellAmps(applied.chargeCurrentAmps()), applied);
    lastAmps = amps;
    haveEstimate = true;
    last = estimate(m, amps);
    return last;
  }

  /** Runs the model from the last sample to this one and corrects it. */
  private boolean advance(Measurement m, double amps, boolean gap) {
    double seconds = gate.secondsSinceLast(m);
    int steps = (int) Math.ceil(seconds / LONGEST_STEP_SECONDS - 1e-9);
    double dt = seconds / steps;
    // Refused samples may still tell what passed; the last step must hold the newest current.
    double passed =
        steps > 1 ? (gate.bridgeAmps(m) - 0.5 * (lastAmps + amps)) * steps / (steps - 1) : 0.0;
    double obeyed =
        gap && !gate.sawBetween() ? unseenCurrent.obeyedSeconds(gate.period()) : seconds;
    for (int i = 1; i <= steps; i++) {
      // Refused samples and slow streams: the current is taken to change evenly. A single step, and
      // the last one, hold the newest current.
      double stepAmps =
          obeyed < seconds && i < steps
              ? unseenCurrent.meanAmps((i - 1) * dt, i * dt, obeyed, amps)
              : lastAmps + (amps - lastAmps) * i / steps + (i < steps ? passed : 0.0);
      if (!P2dStepper.step(
              model,
              state,
              P2dControl.CURRENT,
              stepAmps,
              dt,
              surroundingsKelvin(),
              workspace,
              signals.model)
          .isUsable()) {
        return false;
      }
      if (filter.running()) {
        filter.step(dt, stepAmps, surroundingsKelvin());
      }
    }
    double unseen = gap ? gate.unseenAmpSeconds(m) / (3600.0 * ampHours) : 0.0;
    signals.started = false;
    signals.stepSeconds = seconds;
    signals.secondsSinceStart += seconds;
    correct(m, amps, seconds, unseen);
    follow(m, amps, unseen);
    return Double.isFinite(signals.model.anodePotentialVolts);
  }

  private void correct(Measurement m, double amps, double seconds, double unseenSoc) {
    double modelKelvin = model.temperatureKelvin(state);
    double corrected = temperature.correct(modelKelvin, m.minCellTemperatureKelvin(), seconds);
    model.setTemperatureKelvin(state, corrected);
    signals.temperatureKelvin = corrected;

    double raw = m.maxCellVoltageVolts() - signals.model.voltageVolts;
    double innovation = raw - corrector.resistanceOhm() * amps;
    corrector.predict(seconds, amps, unseenSoc);
    corrector.correct(innovation, restVoltage.slopeAt(signals.model.soc), amps);
    double shift = clampShift(signals.model.soc, corrector.socShift());
    if (shift != 0.0) {
      model.shiftSoc(state, shift);
    }
    signals.cellAmps = amps;
    signals.innovationVolts = innovation;
    signals.resistanceOhm = corrector.resistanceOhm();
    signals.socSigma = corrector.socSigma();
    signals.socShiftSum += shift;
    signals.twinSoc = model.soc(state);
    monitor.update(innovation, raw - corrector.resistanceOhm() * amps, seconds);
  }

  /** The joint filter's part; where its model has failed it begins anew from the twin's charge. */
  private void follow(Measurement m, double amps, double unseenSoc) {
    double kelvin = signals.temperatureKelvin;
    if (filter.running()) {
      filter.unseen(unseenSoc);
    } else {
      filter.beginLoaded(m.maxCellVoltageVolts(), kelvin, amps);
    }
    filter.correct(m.maxCellVoltageVolts(), amps, kelvin);
    if (filter.joined()) {
      state.copyFrom(filter.start());
    }
  }

  private static double clampShift(double soc, double shift) {
    double target = Math.min(Math.max(soc + shift, -0.01), 1.03);
    return Math.min(Math.max(target - soc, -0.05), 0.05);
  }

  private boolean unrested(Measurement m, double amps) {
    double driven = resistance.promptVolts(amps, signals.temperatureKelvin);
    return restDrift.update(m.maxCellVoltageVolts(), driven, rests(amps), gate.secondsSinceLast(m));
  }

  /** The first sample was not one of a rested battery; this one is nearer to it. */
  private boolean startAgain(Measurement m, double amps) {
    everStarted = false;
    filter.forget();
    boolean found = start(m, amps);
    restarted = true;
    return found;
  }

  private boolean rests(double amps) {
    return Math.abs(amps) <= REST_C_RATE * ampHours;
  }

  /** Finds the state from one sample. */
  private boolean start(Measurement m, double amps) {
    boolean rest = rests(amps);
    boolean given = options.initialSoc().isPresent() && !everStarted;
    double kelvin = m.minCellTemperatureKelvin();
    double soc =
        given
            ? options.initialSoc().getAsDouble()
            : StateFinder.socAt(
                m.maxCellVoltageVolts(), rest ? 0.0 : amps, kelvin, this::loaded, restVoltage);
    model.initialise(state, soc, kelvin);
    temperature.start(
        kelvin, everStarted ? Double.NaN : options.ambientKelvin().orElse(Double.NaN));
    // A short first step makes the algebraic unknowns fit the current.
    if (!P2dStepper.step(
            model,
            state,
            P2dControl.CURRENT,
            amps,
            StateFinder.FIRST_STEP_SECONDS,
            temperature.ambientKelvin(),
            workspace,
            signals.model)
        .isUsable()) {
      return false;
    }
    restDrift.begin(m.maxCellVoltageVolts(), rest && !given);
    corrector.start(given ? GIVEN_SOC_SIGMA : rest ? REST_SOC_SIGMA : LOADED_SOC_SIGMA);
    signals.started = true;
    signals.startedUnderLoad = !given && !rest;
    signals.stepSeconds = 0.0;
    signals.secondsSinceStart = 0.0;
    restarted = everStarted;
    signals.secondsSinceGap = everStarted ? 0.0 : Double.POSITIVE_INFINITY;
    signals.socShiftSum = 0.0;
    signals.twinSoc = model.soc(state);
    signals.temperatureKelvin = kelvin;
    signals.cellAmps = amps;
    signals.innovationVolts = m.maxCellVoltageVolts() - signals.model.voltageVolts;
    signals.resistanceOhm = 0.0;
    signals.socSigma = corrector.socSigma();
    monitor.start(signals.innovationVolts);
    // A told charge may be wrong, and a filter linearised there is lost where the curve is steep.
    boolean told = given && restVoltage.slopeAt(soc) < FLAT_VOLTS;
    if (rest || told) {
      filter.begin(told ? soc : restVoltage.socAt(m.maxCellVoltageVolts()), kelvin, amps);
      filter.correct(m.maxCellVoltageVolts(), amps, kelvin);
    } else {
      filter.beginLoaded(m.maxCellVoltageVolts(), kelvin, amps);
    }
    everStarted = true;
    return true;
  }

  /** The model's voltage shortly after a current is put on a rested cell; NaN when it fails. */
  private double loaded(double soc, double amps, double kelvin) {
    model.initialise(trial, soc, kelvin);
    boolean usable =
        P2dStepper.step(
                model,
                trial,
                P2dControl.CURRENT,
                amps,
                StateFinder.FIRST_STEP_SECONDS,
                kelvin,
                workspace,
                trialOutputs)
            .isUsable();
    return usable ? trialOutputs.voltageVolts : Double.NaN;
  }

  /** The last estimate once more, its bound lower by what the sample and the one before part in. */
  private CellEstimate keep(Measurement m, double amps) {
    keepsLast = last.valid();
    double parted =
        Math.abs(m.maxCellVoltageVolts() - last.voltageVolts())
            + Math.abs(amps - lastAmps) * resistance.ohm(signals.temperatureKelvin);
    // About half of a cell's polarisation is the anode's.
    keptVolts =
        GLITCH_VOLTS * Growth.of(amps / ampHours, signals.temperatureKelvin)
            + Math.min(0.5 * parted, MOST_GLITCH_VOLTS);
    return keepsLast ? last.kept(keptVolts) : NoEstimate.of(m, amps, state);
  }

  private CellEstimate lost(Measurement m, double amps) {
    gate.forget();
    return NoEstimate.of(m, amps, state);
  }

  private CellEstimate estimate(Measurement m, double amps) {
    double left = 1.0 - signals.secondsSinceStart / FLAGGED_AFTER_RESTART_SECONDS;
    signals.doubt = (gate.doubtful() ? 1.0 : 0.0) + (restarted ? Math.max(left, 0.0) : 0.0);
    bounds.update(signals);
    double bias = corrector.resistanceOhm() * amps + monitor.biasVolts();
    return TwinAnswer.of(m, signals, bounds, bias, state);
  }
}
