package dev.anodyne.mpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.mpc.objective.ChargeGoal;
import dev.anodyne.mpc.objective.ObjectivePolicy;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** Charges to a departure: in time on plants that are not the model, and gentler than at once. */
class ObjectiveChargeTest {
  private static final CellParameters CELL = CellParameters.load("lgm50").withHeatTransfer(40);
  private static final double AMBIENT = 298.15;

  @Property(tries = 6)
  void everyDepartureThatCanBeMetIsMet(
      @ForAll @DoubleRange(min = 0.0, max = 1.0) double late,
      @ForAll @DoubleRange(min = -0.2, max = 0.2) double kinetics,
      @ForAll @DoubleRange(min = -0.2, max = 0.2) double transport) {
    CellVariation variation =
        new CellVariation(
            1, 0, 1 + transport, 1, 1 + kinetics, 1, 1 - transport, 1 + transport, 0, 0, 0, 1);
    // What can be met on this plant: not before it is full at full speed.
    double earliest = Math.max(earliestMinutes(), fullSpeedMinutes(CELL.with(variation)));
    double departure = earliest + 150 * late * late;
    ClosedLoop loop = new ClosedLoop(CELL.with(variation), CELL, 0.1, AMBIENT, P2dOptions.CONTROL);
    loop.period = 60;
    run(loop, departure * 60, ChargeGoal.leastAgeing(), departure * 60 + 3600);
    assertThat(loop.minutes())
        .as("departure %.1f min, kinetics %.3f, transport %.3f", departure, kinetics, transport)
        .isLessThanOrEqualTo(departure);
  }

  /** What the policy inside takes on this plant without a departure. */
  private static double fullSpeedMinutes(CellParameters plant) {
    ClosedLoop alone = new ClosedLoop(plant, CELL, 0.1, AMBIENT, P2dOptions.CONTROL);
    alone.period = 60;
    alone.run(Policies.create("rider", context(Outlook.NONE, 60)), limits(), 7200);
    return alone.minutes();
  }

  @Test
  void waitsAndStillArrives() {
    ClosedLoop loop = new ClosedLoop(CELL, CELL, 0.1, AMBIENT, P2dOptions.CONTROL);
    loop.period = 60;
    run(loop, 4 * 3600, ChargeGoal.leastAgeing(), 5 * 3600);
    // Ten minutes of reserve; the plan counts on less current than the rider finds.
    assertThat(loop.minutes()).isBetween(200.0, 240.0);
    double firstHour =
        loop.trace.stream().filter(r -> r[0] < 3600).mapToDouble(r -> r[1]).max().orElse(0);
    assertThat(firstHour).isLessThan(0.3 * CELL.nominalCapacityAmpHours());
    assertThat(loop.sources).containsOnlyKeys(DecisionSource.MPC, DecisionSource.BASELINE);
  }

  @Test
  void goesAtFullSpeedWhenThereIsNoTime() {
    ClosedLoop hurried = new ClosedLoop(CELL, CELL, 0.1, AMBIENT, P2dOptions.CONTROL);
    hurried.period = 30;
    run(hurried, 20 * 60, ChargeGoal.leastAgeing(), 7200);
    ClosedLoop alone = new ClosedLoop(CELL, CELL, 0.1, AMBIENT, P2dOptions.CONTROL);
    alone.period = 30;
    alone.run(Policies.create("rider", context(Outlook.NONE, 30)), limits(), 7200);
    assertThat(hurried.commands()).isEqualTo(alone.commands());
  }

  private static double earliestMinutes() {
    Outlook outlook = Outlook.NONE.withDepartureSeconds(600);
    try (ObjectivePolicy policy = wrap(outlook, 60, ChargeGoal.leastAgeing())) {
      return policy.schedule().earliestSeconds() / 60;
    }
  }

  private static void run(ClosedLoop loop, double departure, ChargeGoal goal, double longest) {
    Outlook outlook = Outlook.NONE.withDepartureSeconds(departure);
    try (ObjectivePolicy policy = wrap(outlook, loop.period, goal)) {
      loop.run(policy, limits(), longest);
    }
  }

  private static ObjectivePolicy wrap(Outlook outlook, double period, ChargeGoal goal) {
    PolicyContext context = context(outlook, period);
    ChargingPolicy inner = Policies.create("rider", context);
    return new ObjectivePolicy(inner, context, goal);
  }

  private static PolicyContext context(Outlook outlook, double period) {
    return new PolicyContext(CELL, period, 0.1, AMBIENT, limits(), NanoClock.SYSTEM, 0, outlook);
  }

  private static ChargeLimits limits() {
    return new ChargeLimits(
        15, 4.2, 318.15, 0, 0.82, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, AMBIENT);
  }
}
