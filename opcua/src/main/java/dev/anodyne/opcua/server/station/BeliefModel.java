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
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.EstimateIntervals;
import dev.anodyne.core.charging.Interval;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.opcua.model.EngineeringUnit;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.jspecify.annotations.Nullable;

/** What the controller believes, wants and does: the estimators, the policy and the session. */
final class BeliefModel {
  static final GroupSpec<ChargerView> ESTIMATORS =
      new GroupSpec<>(
          "Estimators",
          "EstimatorsType",
          NodeIds.BaseObjectType,
          "Belief about the battery's weakest cell. Never measured, and never the truth.",
          List.of(
              data("Estimator", Kind.STRING, Origin.FIXED, "Which estimator it is.",
                  v -> v.bay().estimator()),
              belief("AnodePotential", VOLT, -2, 2,
                  "Anode potential against Li/Li+; below 0 V lithium can plate.",
                  CellEstimate::anodePotentialVolts).kept(),
              belief("AnodePotentialLowerBound", VOLT, -2, 2,
                  "Calibrated lower bound of the anode potential: the number that is acted on.",
                  CellEstimate::anodePotentialLowerBoundVolts).kept(),
              interval("AnodePotentialInterval", VOLT, -5, 5,
                  EstimateIntervals::anodePotentialVolts),
              belief("AnodeSurfaceStoichiometry", ONE, 0, 1,
                  "Electrode mean of the anode's surface stoichiometry.",
                  CellEstimate::anodeSurfaceStoichiometry).kept(),
              belief("AnodeSurfaceStoichiometryAtSeparator", ONE, 0, 1,
                  "The anode's surface stoichiometry next to the separator.",
                  CellEstimate::anodeSurfaceStoichiometryAtSeparator).kept(),
              belief("CathodeSurfaceStoichiometry", ONE, 0, 1,
                  "Electrode mean of the cathode's surface stoichiometry.",
                  CellEstimate::cathodeSurfaceStoichiometry).kept(),
              belief("AnodeStoichiometry", ONE, 0, 1, "Volume mean of the anode's stoichiometry.",
                  CellEstimate::anodeStoichiometry),
              belief("CathodeStoichiometry", ONE, 0, 1,
                  "Volume mean of the cathode's stoichiometry.",
                  CellEstimate::cathodeStoichiometry),
              belief("CoreTemperature", KELVIN, 200, 500, "Temperature of the cell's core.",
                  CellEstimate::coreTemperatureKelvin).kept(),
              interval("CoreTemperatureInterval", KELVIN, 200, 500,
                  EstimateIntervals::coreTemperatureKelvin),
              belief("Soc", ONE, 0, 1, "State of charge, 0 to 1.", CellEstimate::soc).kept(),
              interval("SocInterval", ONE, 0, 1, EstimateIntervals::soc),
              belief("VoltageBias", VOLT, -5, 5, "Measured voltage minus the twin's, filtered.",
                  CellEstimate::voltageBiasVolts).kept(),
              number("Confidence", ONE, 0, 1, Origin.ESTIMATE,
                  "Share of instants at which the truth is to lie within the intervals.",
                  ChargerView::confidence).kept(),
              data("Valid", Kind.BOOLEAN, Origin.CONTROLLER, "Whether the numbers may be used.",
                  v -> v.now().estimate() != null && v.now().estimate().valid()),
              data("InRange", Kind.BOOLEAN, Origin.ESTIMATE,
                  "Whether the inputs are within the estimator's training range.",
                  v -> v.now().estimate() != null && v.now().estimate().inRange())));

