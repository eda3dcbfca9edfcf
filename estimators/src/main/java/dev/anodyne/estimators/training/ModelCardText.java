package dev.anodyne.estimators.training;

import dev.anodyne.estimators.network.BoundCalibration;
import dev.anodyne.estimators.network.ModelCard;
import dev.anodyne.estimators.network.NetworkModel;
import dev.anodyne.estimators.twin.BackOff;
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
            + " %.0f simulated pack hours; seed %d. Split by session, never by row.%n",
        card.trainingSessions(),
        card.calibrationSessions(),
        card.testSessions(),
        card.hoursOfData(),
        card.seed());
    line(page, "| what | training range |%n|---|---|");
    card.ranges().forEach((k, v) -> line(page, "| %s | %s |", k, v));
    bounds(page, model.calibration(), model.twinBackOff());
    metrics(page, card);
    line(page, "%nLimits:%n");
    card.limits().forEach(l -> line(page, "- %s", l));
    return page.toString();
  }

  private static void bounds(StringBuilder page, BoundCalibration c, BackOff b) {
    line(
        page,
        "%nThe bound is made for %.1f %% of sessions: network minus %.1f mV (one cell) or %.1f mV"
            + " (series), twin minus %.1f or %.1f mV, each at 1C and 25 °C and growing with"
            + " current and cold.%n",
        100 * c.coverage(),
        1e3 * c.singleVolts(),
        1e3 * c.seriesVolts(),
        1e3 * b.marginSingleVolts(),
        1e3 * b.marginSeriesVolts());
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
