package dev.anodyne.mpc.objective;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.ThermalData;
import dev.anodyne.mpc.objective.LongHorizon.Choice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Decides between the plan to the departure and the fastest charge. The plan holds only while the
 * fastest charge would still arrive in time; from the latest start on, and where the departure
 * cannot be met at all, nothing is held back. Not thread-safe.
 */
final class LongTermPlanner {
  /** The charge may take this much longer than the earliest arrival that was worked out. */
  private static final double SLOWER = 1.15;

  /** State of charge below which nothing was expected, for the grid. */
  private static final double SOC_ROOM = 0.03;

  private static final double KELVIN_ROOM = 5.0;
  private static final double LONGEST_SECONDS = 48.0 * 3600.0;

  /** Hours that a kilowatt-hour of heat must save: heating 5 Ah by 1 W for 1 h must save 36 s. */
  private static final double LEAST_HOURS_PER_KILOWATT_HOUR = 10.0;

  private final ChargeTask task;
  private final ChargeStage stage;
  private final FastestCharge fastest;
  private final @Nullable LongHorizon plan;
  private final double departureSeconds;
  private final double reserveSeconds;

  /**
   * Plans from a state.
   *
   * @param departureSeconds on the task's clock, s; +∞ for none
   */
  LongTermPlanner(
      CellParameters cell,
      ChargeTask task,
      ChargeGoal goal,
      double departureSeconds,
      double nowSeconds,
      double soc,
      double kelvin,
      double chargerEfficiency) {
    this.task = task;
    this.departureSeconds = departureSeconds;
    CellSurvey survey = CellSurvey.of(cell);
    ThermalData thermal = cell.thermal().orElseGet(ChargeStage::isothermal);
    stage = new ChargeStage(survey, task, thermal, chargerEfficiency);
    double coldest = Math.min(kelvin, task.ambientKelvin()) - KELVIN_ROOM;
    double warmest = Math.max(task.maxKelvin(), Math.max(kelvin, task.ambientKelvin()) + 1.0);
    double lowest = Math.max(0.0, Math.min(soc, task.targetSoc()) - SOC_ROOM);
    StateGrid grid = new StateGrid(lowest, task.targetSoc(), coldest, warmest);
    double ampHours = survey.nominalAmpHours();
    double price = goal.timePerHour() > 0.0 ? goal.energyWeight() / goal.timePerHour() : 0.0;
    double perHour = price * task.pricePerKilowattHour().at(nowSeconds);
    fastest =
        new FastestCharge(
            task, grid, stage, ampHours, Math.max(LEAST_HOURS_PER_KILOWATT_HOUR, perHour));
    double left = departureSeconds - nowSeconds;
    // A fifth of a short stay is enough: the reserve must not turn every plan into a hurry.
    reserveSeconds = Math.min(goal.reserveSeconds(), 0.2 * left);
    boolean plans = Double.isFinite(departureSeconds) && left > 60.0 && !goal.isFastest();
    plan =
        plans && soc < task.targetSoc()
            ? new LongHorizon(
                task, goal, grid, stage, ampHours, nowSeconds, departureSeconds - reserveSeconds)
            : null;
  }

  /** Earliest arrival that a plan counts on, s from now; +∞ when there is none. */
  double earliestSecondsToGo(double nowSeconds, double soc, double kelvin) {
    return SLOWER * fastest.secondsToGo(nowSeconds, soc, kelvin, LONGEST_SECONDS);
  }

  /** Whether the fastest charge from here still arrives with the reserve. */
  boolean hasTime(double nowSeconds, double soc, double kelvin) {
    double left = departureSeconds - reserveSeconds - nowSeconds;
    return left > 0.0 && SLOWER * fastest.secondsToGo(nowSeconds, soc, kelvin, left) <= left;
  }

  /**
   * What to do now.
   *
   * @param maxPowerWatts cap of the moment, W
   */
  Advice advise(double nowSeconds, double soc, double kelvin, double maxPowerWatts) {
    LongHorizon planned = plan;
    if (planned != null && hasTime(nowSeconds, soc, kelvin)) {
      Choice choice = planned.choose(nowSeconds, soc, kelvin);
      return new Advice(true, choice.amps(), choice.heatWatts(), planned.choiceEnds(nowSeconds));
    }
    Choice choice = fastest.choose(soc, kelvin, maxPowerWatts);
    return new Advice(false, Double.POSITIVE_INFINITY, choice.heatWatts(), nowSeconds + 60.0);
  }

  /**
   * An answer.
   *
   * @param planned false when nothing is held back
   * @param amps largest current, A
   * @param heatWatts heat into the cell, W
   * @param untilSeconds how long it holds, s
   */
  record Advice(boolean planned, double amps, double heatWatts, double untilSeconds) {}

  /** Follows the plan from a state to the departure, or to the target without one. */
  Schedule schedule(double nowSeconds, double fromSoc, double fromKelvin) {
    double earliest = earliestSecondsToGo(nowSeconds, fromSoc, fromKelvin);
    boolean meets = !Double.isFinite(departureSeconds) || hasTime(nowSeconds, fromSoc, fromKelvin);
    double[][] rows = new double[5][0];
    double soc = fromSoc;
    double kelvin = fromKelvin;
    double now = nowSeconds;
    double energy = 0.0;
    double cost = 0.0;
    double loss = 0.0;
    double end =
        Double.isFinite(departureSeconds) ? departureSeconds : nowSeconds + LONGEST_SECONDS;
    while (now < end - 1e-6 && (Double.isFinite(departureSeconds) || soc < task.targetSoc())) {
      Advice advice = advise(now, soc, kelvin, task.maxPowerWatts().at(now));
      double seconds = Math.min(Math.max(1.0, advice.untilSeconds() - now), end - now);
      double amps = advice.amps();
      if (!advice.planned()) {
        amps =
            soc < task.targetSoc()
                ? stage.ridingAmps(
                    soc, kelvin, advice.heatWatts(), seconds, task.maxPowerWatts().at(now))
                : 0.0;
      }
      double heat = soc < task.targetSoc() ? advice.heatWatts() : 0.0;
      stage.evaluate(soc, kelvin, amps, heat, seconds);
      soc = stage.soc;
      kelvin = stage.kelvin;
      energy += stage.kilowattHours;
      cost += stage.kilowattHours * task.pricePerKilowattHour().mean(now, now + seconds);
      loss += stage.lossPercent;
      append(rows, now, amps, heat, soc, kelvin);
      now += seconds;
    }
    return new Schedule(
        meets,
        nowSeconds + earliest,
        rows[0],
        rows[1],
        rows[2],
        rows[3],
        rows[4],
        energy,
        cost,
        loss);
  }

  private static void append(double[][] rows, double... values) {
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOf(rows[i], rows[i].length + 1);
      rows[i][rows[i].length - 1] = values[i];
    }
  }
}
