package dev.anodyne.core.protocol;

import com.sun.management.ThreadMXBean;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import dev.anodyne.core.p2d.SolveStatus;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * All shipped cells, with and without ageing, isothermal and with a heat balance, at 0.1–10C in
 * both directions, −20…55 °C and every state of charge: driven until something ends them, in three
 * ways.
 */
final class SurvivalGrid {
  private static final double[] C_RATES = {0.1, 0.3, 1, 2, 3, 5, 10};
  private static final double[] CELSIUS = {-20, 0, 25, 55};
  private static final double[] SOCS = {0, 0.1, 0.5, 0.9, 1};

  private SurvivalGrid() {}

  /** How a cell is driven. */
  enum Way {
    /** By a protocol to the cut-off voltage. */
    TO_CUT_OFF,
    /** By a protocol for 1.5 times the nominal time, whatever the voltage. */
    BEYOND_CUT_OFF,
    /** By the stepper, in steps of 1 % of the capacity, whatever the voltage. */
    BY_STEPS
  }

  /** One run; positive rates charge. */
  record Run(String set, P2dOptions options, double celsius, double soc, double cRate, Way way) {

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s %s ageing %s %.0f °C soc %.1f %+.1fC %s",
          set,
          options.thermal(),
          options.ageing(),
          celsius,
          soc,
          cRate,
          way);
    }
  }

  /**
   * How a run ended.
   *
   * @param end the event in words
   * @param isNamed whether it is a named event
   * @param isFinite whether every number of it was one
   * @param cpuSeconds processor time, s
   */
  record Outcome(Run run, String end, boolean isNamed, boolean isFinite, double cpuSeconds) {}

  static List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (String set : CellParameters.shippedNames()) {
      for (P2dOptions options : variants(CellParameters.load(set))) {
        for (double celsius : CELSIUS) {
          for (double soc : SOCS) {
            for (double rate : C_RATES) {
              for (Way way : Way.values()) {
                runs.add(new Run(set, options, celsius, soc, rate, way));
                runs.add(new Run(set, options, celsius, soc, -rate, way));
              }
            }
          }
        }
      }
    }
    return runs;
  }

  private static List<P2dOptions> variants(CellParameters cell) {
    List<P2dOptions> variants = new ArrayList<>();
    for (P2dOptions.Thermal thermal : P2dOptions.Thermal.values()) {
      if (thermal == P2dOptions.Thermal.LUMPED && cell.thermal().isEmpty()) {
        continue;
      }
      P2dOptions fresh = P2dOptions.PLANT.withThermal(thermal).withAgeing(P2dOptions.Ageing.NONE);
      variants.add(fresh);
      if (cell.sei().isPresent()) {
        variants.add(
            fresh.withAgeing(
                cell.plating().isPresent() ? P2dOptions.Ageing.FULL : P2dOptions.Ageing.SEI));
      }
    }
    return variants;
  }

  static Outcome follow(Run run) {
    ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long begin = bean.getCurrentThreadCpuTime();
    Outcome outcome = run.way() == Way.BY_STEPS ? step(run) : simulate(run);
    double seconds = (bean.getCurrentThreadCpuTime() - begin) * 1e-9;
    return new Outcome(run, outcome.end(), outcome.isNamed(), outcome.isFinite(), seconds);
  }

  private static Outcome simulate(Run run) {
    CellParameters cell = CellParameters.load(run.set());
    boolean charges = run.cRate() > 0;
    String until =
        run.way() == Way.TO_CUT_OFF
            ? "until " + (charges ? cell.upperCutOffVolts() : cell.lowerCutOffVolts()) + " V"
            : "for " + 1.5 / Math.abs(run.cRate()) + " hours";
    String text = (charges ? "Charge" : "Discharge") + " at " + Math.abs(run.cRate()) + "C ";
    SimulationRequest request =
        SimulationRequest.of(
                cell,
                run.options(),
                Protocol.parse(text + until),
                run.soc(),
                273.15 + run.celsius())
            .withPeriodSeconds(60);
    SimulationResult result = ProtocolRunner.run(request);
    boolean finite = true;
    for (String column : result.table().columns()) {
      for (double value : result.table().column(column)) {
        finite &= Double.isFinite(value);
      }
    }
    SimulationTermination.Kind kind = result.termination().kind();
    boolean named = kind != SimulationTermination.Kind.NUMERICAL_FAILURE;
    return new Outcome(run, words(result), named, finite, 0);
  }

  private static String words(SimulationResult result) {
    SimulationTermination end = result.termination();
    if (end.isCompleted()) {
      String by = result.steps().get(0).endedBy();
      return "completed: " + by.replaceAll("[-0-9.]+ (V|s)", "").strip();
    }
    String why = end.description();
    return end.kind() + ": " + why.substring(why.lastIndexOf(": ") + 2, why.length() - 1);
  }

  private static Outcome step(Run run) {
    P2dModel model = P2dModel.of(CellParameters.load(run.set()), run.options());
    double kelvin = 273.15 + run.celsius();
    P2dState state = model.newState(run.soc(), kelvin);
    P2dWorkspace workspace = model.newWorkspace();
    P2dOutputs outputs = new P2dOutputs();
    double amps = run.cRate() * model.cell().nominalCapacityAmpHours();
    double dt = 36 / Math.abs(run.cRate());
    boolean finite = true;
    for (int i = 0; i < 150; i++) {
      SolveStatus status =
          P2dStepper.step(model, state, P2dControl.CURRENT, amps, dt, kelvin, workspace, outputs);
      for (double value : state.values()) {
        finite &= Double.isFinite(value);
      }
      finite &= Double.isFinite(outputs.voltageVolts + outputs.anodePotentialVolts);
      if (!status.isUsable()) {
        boolean named = status == SolveStatus.CELL_LIMIT;
        return new Outcome(run, status + ": " + workspace.limit().describe(), named, finite, 0);
      }
      if (PhaseLimits.isExhausted(outputs)) {
        String why = PhaseLimits.describe(outputs);
        return new Outcome(run, SolveStatus.CELL_LIMIT + ": " + why, true, finite, 0);
      }
    }
    return new Outcome(run, "completed: time", true, finite, 0);
  }
}
