package dev.anodyne.controller.lab;

import dev.anodyne.core.protocol.CycleSummary;
import dev.anodyne.core.protocol.SimulationColumns;
import dev.anodyne.core.protocol.SimulationResult;
import dev.anodyne.core.protocol.SimulationTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Plots of a simulation in one file. */
public final class SimulationPlot {
  private static final int MAX_SAMPLES = 4000;

  /** Each gives up to nine samples: the first, and two for each column that matters. */
  private static final int STRETCHES = 450;

  private static final List<String> WITH_PEAKS =
      List.of(
          SimulationColumns.CURRENT,
          SimulationColumns.VOLTAGE,
          SimulationColumns.TEMPERATURE,
          SimulationColumns.ANODE_POTENTIAL);

  /** Parts of the voltage that are shown together, from the bottom of the stack. */
  private static final Map<String, List<String>> GROUPS = groups();

  private static Map<String, List<String>> groups() {
    List<String> parts = SimulationColumns.voltageParts();
    Map<String, List<String>> groups = new LinkedHashMap<>();
    groups.put("Open circuit", parts.subList(0, 1));
    groups.put("Particles", parts.subList(1, 3));
    groups.put("Reactions", parts.subList(3, 5));
    groups.put("Electrolyte", parts.subList(6, 8));
    groups.put("Film, solid, contacts", List.of(parts.get(5), parts.get(8), parts.get(9)));
    return groups;
  }

  private SimulationPlot() {}

  /** Writes the page, complete or not at all. */
  public static void write(Path file, String cell, SimulationResult result) throws IOException {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("headline", cell + ": " + result.steps().size() + " steps");
    data.put("subtitle", result.termination().description());
    data.put("footer", "anodyne " + BuildInfo.version());
    SimulationTable table = result.table();
    int[] rows = shown(table);
    data.put("minutes", values(table.column(SimulationColumns.TIME), rows, s -> s / 60));
    List<Object> plots = plots(table, rows);
    if (result.cycles().size() > 1 && table.columns().contains(SimulationColumns.LOSS_TO_SEI)) {
      plots.addAll(cyclePlots(result.cycles()));
    }
    data.put("plots", plots);
    Page.write(file, Page.of("simulation.html", "simulation.js", data));
  }

  private static List<Object> plots(SimulationTable table, int[] rows) {
    List<Object> plots = new ArrayList<>();
    plots.add(plot(table, rows, "Current, A", v -> v, SimulationColumns.CURRENT));
    plots.add(plot(table, rows, "Voltage, V", v -> v, SimulationColumns.VOLTAGE));
    plots.add(
        plot(table, rows, "Anode potential, mV", v -> v * 1e3, SimulationColumns.ANODE_POTENTIAL));
    plots.add(plot(table, rows, "Temperature, °C", v -> v - 273.15, SimulationColumns.TEMPERATURE));
    plots.add(plot(table, rows, "State of charge, %", v -> v * 100, SimulationColumns.SOC));
    plots.add(
        plot(
            table,
            rows,
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
            rows,
            "Electrolyte concentration, mol/m³",
            v -> v,
            SimulationColumns.ELECTROLYTE_AT_ANODE,
            SimulationColumns.ELECTROLYTE_AT_CATHODE));
    if (table.columns().contains(SimulationColumns.LOSS_TO_SEI)) {
      plots.add(
          plot(
              table,
              rows,
              "Lost capacity, mA·h",
              v -> v * 1e3,
              SimulationColumns.LOSS_TO_SEI,
              SimulationColumns.LOSS_TO_PLATING));
    }
    if (table.columns().contains(SimulationColumns.voltageParts().get(0))) {
      plots.add(2, voltageParts(table, rows));
    }
    return plots;
  }

  private static Map<String, Object> plot(
      SimulationTable table,
      int[] rows,
      String title,
      DoubleUnaryOperator scale,
      String... columns) {
    List<Object> series = new ArrayList<>();
    for (String column : columns) {
      // The unit is in the title.
      String label = column.replaceAll(" \\[.*]$", "");
      series.add(Map.of("label", label, "values", values(table.column(column), rows, scale)));
    }
    boolean withZero = List.of(columns).contains(SimulationColumns.ANODE_POTENTIAL);
    return Map.of("title", title, "series", series, "zero", withZero);
  }

