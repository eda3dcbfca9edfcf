package dev.anodyne.controller.lab.recording;

import com.fasterxml.jackson.databind.JsonNode;
import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.PlanAhead;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.p2d.SolveStatus;

/** Decides what was recorded: for policies that rest on what no recording holds. */
final class RecordedDecisions implements ChargingPolicy {
  private final RecordedTruth recorded;

  RecordedDecisions(RecordedTruth recorded) {
    this.recorded = recorded;
  }

  @Override
  public PolicyDecision next(CellEstimate estimate, ChargeLimits limits) {
    JsonNode d = recorded.decision();
    return new PolicyDecision(
        d.path("chargeCurrentAmps").asDouble(Double.NaN),
        d.path("voltageCeilingVolts").asDouble(Double.NaN),
        PlanAhead.EMPTY,
        SolveStatus.valueOf(d.path("status").asText()),
        DecisionSource.valueOf(d.path("source").asText()),
        ActiveConstraint.valueOf(d.path("activeConstraint").asText()),
        0,
        d.path("heatWatts").asDouble(0.0));
  }

  @Override
  public void close() {}
}
