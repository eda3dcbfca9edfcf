package dev.anodyne.controller.lab;

import dev.anodyne.core.protocol.SimulationColumns;
import dev.anodyne.core.protocol.SimulationResult;
import dev.anodyne.core.protocol.SimulationTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Plots of a simulation in one file. */
public final class SimulationPlot {
  private static final int MAX_SAMPLES = 4000;

  private SimulationPlot() {}

  /** Writes the page, complete or not at all. */
  public static void write(Path file, String cell, SimulationResult result) throws IOException {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("headline", cell + ": " + result.steps().size() + " steps");
    data.put("subtitle", result.termination().description());
    data.put("footer", "anodyne " + BuildInfo.version());
    SimulationTable table = result.table();
    data.put("minutes", thinned(table.column(SimulationColumns.TIME), s -> s / 60));
    data.put("plots", plots(table));
    Page.write(file, Page.of("simulation.html", "simulation.js", data));
  }

  private static List<Object> plots(SimulationTable table) {
    List<Object> plots = new ArrayList<>();
    plots.add(plot(table, "Current, A", v -> v, SimulationColumns.CURRENT));
    plots.add(plot(table, "Voltage, V", v -> v, SimulationColumns.VOLTAGE));
    plots.add(plot(table, "Anode potential, mV", v -> v * 1e3, SimulationColumns.ANODE_POTENTIAL));
    plots.add(plot(table, "Temperature, °C", v -> v - 273.15, SimulationColumns.TEMPERATURE));
    plots.add(plot(table, "State of charge, %", v -> v * 100, SimulationColumns.SOC));
    plots.add(
        plot(
            table,
            "Stoichiometry",
            v -> v,
            SimulationColumns.ANODE_SURFACE_AT_SEPARATOR,
            SimulationColumns.ANODE_SURFACE,
            SimulationColumns.ANODE_STOICHIOMETRY,
            SimulationColumns.CATHODE_SURFACE,
            SimulationColumns.CATHODE_STOICHIOMETRY));
    plots.add(
        plot(
            table,
            "Electrolyte concentration, mol/m³",
            v -> v,
            SimulationColumns.ELECTROLYTE_AT_ANODE,
            SimulationColumns.ELECTROLYTE_AT_CATHODE));
    if (table.columns().contains(SimulationColumns.LOSS_TO_SEI)) {
      plots.add(
          plot(
              table,
              "Lost capacity, mA·h",
              v -> v * 1e3,
              SimulationColumns.LOSS_TO_SEI,
              SimulationColumns.LOSS_TO_PLATING));
    }
    return plots;
  }

  private static Map<String, Object> plot(
      SimulationTable table, String title, DoubleUnaryOperator scale, String... columns) {
    List<Object> series = new ArrayList<>();
    for (String column : columns) {
      // The unit is in the title.
      String label = column.replaceAll(" \\[.*]$", "");
      series.add(Map.of("label", label, "values", thinned(table.column(column), scale)));
    }
    return Map.of("title", title, "series", series);
  }

  private static List<@Nullable Double> thinned(double[] values, DoubleUnaryOperator scale) {
    int stride = Math.max(1, (values.length + MAX_SAMPLES - 1) / MAX_SAMPLES);
    return IntStream.range(0, values.length)
        .filter(i -> i % stride == 0 || i == values.length - 1)
        .<@Nullable Double>mapToObj(
            i ->
                Double.isFinite(values[i])
                    ? ReportData.round(scale.applyAsDouble(values[i]), 6)
                    : null)
        .toList();
  }
}
