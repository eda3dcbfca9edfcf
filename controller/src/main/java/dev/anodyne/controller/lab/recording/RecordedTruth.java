package dev.anodyne.controller.lab.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.anodyne.controller.session.recording.RecordedLine;
import dev.anodyne.plantsim.pack.CellState;
import dev.anodyne.plantsim.pack.PackState;
import java.util.List;
import java.util.function.Supplier;

/**
 * What was true at the recorded moment, for replays of oracle runs: an oracle's estimate is the
 * truth about the weakest cell, so the recorded estimate tells it.
 */
final class RecordedTruth implements Supplier<PackState> {
  private JsonNode decision = MissingNode.getInstance();
  private JsonNode estimate = MissingNode.getInstance();

  /** Moves on to the moment of a decision. */
  void become(RecordedLine.Decided decided) {
    estimate = decided.outcome().path("estimate");
    decision = decided.outcome().path("decision");
  }

  /** The decision recorded for this moment, in the form of {@code Outcome}. */
  JsonNode decision() {
    return decision;
  }

  @Override
  public PackState get() {
    CellState weakest =
        new CellState(
            number("chargeCurrentAmps"),
            number("voltageVolts"),
            number("coreTemperatureKelvin"),
            number("soc"),
            number("anodePotentialVolts"),
            0,
            number("anodeSurfaceStoichiometry"),
            number("anodeSurfaceStoichiometryAtSeparator"),
            number("cathodeSurfaceStoichiometry"),
            0,
            0,
            0);
    return new PackState(
        0,
        weakest.chargeCurrentAmps(),
        weakest.voltageVolts(),
        weakest.soc(),
        weakest.soc(),
        weakest.soc(),
        weakest.voltageVolts(),
        weakest.voltageVolts(),
        weakest.temperatureKelvin(),
        weakest.temperatureKelvin(),
        weakest.anodePotentialVolts(),
        0,
        List.of(weakest));
  }

  private double number(String name) {
    return estimate.path(name).asDouble(Double.NaN);
  }
}
