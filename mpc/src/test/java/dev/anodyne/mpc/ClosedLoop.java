package dev.anodyne.mpc;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import dev.anodyne.core.p2d.SolveStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleFunction;

/**
 * A charge of a plant by a policy, on core alone. The plant is a fine model with all side
 * reactions; the belief comes from a coarser twin of the controller's parameters that is told the
 * measured current, and an anode-potential bound that is the plant's own value minus what a
 * calibrated estimator would keep, plus noise.
 */
final class ClosedLoop {
  final P2dModel plantModel;
  final P2dModel twinModel;
  final P2dState plant;
  final P2dState twin;
  private final P2dWorkspace plantWork;
  private final P2dWorkspace twinWork;
  final P2dOutputs truth = new P2dOutputs();
  private final P2dOutputs belief = new P2dOutputs();
  private final Random random = new Random(11);
  double period = 1.0;
  double toSoc = 0.8;
  double boundVolts = 0.0;
  double boundNoiseVolts = 0.0;
  double voltageNoiseVolts = 0.0;
  double temperatureNoiseKelvin = 0.0;
  boolean boundFromTwin;
  double rampAmpsPerSecond = Double.POSITIVE_INFINITY;

  /** The charger follows a command this many periods later. */
  int delayPeriods;

  private final ArrayDeque<Double> inFlight = new ArrayDeque<>();
  private double voltageBias;
  private final double ambient;

  // What happened.
  double seconds;
  double minAnodeVolts = Double.POSITIVE_INFINITY;
  double maxVolts;
  double maxKelvin;
  double maxAmps;
  double maxWatts;
  double maxRise;
  double platingVoltSeconds;
  double amps;
  int steps;
  final Map<DecisionSource, Integer> sources = new EnumMap<>(DecisionSource.class);
  final Map<SolveStatus, Integer> statuses = new EnumMap<>(SolveStatus.class);
  final List<Long> solveNanos = new ArrayList<>();
  final List<double[]> trace = new ArrayList<>();

  ClosedLoop(CellParameters plantCell, CellParameters twinCell, double fromSoc, double ambient) {
    this(plantCell, twinCell, fromSoc, ambient, P2dOptions.PLANT);
  }

  ClosedLoop(
      CellParameters plantCell,
      CellParameters twinCell,
      double fromSoc,
      double ambient,
      P2dOptions plantOptions) {
    this.ambient = ambient;
    plantModel = P2dModel.of(plantCell, plantOptions);
    twinModel = P2dModel.of(twinCell, P2dOptions.CONTROL);
    plant = plantModel.newState(fromSoc, ambient);
    twin = twinModel.newState(fromSoc, ambient);
    plantWork = plantModel.newWorkspace();
    twinWork = twinModel.newWorkspace();
    step(plantModel, plant, plantWork, truth, 0, 1e-3);
    step(twinModel, twin, twinWork, belief, 0, 1e-3);
  }

  void run(ChargingPolicy policy, ChargeLimits limits, double maxSeconds) {
    run(policy, t -> limits, maxSeconds);
  }

  void run(ChargingPolicy policy, DoubleFunction<ChargeLimits> limitsAt, double maxSeconds) {
    while (truth.soc < toSoc && seconds < maxSeconds) {
      ChargeLimits limits = limitsAt.apply(seconds);
      PolicyDecision decision = policy.next(estimate(), limits);
      sources.merge(decision.source(), 1, Integer::sum);
      statuses.merge(decision.status(), 1, Integer::sum);
      solveNanos.add(decision.solveNanos());
      maxRise = Math.max(maxRise, decision.chargeCurrentAmps() - amps);
      inFlight.add(decision.chargeCurrentAmps());
      amps = inFlight.size() > delayPeriods ? inFlight.remove() : 0.0;
      trace.add(
          new double[] {
            seconds,
            amps,
            truth.voltageVolts,
            truth.temperatureKelvin,
            truth.soc,
            truth.anodePotentialVolts,
            decision.activeConstraint().ordinal()
          });
      advance(limits.maxVoltageVolts());
      steps++;
    }
  }

