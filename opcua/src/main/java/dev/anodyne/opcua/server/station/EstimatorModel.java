package dev.anodyne.opcua.server.station;

import static dev.anodyne.opcua.model.EngineeringUnit.KELVIN;
import static dev.anodyne.opcua.model.EngineeringUnit.ONE;
import static dev.anodyne.opcua.model.EngineeringUnit.VOLT;
import static dev.anodyne.opcua.server.station.VariableSpec.analog;
import static dev.anodyne.opcua.server.station.VariableSpec.data;

import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.EstimateIntervals;
import dev.anodyne.core.charging.Interval;
import dev.anodyne.opcua.model.EngineeringUnit;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.eclipse.milo.opcua.stack.core.NodeIds;

/** What the controller believes about the battery's weakest cell. */
final class EstimatorModel {
  static final GroupSpec<ChargerView> ESTIMATORS =
      new GroupSpec<>(
          "Estimators",
          "EstimatorsType",
          NodeIds.BaseObjectType,
          "Belief about the battery's weakest cell. Never measured, and never the truth.",
          List.of(
              data(
                  "Estimator",
                  Kind.STRING,
                  Origin.FIXED,
                  "Which estimator it is.",
                  v -> v.bay().estimator()),
              belief(
                      "AnodePotential",
                      VOLT,
                      -2,
                      2,
                      "Anode potential against Li/Li+; below 0 V lithium can plate.",
                      CellEstimate::anodePotentialVolts)
                  .kept(),
              belief(
                      "AnodePotentialLowerBound",
                      VOLT,
                      -2,
                      2,
                      "Calibrated lower bound of the anode potential: the number that is acted on.",
                      CellEstimate::anodePotentialLowerBoundVolts)
                  .kept(),
              interval(
                  "AnodePotentialInterval", VOLT, -5, 5, EstimateIntervals::anodePotentialVolts),
              belief(
                      "AnodeSurfaceStoichiometry",
                      ONE,
                      0,
                      1,
                      "Electrode mean of the anode's surface stoichiometry.",
                      CellEstimate::anodeSurfaceStoichiometry)
                  .kept(),
              belief(
                      "AnodeSurfaceStoichiometryAtSeparator",
                      ONE,
                      0,
                      1,
                      "The anode's surface stoichiometry next to the separator.",
                      CellEstimate::anodeSurfaceStoichiometryAtSeparator)
                  .kept(),
              belief(
                      "CathodeSurfaceStoichiometry",
                      ONE,
                      0,
                      1,
                      "Electrode mean of the cathode's surface stoichiometry.",
                      CellEstimate::cathodeSurfaceStoichiometry)
                  .kept(),
              belief(
                  "AnodeStoichiometry",
                  ONE,
                  0,
                  1,
                  "Volume mean of the anode's stoichiometry.",
                  CellEstimate::anodeStoichiometry),
              belief(
                  "CathodeStoichiometry",
                  ONE,
                  0,
                  1,
                  "Volume mean of the cathode's stoichiometry.",
                  CellEstimate::cathodeStoichiometry),
              belief(
                      "CoreTemperature",
                      KELVIN,
                      200,
                      500,
                      "Temperature of the cell's core.",
                      CellEstimate::coreTemperatureKelvin)
                  .kept(),
              interval(
                  "CoreTemperatureInterval",
                  KELVIN,
                  200,
                  500,
                  EstimateIntervals::coreTemperatureKelvin),
              belief("Soc", ONE, 0, 1, "State of charge, 0 to 1.", CellEstimate::soc).kept(),
              interval("SocInterval", ONE, 0, 1, EstimateIntervals::soc),
              belief(
                      "VoltageBias",
                      VOLT,
                      -5,
                      5,
                      "Measured voltage minus the twin's, filtered.",
                      CellEstimate::voltageBiasVolts)
                  .kept(),
              confidence().kept(),
              data(
                  "Valid",
                  Kind.BOOLEAN,
                  Origin.CONTROLLER,
                  "Whether the numbers may be used.",
                  v -> v.now().estimate() != null && v.now().estimate().valid()),
              data(
                  "InRange",
                  Kind.BOOLEAN,
                  Origin.ESTIMATE,
                  "Whether the inputs are within the estimator's training range.",
                  v -> v.now().estimate() != null && v.now().estimate().inRange())));

  private EstimatorModel() {}

  private static VariableSpec<ChargerView> confidence() {
    return analog(
        "Confidence",
        ONE,
        0,
        1,
        Origin.ESTIMATE,
        "Share of instants at which the truth is to lie within the intervals.",
        ChargerView::confidence);
  }

  private static VariableSpec<ChargerView> belief(
      String name,
      EngineeringUnit unit,
      double low,
      double high,
      String description,
      ToDoubleFunction<CellEstimate> value) {
    return analog(name, unit, low, high, Origin.ESTIMATE, description, v -> v.estimated(value));
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
}
