package dev.anodyne.hil.search;

import dev.anodyne.hil.report.JUnitXml;
import dev.anodyne.hil.verdict.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The margins of a search over one of its parameters, or over its samples, as a drawing in a page.
 *
 * @param title above it
 * @param axis what is to the right, with its unit
 * @param unit of the margin
 * @param samples one point each; those without a margin are left out
 * @param across where a sample stands
 * @param isLogarithmic whether the axis counts factors
 */
record ScatterPlot(
    String title,
    String axis,
    String unit,
    List<SearchSample> samples,
    ToDoubleFunction<SearchSample> across,
    boolean isLogarithmic) {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 240;
  private static final int LEFT = 62;
  private static final int BOTTOM = 26;
  private static final int TOP = 10;
  private static final int RIGHT = 12;

  String html() {
    double[] x = samples.stream().mapToDouble(s -> scaled(across.applyAsDouble(s))).toArray();
    double[] y = samples.stream().mapToDouble(SearchSample::margin).toArray();
    double[] spanX = span(x, Double.NaN);
    double[] spanY = span(y, 0);
    StringBuilder svg = new StringBuilder("<div class=\"plot\"><h3>");
    svg.append(JUnitXml.escaped(title)).append("</h3><p class=\"about\">Margin in ");
    svg.append(JUnitXml.escaped(unit.isEmpty() ? "1" : unit)).append(" over ");
    svg.append(JUnitXml.escaped(axis)).append("</p>");
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" width=\"100%%\" role=\"img\" aria-label=\"%s\">",
            WIDTH,
            HEIGHT,
            JUnitXml.escaped(title)));
    for (int i = 0; i <= 4; i++) {
      double value = spanY[0] + (spanY[1] - spanY[0]) * i / 4;
      across(svg, place(value, spanY, HEIGHT - BOTTOM, TOP), "var(--grid)", "");
      text(svg, LEFT - 6, place(value, spanY, HEIGHT - BOTTOM, TOP) + 4, "end", number(value));
      double there = spanX[0] + (spanX[1] - spanX[0]) * i / 4;
      String anchor = i == 0 ? "start" : i == 4 ? "end" : "middle";
      text(svg, place(there, spanX, LEFT, WIDTH - RIGHT), HEIGHT - 6, anchor, number(back(there)));
    }
    across(svg, place(0, spanY, HEIGHT - BOTTOM, TOP), "var(--limit)", " stroke-dasharray=\"5 4\"");
    for (int i = 0; i < samples.size(); i++) {
      if (Double.isFinite(x[i]) && Double.isFinite(y[i])) {
        point(
            svg,
            samples.get(i),
            place(x[i], spanX, LEFT, WIDTH - RIGHT),
            place(y[i], spanY, HEIGHT - BOTTOM, TOP));
      }
    }
    return svg.append("</svg></div>").toString();
  }

  /**
   * The sweep is filled, the falsification is not; what failed is a square, whatever the colour.
   */
  private static void point(StringBuilder svg, SearchSample sample, double x, double y) {
    boolean failed = sample.verdict() == Verdict.FAIL;
    String colour = failed ? "var(--bad)" : "var(--run-0)";
    String style =
        sample.id().startsWith("sweep")
            ? "fill=\"" + colour + "\" fill-opacity=\"0.55\""
            : "fill=\"none\" stroke=\"" + colour + "\"";
    svg.append(
        failed
            ? String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"6\" height=\"6\" %s>",
                x - 3,
                y - 3,
                style)
            : String.format(
                Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.6\" %s>", x, y, style));
    svg.append("<title>").append(sample.id()).append("</title>");
    svg.append(failed ? "</rect>" : "</circle>");
  }

  private double scaled(double value) {
    return isLogarithmic ? Math.log10(value) : value;
  }

  private double back(double scaled) {
    return isLogarithmic ? Math.pow(10, scaled) : scaled;
  }

  /** Of all finite values, and of one that must be shown. */
  private static double[] span(double[] values, double shown) {
    double low = Double.isNaN(shown) ? Double.POSITIVE_INFINITY : shown;
    double high = Double.isNaN(shown) ? Double.NEGATIVE_INFINITY : shown;
    for (double value : values) {
      if (Double.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    if (!(low <= high)) {
      return new double[] {0, 1};
    }
    double pad = high > low ? 0.04 * (high - low) : Math.max(1e-6, 0.05 * Math.abs(high));
    return new double[] {low - pad, high + pad};
  }

  private static double place(double value, double[] span, double from, double to) {
    return from + (to - from) * (value - span[0]) / (span[1] - span[0]);
  }

  private static void across(StringBuilder svg, double y, String colour, String more) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"%s\"%s/>",
            LEFT,
            y,
            WIDTH - RIGHT,
            y,
            colour,
            more));
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"11\" fill=\"var(--muted)\">%s</text>",
            x,
            y,
            anchor,
            text));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }
}
