package dev.anodyne.estimators.training;

import dev.anodyne.estimators.bounds.BatteryGroup;
import dev.anodyne.estimators.bounds.BoundTable;
import dev.anodyne.estimators.bounds.GroupBounds;
import dev.anodyne.estimators.bounds.Quantity;
import dev.anodyne.estimators.network.ModelCard;
import dev.anodyne.estimators.network.NetworkModel;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A model's card as a page for people. */
final class ModelCardText {
  private ModelCardText() {}

  static String markdown(NetworkModel model) {
    ModelCard card = model.card();
    StringBuilder page = new StringBuilder();
    line(page, "## `%s` for the cell `%s`", model.kind().estimatorName(), model.cell());
    line(page, "%n%s%n", card.purpose());
    line(
        page,
        "%d sessions for fitting, %d for calibrating the bound, %d for the figures below;"
            + " %.0f simulated pack hours; seed %d. Split by battery and condition, never by row.%n",
        card.trainingSessions(),
        card.calibrationSessions(),
        card.testSessions(),
        card.hoursOfData(),
        card.seed());
    line(page, "| what | training range |%n|---|---|");
    card.ranges().forEach((k, v) -> line(page, "| %s | %s |", k, v));
    bounds(page, model.bounds());
    metrics(page, card);
    line(page, "%nLimits:%n");
    card.limits().forEach(l -> line(page, "- %s", l));
    return page.toString();
  }

  private static void bounds(StringBuilder page, BoundTable table) {
    line(
        page,
        "%nThe bound is made for %.1f %% of the time of every kind of battery, from the deviation σ"
            + " that the networks admit, made honest by how large errors are where they admit as"
            + " much, the networks' doubt u (0 where they state up to 2 mV, 1 from 4 mV on), and the"
            + " growth g of errors with current and cold (1 at 1C and 25 °C)."
            + " Degraded sensors: 95 %% of the time.%n",
        100 * table.coverage());
    line(page, "| battery | lower bound | sessions near 0 V |%n|---|---|---|");
    for (BatteryGroup g : BatteryGroup.values()) {
      GroupBounds b = table.of(g);
      line(
          page,
          "| %s, %s | estimate − %.2f (σ + %.2f mV g) (1 + %.2f u) | %d%s |",
          knowledge(g),
          g.series() ? "cells in series" : "one cell",
          b.lowerKappa(),
          1e3 * b.of(Quantity.ANODE_POTENTIAL).unseenSigma(),
          b.of(Quantity.ANODE_POTENTIAL).perDoubt(),
          b.sessions(),
          b.pooled() ? ", some kinds too few: with those of other knowledge" : "");
    }
    line(page, "");
  }

  private static String knowledge(BatteryGroup g) {
    return switch (g) {
      case NEW_SINGLE, NEW_SERIES -> "first session";
      case IDENTIFIED_SINGLE, IDENTIFIED_SERIES -> "identified";
      case JOINED_SINGLE, JOINED_SERIES -> "joined under load";
    };
  }

  /** One table: a row for each group of figures, a column for each figure. */
  private static void metrics(StringBuilder page, ModelCard card) {
    Map<String, Map<String, Double>> groups = new LinkedHashMap<>();
    Map<String, Double> columns = new LinkedHashMap<>();
    card.metrics()
        .forEach(
            (name, value) -> {
              int colon = name.indexOf(": ");
              if (colon > 0) {
                String figure = name.substring(colon + 2);
                columns.put(figure, value);
                groups
                    .computeIfAbsent(name.substring(0, colon), g -> new LinkedHashMap<>())
                    .put(figure, value);
              } else {
                line(page, "- %s: %.2f", name, value);
              }
            });
    page.append(System.lineSeparator()).append("| estimator, sessions |");
    columns.keySet().forEach(c -> page.append(' ').append(c).append(" |"));
    page.append(System.lineSeparator()).append("|---|");
    columns.keySet().forEach(c -> page.append("---|"));
    page.append(System.lineSeparator());
    groups.forEach(
        (group, figures) -> {
          page.append("| ").append(group).append(" |");
          columns
              .keySet()
              .forEach(
                  c -> {
                    Double v = figures.get(c);
                    page.append(v == null ? " – |" : String.format(Locale.ROOT, " %.4g |", v));
                  });
          page.append(System.lineSeparator());
        });
  }

  private static void line(StringBuilder page, String format, Object... values) {
    page.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }
}