  static final GroupSpec<ChargerView> POLICY =
      new GroupSpec<>(
          "Policy",
          "PolicyType",
          NodeIds.BaseObjectType,
          "Which policy decides, what it plans, and why.",
          List.of(
              data("ActivePolicy", Kind.STRING, Origin.CONTROLLER, "Name of the policy.",
                  v -> v.now().policy().name()),
              data("Version", Kind.STRING, Origin.CONTROLLER,
                  "The author's version of it; empty when none is given.",
                  v -> v.now().policy().version()),
              data("Digest", Kind.STRING, Origin.CONTROLLER, "Equal digests, equal policies.",
                  v -> v.now().policy().digest()),
              choice("Source", DecisionSource.class, Origin.CONTROLLER,
                  "Which rung of the fallback ladder decided.", v -> v.now().decision().source()),
              choice("SolveStatus", SolveStatus.class, Origin.CONTROLLER, "How the solve ended.",
                  v -> v.now().decision().status()),
              choice("ActiveConstraint", ActiveConstraint.class, Origin.CONTROLLER,
                  "The limit that explains the current.",
                  v -> v.now().reasons().activeConstraint()),
              data("Reason", Kind.STRING, Origin.CONTROLLER,
                  "Why the current is what it is, as a sentence.",
                  v -> v.now().reasons().sentence()),
              number("WantedCellCurrent", AMPERE, 0, ChargerModel.MOST_AMPS, Origin.CONTROLLER,
                  "Cell current that the policy wants, before the guard has spoken.",
                  v -> v.now().decision().chargeCurrentAmps()).kept(),
              plan("PlanTimes", SECOND, 0, 86_400, "End of each planned step, from the decision.",
                  v -> v.plan().secondsAhead()),
              plan("PlanCellCurrent", AMPERE, 0, ChargerModel.MOST_AMPS, "Planned cell current.",
                  v -> v.plan().chargeCurrentAmps()),
              plan("PlanCellVoltage", VOLT, 0, 10, "Predicted cell voltage.",
                  v -> v.plan().voltageVolts()),
              plan("PlanAnodePotential", VOLT, -2, 2, "Predicted bound of the anode potential.",
                  v -> v.plan().anodePotentialVolts()),
              plan("PlanTemperature", KELVIN, 200, 500, "Predicted temperature.",
                  v -> v.plan().temperatureKelvin()),
              plan("PlanSoc", ONE, 0, 1, "Predicted state of charge.", v -> v.plan().soc())));

  static final GroupSpec<ChargerView> SESSION =
      new GroupSpec<>(
          "Session",
          SessionTransition.TYPE,
          NodeIds.FiniteStateMachineType,
          "Where the charge stands, as a state machine.",
          List.of(
              state("CurrentState", Kind.TEXT, "Name of the state.",
                      v -> LocalizedText.english(v.now().session().phase().stateName()))
                  .typed(NodeIds.FiniteStateVariableType),
              state("CurrentState.Id", Kind.NODE_ID, "The state's node.", ChargerView::phaseId)
                  .typed(NodeIds.PropertyType),
              state("CurrentState.Number", Kind.UINT32, "The state's number.",
                      v -> (long) v.now().session().phase().number())
                  .typed(NodeIds.PropertyType),
              state("LastTransition", Kind.TEXT, "Name of the last transition.",
                      v -> LocalizedText.english(v.transitionName()))
                  .typed(NodeIds.FiniteTransitionVariableType),
              state("LastTransition.Id", Kind.NODE_ID, "The transition's node.",
                      ChargerView::transitionId)
                  .typed(NodeIds.PropertyType),
              state("LastTransition.Number", Kind.UINT32, "The transition's number.",
                      v -> v.transitionNumber())
                  .typed(NodeIds.PropertyType),
              state("LastTransition.TransitionTime", Kind.UTC_TIME, "When it was.",
                      ChargerView::transitionTime)
                  .typed(NodeIds.PropertyType),
              state("Reason", Kind.STRING, "Why the session is in this state; may be empty.",
                  v -> v.now().session().reason()),
              state("Since", Kind.UTC_TIME, "When the state began.",
                  v -> v.now().session().since()),
              number("ElapsedTime", SECOND, 0, 864_000, Origin.CONTROLLER,
                  "Time since the charge's first current.",
                  v -> v.now().progress().elapsedSeconds()),
              number("RemainingTime", SECOND, 0, 864_000, Origin.CONTROLLER,
                  "Time until the target is reached, by plan or pace; bad when none can be told.",
                  v -> v.now().progress().remainingSeconds()),
              state("Over", Kind.BOOLEAN, "Only a new session can charge.",
                  v -> v.now().session().over())));

  private BeliefModel() {}

  private static VariableSpec<ChargerView> number(
      String name,
      EngineeringUnit unit,
      double low,
      double high,
      Origin origin,
      String description,
      Function<ChargerView, @Nullable Object> value) {
    return analog(name, unit, low, high, origin, description, value);
  }

  private static VariableSpec<ChargerView> belief(
      String name,
      EngineeringUnit unit,
      double low,
      double high,
      String description,
      ToDoubleFunction<CellEstimate> value) {
    return analog(
        name, unit, low, high, Origin.ESTIMATE, description, v -> v.estimated(value));
  }

  private static VariableSpec<ChargerView> interval(
      String name,
      EngineeringUnit unit,
      double low,
      double high,
      Function<EstimateIntervals, Interval> which) {
    VariableSpec<ChargerView> spec =
        analog(
            name,
            unit,
            low,
            high,
            Origin.ESTIMATE,
            "Lower and upper end of the interval that Confidence is about.",
            v -> v.interval(which));
    return spec.array();
  }

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
