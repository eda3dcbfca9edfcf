package dev.anodyne.controller.lab.evaluation;

import dev.anodyne.controller.lab.evaluation.EvaluationResult.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The result as text: for a terminal and as Markdown. */
public final class EvaluationTable {
  /** The rest is in the files. */
  private static final List<Bar> ON_A_TERMINAL = List.of(Bar.RMSE, Bar.ABOVE);

  private final EvaluationResult result;
  private final boolean markdown;

  private EvaluationTable(EvaluationResult result, boolean markdown) {
    this.result = result;
    this.markdown = markdown;
  }

  /** For a terminal. */
  public static String text(EvaluationResult result) {
    return new EvaluationTable(result, false).all();
  }

  /** The same as Markdown, for the manual. */
  public static String markdown(EvaluationResult result) {
    return new EvaluationTable(result, true).all();
  }

  private String all() {
    StringBuilder text = new StringBuilder();
    text.append(table(new TextbookTable(result).rows()));
    for (Bar bar : markdown ? List.of(Bar.values()) : ON_A_TERMINAL) {
      text.append('\n').append(markdown ? "**" : "").append(title(bar));
      text.append(markdown ? "**\n\n" : "\n").append(table(rows(bar)));
    }
    if (markdown && result.dataRequirement().isPresent()) {
      text.append("\n**Data requirement**\n\n");
      text.append(table(result.dataRequirement().get().rows()));
    }
    if (markdown) {
      text.append("\n**Truth within the stated 95 % interval, % of samples**\n\n");
      text.append(table(coverage(result)));
    }
    return text.toString();
  }

  /** Each quantity in each aggregate. */
  static List<List<String>> coverage(EvaluationResult result) {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("quantity, stratum"));
    header.addAll(result.request().estimators());
    rows.add(header);
    for (Quantity q : Quantity.values()) {
      for (Row row : result.rows().stream().filter(Row::aggregate).toList()) {
        List<String> cells = new ArrayList<>(List.of(q.text() + ", " + row.label()));
        for (String estimator : result.request().estimators()) {
          Figures f = result.figures(row).get(estimator);
          double share = f == null ? Double.NaN : f.coverage().getOrDefault(q, Double.NaN);
          cells.add(Numbers.significant(100 * share));
        }
        rows.add(cells);
      }
    }
    return rows;
  }

  private static String title(Bar bar) {
    return Character.toUpperCase(bar.text().charAt(0))
        + bar.text().substring(1)
        + ", "
        + bar.unit();
  }

  private List<List<String>> rows(Bar bar) {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("stratum"));
    header.addAll(result.request().estimators());
    header.add("must");
    rows.add(header);
    for (Row row : result.rows()) {
      List<String> cells = new ArrayList<>(List.of(row.label()));
      Map<String, Figures> figures = result.figures(row);
      for (String estimator : result.request().estimators()) {
        Figures f = figures.get(estimator);
        cells.add(f == null ? "–" : cell(bar, row, f));
      }
      double limit = bar.limit(row);
      cells.add(
          Double.isNaN(limit) ? "" : (bar.isAtLeast() ? "≥ " : "≤ ") + Numbers.shortest(limit));
      rows.add(cells);
    }
    return rows;
  }

  private String cell(Bar bar, Row row, Figures f) {
    String value = Numbers.significant(bar.of(f));
    if (bar == Bar.ABOVE) {
      Share sessions = f.aboveSessions();
      value =
          String.format(
              Locale.ROOT,
              "%s (%d of %d, %.0f–%.0f %%)",
              value,
              sessions.hits(),
              sessions.trials(),
              100 * sessions.low(),
              100 * sessions.high());
    }
    return bar.isMissed(row, f) ? value + " ✗" : value;
  }

  /** First row is the header, first column is left-aligned. */
  private String table(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < columns; i++) {
        String cell = rows.get(r).get(i);
        String blank = " ".repeat(widths[i] - cell.length());
        cells.add(markdown ? cell : i == 0 ? cell + blank : blank + cell);
      }
      text.append(markdown ? "| " + String.join(" | ", cells) + " |" : line(cells)).append('\n');
      if (markdown && r == 0) {
        text.append("|---".repeat(columns)).append("|\n");
      }
    }
    return text.toString();
  }

  private static String line(List<String> cells) {
    return String.join("  ", cells).stripTrailing();
  }
}