  /**
   * Rows to show: of each of many stretches the first, and those where a column that matters is
   * lowest and highest, so that no peak is lost.
   */
  private static int[] shown(SimulationTable table) {
    int rows = table.rowCount();
    if (rows <= MAX_SAMPLES) {
      return IntStream.range(0, rows).toArray();
    }
    BitSet kept = new BitSet(rows);
    kept.set(rows - 1);
    for (String name : WITH_PEAKS) {
      double[] column = table.column(name);
      for (int stretch = 0; stretch < STRETCHES; stretch++) {
        int from = (int) ((long) stretch * rows / STRETCHES);
        int to = (int) ((long) (stretch + 1) * rows / STRETCHES);
        int low = from;
        int high = from;
        for (int i = from; i < to; i++) {
          low = column[i] < column[low] ? i : low;
          high = column[i] > column[high] ? i : high;
        }
        kept.set(from);
        kept.set(low);
        kept.set(high);
      }
    }
    return kept.stream().toArray();
  }

  private static List<@Nullable Double> values(
      double[] column, int[] rows, DoubleUnaryOperator scale) {
    return Arrays.stream(rows)
        .<@Nullable Double>mapToObj(i -> rounded(scale.applyAsDouble(column[i])))
        .toList();
  }

  private static @Nullable Double rounded(double value) {
    return Double.isFinite(value) ? ReportData.round(value, 6) : null;
  }

  private static Map<String, Object> voltageParts(SimulationTable table, int[] rows) {
    List<Object> series = new ArrayList<>();
    GROUPS.forEach(
        (label, columns) -> {
          double[] sum = new double[table.rowCount()];
          for (String column : columns) {
            double[] part = table.column(column);
            for (int i = 0; i < sum.length; i++) {
              sum[i] += part[i];
            }
          }
          series.add(Map.of("label", label, "values", values(sum, rows, v -> v)));
        });
    return Map.of("title", "Parts of the voltage, V", "series", series, "stacked", true);
  }

  private static List<Object> cyclePlots(List<CycleSummary> all) {
    int stride = Math.max(1, (all.size() + MAX_SAMPLES - 1) / MAX_SAMPLES);
    List<CycleSummary> cycles =
        IntStream.range(0, all.size())
            .filter(i -> i % stride == 0 || i == all.size() - 1)
            .mapToObj(all::get)
            .toList();
    List<Object> plots = new ArrayList<>();
    Map<String, ToDoubleFunction<CycleSummary>> capacities = new LinkedHashMap<>();
    capacities.put("At rest", CycleSummary::capacityAmpHours);
    capacities.put("C/20 test", CycleSummary::measuredCapacityAmpHours);
    plots.add(cyclePlot("Capacity over cycles, A·h", cycles, capacities));
    Map<String, ToDoubleFunction<CycleSummary>> losses = new LinkedHashMap<>();
    losses.put("SEI", c -> 1e3 * c.lossToSeiAmpHours());
    losses.put("Plating", c -> 1e3 * c.lossToPlatingAmpHours());
    plots.add(cyclePlot("Lost over cycles, mA·h", cycles, losses));
    Map<String, ToDoubleFunction<CycleSummary>> efficiencies = new LinkedHashMap<>();
    efficiencies.put("Charge", c -> percent(c.coulombicEfficiency()));
    efficiencies.put("Energy", c -> percent(c.energyEfficiency()));
    plots.add(cyclePlot("Efficiency over cycles, %", cycles, efficiencies));
    return plots;
  }

  /** More than everything comes out only of a pass that ends emptier than it began. */
  private static double percent(double efficiency) {
    return efficiency > 1 ? Double.NaN : 100 * efficiency;
  }

  private static Map<String, Object> cyclePlot(
      String title, List<CycleSummary> cycles, Map<String, ToDoubleFunction<CycleSummary>> lines) {
    List<Object> series = new ArrayList<>();
    lines.forEach(
        (label, value) ->
            series.add(
                Map.of(
                    "label",
                    label,
                    "values",
                    cycles.stream()
                        .<@Nullable Double>map(c -> rounded(value.applyAsDouble(c)))
                        .toList())));
    return Map.of(
        "title",
        title,
        "series",
        series,
        "x",
        cycles.stream().map(CycleSummary::cycle).toList(),
        "xLabel",
        "cycle");
  }
}
