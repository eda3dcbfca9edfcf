package dev.anodyne.opcua.server.station;

import static dev.anodyne.opcua.model.EngineeringUnit.AMPERE;
import static dev.anodyne.opcua.model.EngineeringUnit.KELVIN;
import static dev.anodyne.opcua.model.EngineeringUnit.ONE;
import static dev.anodyne.opcua.model.EngineeringUnit.SECOND;
import static dev.anodyne.opcua.model.EngineeringUnit.VOLT;
import static dev.anodyne.opcua.server.station.VariableSpec.analog;
import static dev.anodyne.opcua.server.station.VariableSpec.choice;
import static dev.anodyne.opcua.server.station.VariableSpec.data;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.opcua.model.EngineeringUnit;
import java.util.List;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.jspecify.annotations.Nullable;

/** What the controller wants and does: the policy and the session. */
final class PolicyModel {
  static final GroupSpec<ChargerView> POLICY =
      new GroupSpec<>(
          "Policy",
          "PolicyType",
          NodeIds.BaseObjectType,
          "Which policy decides, what it plans, and why.",
          List.of(
              data(
                  "ActivePolicy",
                  Kind.STRING,
                  Origin.CONTROLLER,
                  "Name of the policy.",
                  v -> v.now().policy().name()),
              data(
                  "Version",
                  Kind.STRING,
                  Origin.CONTROLLER,
                  "The author's version of it; empty when none is given.",
                  v -> v.now().policy().version()),
              data(
                  "Digest",
                  Kind.STRING,
                  Origin.CONTROLLER,
                  "Equal digests, equal policies.",
                  v -> v.now().policy().digest()),
              choice(
                  "Source",
                  DecisionSource.class,
                  Origin.CONTROLLER,
                  "Which rung of the fallback ladder decided.",
                  v -> v.now().decision().source()),
              choice(
                  "SolveStatus",
                  SolveStatus.class,
                  Origin.CONTROLLER,
                  "How the solve ended.",
                  v -> v.now().decision().status()),
              choice(
                  "ActiveConstraint",
                  ActiveConstraint.class,
                  Origin.CONTROLLER,
                  "The limit that explains the current.",
                  v -> v.now().reasons().activeConstraint()),
              data(
                  "Reason",
                  Kind.STRING,
                  Origin.CONTROLLER,
                  "Why the current is what it is, as a sentence.",
                  v -> v.now().reasons().sentence()),
              ChargerModel.own(
                      "WantedCellCurrent",
                      AMPERE,
                      0,
                      ChargerModel.MOST_AMPS,
                      "Cell current that the policy wants, before the guard has spoken.",
                      v -> v.now().decision().chargeCurrentAmps())
                  .kept(),
              plan(
                  "PlanTimes",
                  SECOND,
                  0,
                  86_400,
                  "End of each planned step, from the decision.",
                  v -> v.plan().secondsAhead()),
              plan(
                  "PlanCellCurrent",
                  AMPERE,
                  0,
                  ChargerModel.MOST_AMPS,
                  "Planned cell current.",
                  v -> v.plan().chargeCurrentAmps()),
              plan(
                  "PlanCellVoltage",
                  VOLT,
                  0,
                  10,
                  "Predicted cell voltage.",
                  v -> v.plan().voltageVolts()),
              plan(
                  "PlanAnodePotential",
                  VOLT,
                  -2,
                  2,
                  "Predicted bound of the anode potential.",
                  v -> v.plan().anodePotentialVolts()),
              plan(
                  "PlanTemperature",
                  KELVIN,
                  200,
                  500,
                  "Predicted temperature.",
                  v -> v.plan().temperatureKelvin()),
              plan("PlanSoc", ONE, 0, 1, "Predicted state of charge.", v -> v.plan().soc())));

  static final GroupSpec<ChargerView> SESSION =
      new GroupSpec<>(
          "Session",
          SessionTransition.TYPE,
          NodeIds.FiniteStateMachineType,
          "Where the charge stands, as a state machine.",
          List.of(
              state(
                      "CurrentState",
                      Kind.TEXT,
                      "Name of the state.",
                      v -> LocalizedText.english(v.now().session().phase().stateName()))
                  .typed(NodeIds.FiniteStateVariableType),
              state("CurrentState.Id", Kind.NODE_ID, "The state's node.", ChargerView::phaseId)
                  .typed(NodeIds.PropertyType),
              state(
                      "CurrentState.Number",
                      Kind.UINT32,
                      "The state's number.",
                      v -> (long) v.now().session().phase().number())
                  .typed(NodeIds.PropertyType),
              state(
                      "LastTransition",
                      Kind.TEXT,
                      "Name of the last transition.",
                      v -> LocalizedText.english(v.transitionName()))
                  .typed(NodeIds.FiniteTransitionVariableType),
              state(
                      "LastTransition.Id",
                      Kind.NODE_ID,
                      "The transition's node.",
                      ChargerView::transitionId)
                  .typed(NodeIds.PropertyType),
              state(
                      "LastTransition.Number",
                      Kind.UINT32,
                      "The transition's number.",
                      v -> v.transitionNumber())
                  .typed(NodeIds.PropertyType),
              state(
                      "LastTransition.TransitionTime",
                      Kind.UTC_TIME,
                      "When it was.",
                      ChargerView::transitionTime)
                  .typed(NodeIds.PropertyType),
              state(
                  "Reason",
                  Kind.STRING,
                  "Why the session is in this state; may be empty.",
                  v -> v.now().session().reason()),
              state(
                  "Since", Kind.UTC_TIME, "When the state began.", v -> v.now().session().since()),
              ChargerModel.own(
                  "ElapsedTime",
                  SECOND,
                  0,
                  864_000,
                  "Time since the charge's first current.",
                  v -> v.now().progress().elapsedSeconds()),
              ChargerModel.own(
                  "RemainingTime",
                  SECOND,
                  0,
                  864_000,
                  "Time until the target is reached, by plan or pace; bad when none can be told.",
                  v -> v.now().progress().remainingSeconds()),
              state(
                  "Over",
                  Kind.BOOLEAN,
                  "Only a new session can charge.",
                  v -> v.now().session().over())));

  private PolicyModel() {}

  private static VariableSpec<ChargerView> plan(
      String name,
      EngineeringUnit unit,
      double low,
      double high,
      String description,
      Function<ChargerView, @Nullable Object> value) {
    VariableSpec<ChargerView> spec =
        analog(
            name,
            unit,
            low,
            high,
            Origin.CONTROLLER,
            description + " One entry a step; empty without a plan.",
            value);
    return spec.array();
  }

  private static VariableSpec<ChargerView> state(
      String name, Kind kind, String description, Function<ChargerView, @Nullable Object> value) {
    return data(name, kind, Origin.CONTROLLER, description, value);
  }
}
