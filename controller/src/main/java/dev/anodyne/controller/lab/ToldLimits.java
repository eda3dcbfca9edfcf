package dev.anodyne.controller.lab;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.SlackUse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What the decisions of a run told about their limits: soft limits that no current kept, and limits
 * that collided.
 */
final class ToldLimits {
  private final List<TraceRow> rows;

  /** Of a trace. */
  ToldLimits(List<TraceRow> rows) {
    this.rows = rows;
  }

  /** A soft limit, and how its slack is told. */
  private enum Soft {
    ANODE_POTENTIAL("anode potential", "mV", 1e3, SlackUse::anodePotentialVolts),
    VOLTAGE("voltage", "mV", 1e3, SlackUse::voltageVolts),
    TEMPERATURE("temperature", "K", 1, SlackUse::temperatureKelvin),
    STOICHIOMETRY("surface stoichiometry", "1", 1, SlackUse::anodeStoichiometry),
    ELECTROLYTE("electrolyte", "mol/m³", 1, SlackUse::electrolyteMolPerM3);

    private final String words;
    private final String unit;
    private final double scale;
    private final ToDoubleFunction<SlackUse> amount;

    Soft(String words, String unit, double scale, ToDoubleFunction<SlackUse> amount) {
      this.words = words;
      this.unit = unit;
      this.scale = scale;
      this.amount = amount;
    }
  }

  /** How often a soft limit was passed by a plan, and by how much at most. */
  private record Use(Soft soft, double share, double most) {}

  private List<Use> uses() {
    List<Use> uses = new ArrayList<>();
    for (Soft soft : Soft.values()) {
      double[] used =
          rows.stream().mapToDouble(r -> soft.amount.applyAsDouble(r.slack())).toArray();
      long count = Arrays.stream(used).filter(u -> u > 0).count();
      if (count > 0) {
        double most = Arrays.stream(used).max().orElse(0) * soft.scale;
        uses.add(new Use(soft, (double) count / rows.size(), most));
      }
    }
    return uses;
  }

  /** The rows at which limits began to collide, or others did. */
  private List<TraceRow> collisions() {
    List<TraceRow> found = new ArrayList<>();
    List<ActiveConstraint> before = List.of();
    for (TraceRow row : rows) {
      List<ActiveConstraint> now = row.collision().constraints();
      if (!now.isEmpty() && !now.equals(before)) {
        found.add(row);
      }
      before = now;
    }
    return found;
  }

  /**
   * Keys for {@code summary.json}: {@code slack_used} and {@code collisions}; both may be empty.
   */
  Map<String, Object> toMap() {
    Map<String, Object> slack = new LinkedHashMap<>();
    for (Use use : uses()) {
      slack.put(
          use.soft().name().toLowerCase(Locale.ROOT),
          Map.of(
              "share",
              ReportData.round(use.share(), 6),
              "max",
              ReportData.round(use.most(), 6),
              "unit",
              use.soft().unit));
    }
    List<Map<String, Object>> collided = new ArrayList<>();
    for (TraceRow row : collisions()) {
      collided.add(Map.of("from_s", row.timeSeconds(), "text", row.collision().text()));
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("slack_used", slack);
    map.put("collisions", collided);
    return map;
  }

  /** One line a soft limit and one a collision, for people; empty when there is nothing to tell. */
  List<Map.Entry<String, String>> lines() {
    List<Map.Entry<String, String>> lines = new ArrayList<>();
    for (Use use : uses()) {
      lines.add(
          Map.entry(
              "Slack used",
              String.format(
                  Locale.ROOT,
                  "%s in %.1f %% of decisions, at most %s%s",
                  use.soft().words,
                  100 * use.share(),
                  Trace.number(ReportData.round(use.most(), 4)),
                  use.soft().unit.equals("1") ? "" : " " + use.soft().unit)));
    }
    for (TraceRow row : collisions()) {
      lines.add(
          Map.entry(
              String.format(Locale.ROOT, "From %.0f s", row.timeSeconds()),
              row.collision().text()));
    }
    return lines;
  }
}
