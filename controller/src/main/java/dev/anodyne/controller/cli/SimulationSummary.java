package dev.anodyne.controller.cli;

import dev.anodyne.core.protocol.CycleSummary;
import dev.anodyne.core.protocol.SimulationResult;
import dev.anodyne.core.protocol.StepOutcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a simulation has to tell beside its rows.
 *
 * @param out where the rows are
 * @param plot where the plots are; null when there are none
 */
record SimulationSummary(Path out, @Nullable Path plot, SimulationResult result) {
  /** More steps than this are told cycle by cycle, and more cycles are left out in the middle. */
  private static final int MOST_LINES = 24;

  /** One JSON document. */
  Map<String, @Nullable Object> json() {
    var end = result.termination();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("out", out.toString());
    json.put("plot", plot == null ? null : plot.toString());
    json.put("rows", result.table().rowCount());
    json.put("end", end.kind().name().toLowerCase(Locale.ROOT));
    json.put("reason", end.description());
    json.put("time_s", end.timeSeconds());
    json.put("steps", result.steps().stream().map(SimulationSummary::json).toList());
    json.put("cycles", result.cycles().stream().map(this::json).toList());
    return json;
  }

  private static Map<String, Object> json(StepOutcome step) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("cycle", step.cycle());
    item.put("step", step.text());
    item.put("start_s", step.startSeconds());
    item.put("end_s", step.endSeconds());
    item.put("ended_by", step.endedBy());
    return item;
  }

  private Map<String, @Nullable Object> json(CycleSummary cycle) {
    Map<String, @Nullable Object> item = new LinkedHashMap<>();
    item.put("cycle", cycle.cycle());
    item.put("start_s", cycle.startSeconds());
    item.put("end_s", cycle.endSeconds());
    item.put("charged_Ah", cycle.chargedAmpHours());
    item.put("discharged_Ah", cycle.dischargedAmpHours());
    item.put("charged_Wh", cycle.chargedWattHours());
    item.put("discharged_Wh", cycle.dischargedWattHours());
    item.put("coulombic_efficiency", finite(cycle.coulombicEfficiency()));
    item.put("energy_efficiency", finite(cycle.energyEfficiency()));
    item.put("min_anode_potential_V", finite(cycle.minAnodePotentialVolts()));
    item.put("max_temperature_C", finite(cycle.maxTemperatureKelvin() - 273.15));
    item.put("loss_to_sei_Ah", cycle.lossToSeiAmpHours());
    item.put("loss_to_plating_Ah", cycle.lossToPlatingAmpHours());
    item.put("capacity_Ah", cycle.capacityAmpHours());
    item.put("measured_capacity_Ah", finite(cycle.measuredCapacityAmpHours()));
    item.put(
        "ended_by",
        result.steps().stream()
            .filter(step -> step.cycle() == cycle.cycle())
            .map(StepOutcome::endedBy)
            .toList());
    return item;
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** Lines for a person. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    boolean brief = result.steps().size() > MOST_LINES;
    if (brief) {
      cycleTable(lines);
    } else {
      result.steps().forEach(step -> lines.add(line(step)));
    }
    lines.add(
        result.termination().description()
            + " "
            + result.table().rowCount()
            + " rows in "
            + out
            + ".");
    return lines;
  }

  private static String line(StepOutcome step) {
    return String.format(
        Locale.ROOT,
        "%8.1f – %8.1f s  %s: %s",
        step.startSeconds(),
        step.endSeconds(),
        step.text(),
        step.endedBy());
  }

  private void cycleTable(List<String> lines) {
    lines.add(
        " cycle    in A·h   out A·h  energy %  capacity A·h  measured  SEI mA·h  plating mA·h"
            + "  min. anode mV");
    List<CycleSummary> cycles = result.cycles();
    int every = Math.max(1, (cycles.size() + MOST_LINES - 1) / MOST_LINES);
    for (CycleSummary cycle : cycles) {
      boolean isMeasured = Double.isFinite(cycle.measuredCapacityAmpHours());
      boolean isShown = cycles.size() <= MOST_LINES || isMeasured || cycle.cycle() % every == 0;
      if (isShown) {
        lines.add(
            String.format(
                Locale.ROOT,
                "%6d  %8.4f  %8.4f  %8.2f  %12.4f  %8s  %8.2f  %12.3f  %13.1f",
                cycle.cycle(),
                cycle.chargedAmpHours(),
                cycle.dischargedAmpHours(),
                100 * cycle.energyEfficiency(),
                cycle.capacityAmpHours(),
                isMeasured
                    ? String.format(Locale.ROOT, "%.4f", cycle.measuredCapacityAmpHours())
                    : "",
                1e3 * cycle.lossToSeiAmpHours(),
                1e3 * cycle.lossToPlatingAmpHours(),
                1e3 * cycle.minAnodePotentialVolts()));
      }
    }
  }
}