  private void advance(double ceilingVolts) {
    int parts = (int) Math.max(1, Math.round(period));
    for (int i = 0; i < parts; i++) {
      step(plantModel, plant, plantWork, truth, amps, period / parts);
      if (truth.voltageVolts > ceilingVolts + 0.05) {
        throw new IllegalStateException("plant far beyond its voltage limit at " + seconds + " s");
      }
      note(period / parts);
    }
    step(twinModel, twin, twinWork, belief, amps, period);
    voltageBias += 0.2 * (truth.voltageVolts - belief.voltageVolts - voltageBias);
    seconds += period;
  }

  private void note(double dt) {
    minAnodeVolts = Math.min(minAnodeVolts, truth.anodePotentialVolts);
    platingVoltSeconds += dt * Math.max(0, -truth.anodePotentialVolts);
    maxVolts = Math.max(maxVolts, truth.voltageVolts);
    maxKelvin = Math.max(maxKelvin, truth.temperatureKelvin);
    maxAmps = Math.max(maxAmps, truth.chargeCurrentAmps);
    maxWatts = Math.max(maxWatts, truth.chargeCurrentAmps * truth.voltageVolts);
  }

  private void step(
      P2dModel model, P2dState state, P2dWorkspace work, P2dOutputs out, double a, double dt) {
    SolveStatus status =
        P2dStepper.step(model, state, P2dControl.CURRENT, a, dt, ambient, work, out);
    if (!status.isUsable()) {
      throw new IllegalStateException("model failed: " + status + " at " + seconds + " s, " + a);
    }
  }

  CellEstimate estimate() {
    double anode = boundFromTwin ? belief.anodePotentialVolts : truth.anodePotentialVolts;
    double noise = boundNoiseVolts * random.nextGaussian();
    return new CellEstimate(
        Math.round(seconds * 1e9),
        true,
        true,
        truth.chargeCurrentAmps,
        truth.voltageVolts + voltageNoiseVolts * random.nextGaussian(),
        truth.temperatureKelvin + temperatureNoiseKelvin * random.nextGaussian(),
        belief.soc,
        anode + noise,
        anode - boundVolts + noise,
        belief.anodeSurfaceStoichiometry,
        belief.anodeSurfaceStoichiometryAtSeparator,
        belief.cathodeSurfaceStoichiometry,
        truth.temperatureKelvin,
        voltageBias,
        twin);
  }

  double minutes() {
    return seconds / 60;
  }

  /** Quantile of the decision times, ms. */
  double solveMillis(double quantile) {
    long[] sorted = solveNanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))] / 1e6;
  }

  String report(String name) {
    return String.format(
        "%s: %.2f min, min anode %.2f mV, plating %.4f V·s, max %.4f V, %.2f °C, %.3f A, decisions %s"
            + " %s, ms p50 %.2f p99 %.2f max %.2f",
        name,
        minutes(),
        1e3 * minAnodeVolts,
        platingVoltSeconds,
        maxVolts,
        maxKelvin - 273.15,
        maxAmps,
        sources,
        statuses,
        solveMillis(0.5),
        solveMillis(0.99),
        solveMillis(1.0));
  }

  /** Every n-th line of the trace. */
  String traceText(int every) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < trace.size(); i += every) {
      double[] r = trace.get(i);
      text.append(
          String.format(
              "%6.0f s %7.3f A %.4f V %.2f K soc %.4f eta %.2f mV %s%n",
              r[0],
              r[1],
              r[2],
              r[3],
              r[4],
              1e3 * r[5],
              dev.anodyne.core.charging.ActiveConstraint.values()[(int) r[6]]));
    }
    return text.toString();
  }

  double[] commands() {
    return trace.stream().mapToDouble(r -> r[1]).toArray();
  }

  static boolean same(double[] a, double[] b) {
    return Arrays.equals(a, b);
  }
}
