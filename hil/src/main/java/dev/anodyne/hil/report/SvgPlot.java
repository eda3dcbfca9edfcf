package dev.anodyne.hil.report;

import dev.anodyne.hil.stl.Quantity;
import dev.anodyne.hil.stl.Unit;
import dev.anodyne.hil.verdict.ScenarioResult.FaultSpan;
import java.util.List;
import java.util.Locale;

/**
 * One channel over time as a drawing in the page: the line, its limits, shaded stretches in which
 * faults were there, and a mark where a check was at its worst.
 *
 * @param title above it
 * @param unit of the values
 * @param times s
 * @param values one for each
 * @param fromSeconds left edge
 * @param toSeconds right edge
 * @param limits values of dashed lines, in the channel's unit
 * @param spans faults
 * @param markSeconds where the mark stands; NaN for none
 */
record SvgPlot(
    String title,
    Unit unit,
    double[] times,
    double[] values,
    double fromSeconds,
    double toSeconds,
    List<Double> limits,
    List<FaultSpan> spans,
    double markSeconds) {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 170;
  private static final int LEFT = 62;
  private static final int BOTTOM = 24;
  private static final int TOP = 8;
  private static final int RIGHT = 8;

  /** The drawing with its title. */
  String html() {
    double[] bounds = bounds();
    Shown shown = Shown.of(unit, bounds);
    StringBuilder svg = new StringBuilder("<div class=\"plot\"><h3>");
    svg.append(JUnitXml.escaped(title)).append("</h3><p class=\"about\">");
    svg.append(JUnitXml.escaped(shown.symbol().isEmpty() ? "–" : shown.symbol()));
    svg.append(" over plant time in s</p>");
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" width=\"100%%\" role=\"img\" aria-label=\"%s\">",
            WIDTH,
            HEIGHT,
            JUnitXml.escaped(title)));
    shade(svg);
    grid(svg, bounds, shown);
    for (double limit : limits) {
      if (limit >= bounds[0] && limit <= bounds[1]) {
        line(
            svg,
            fromSeconds,
            limit,
            toSeconds,
            limit,
            bounds,
            "stroke=\"var(--limit)\" stroke-dasharray=\"5 4\"");
      }
    }
    curve(svg, bounds);
    if (!Double.isNaN(markSeconds)) {
      line(
          svg,
          markSeconds,
          bounds[0],
          markSeconds,
          bounds[1],
          bounds,
          "stroke=\"var(--bad)\" stroke-width=\"1.5\"");
    }
    return svg.append("</svg></div>").toString();
  }

  private void shade(StringBuilder svg) {
    for (FaultSpan span : spans) {
      double from = Math.max(fromSeconds, span.fromSeconds());
      double to = Math.min(toSeconds, span.toSeconds());
      if (to >= from) {
        svg.append(
            String.format(
                Locale.ROOT,
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"var(--danger-zone)\"><title>%s</title></rect>",
                x(from),
                TOP,
                Math.max(1.5, x(to) - x(from)),
                HEIGHT - TOP - BOTTOM,
                JUnitXml.escaped("fault " + span.fault())));
      }
    }
  }

  private void grid(StringBuilder svg, double[] bounds, Shown shown) {
    for (int i = 0; i <= 4; i++) {
      double value = bounds[0] + (bounds[1] - bounds[0]) * i / 4;
      line(svg, fromSeconds, value, toSeconds, value, bounds, "stroke=\"var(--grid)\"");
      text(svg, LEFT - 6, y(value, bounds) + 4, "end", shown.number(value, bounds));
      double time = fromSeconds + (toSeconds - fromSeconds) * i / 4;
      String anchor = i == 0 ? "start" : i == 4 ? "end" : "middle";
      text(svg, x(time), HEIGHT - 6, anchor, Quantity.number(Math.rint(time * 10) / 10));
    }
  }

  private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-size=\"11\" fill=\"var(--muted)\">%s</text>",
            x,
            y,
            anchor,
            JUnitXml.escaped(text)));
  }

  private void line(
      StringBuilder svg,
      double t1,
      double v1,
      double t2,
      double v2,
      double[] bounds,
      String style) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" %s/>",
            x(t1),
            y(v1, bounds),
            x(t2),
            y(v2, bounds),
            style));
  }

  /** At most a few points a pixel: of each pixel's values the least and the greatest. */
  private void curve(StringBuilder svg, double[] bounds) {
    StringBuilder path = new StringBuilder();
    boolean pen = false;
    int first = index(fromSeconds);
    int last = index(toSeconds);
    int stride = Math.max(1, (last - first + 1) / 900);
    for (int i = first; i <= last; i += stride) {
      int worst = i;
      for (int j = i; j < Math.min(i + stride, last + 1); j++) {
        boolean isFurther =
            Math.abs(values[j] - middle(bounds)) > Math.abs(values[worst] - middle(bounds));
        worst = isFurther || Double.isNaN(values[worst]) ? j : worst;
      }
      if (!Double.isFinite(values[worst])) {
        pen = false;
        continue;
      }
      path.append(pen ? "L" : "M");
      path.append(
          String.format(Locale.ROOT, "%.1f %.1f", x(times[worst]), y(values[worst], bounds)));
      pen = true;
    }
    svg.append("<path d=\"").append(path);
    svg.append("\" fill=\"none\" stroke=\"var(--run-0)\" stroke-width=\"1.6\"/>");
  }

  private static double middle(double[] bounds) {
    return 0.5 * (bounds[0] + bounds[1]);
  }

  private int index(double seconds) {
    int at = java.util.Arrays.binarySearch(times, seconds);
    return Math.max(0, Math.min(times.length - 1, at < 0 ? -at - 1 : at));
  }

  private double[] bounds() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < times.length; i++) {
      if (times[i] >= fromSeconds && times[i] <= toSeconds && Double.isFinite(values[i])) {
        low = Math.min(low, values[i]);
        high = Math.max(high, values[i]);
      }
    }
    if (!(low <= high)) {
      return new double[] {0, 1};
    }
    double range = high - low;
    for (double limit : limits) {
      // A limit far away would flatten the line.
      boolean near = limit > low - 1.5 * range - 1e-9 && limit < high + 1.5 * range + 1e-9;
      low = near ? Math.min(low, limit) : low;
      high = near ? Math.max(high, limit) : high;
    }
    double pad = high > low ? 0.06 * (high - low) : Math.max(1e-6, 0.05 * Math.abs(high));
    return new double[] {low - pad, high + pad};
  }

  private double x(double seconds) {
    double share =
        toSeconds > fromSeconds ? (seconds - fromSeconds) / (toSeconds - fromSeconds) : 0;
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double value, double[] bounds) {
    double share = (value - bounds[0]) / (bounds[1] - bounds[0]);
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
  }

  /** The unit that people read: mV for small voltages, °C for temperatures, % for shares. */
  private record Shown(String symbol, double factor, double offset) {
    static Shown of(Unit unit, double[] bounds) {
      double size = Math.max(Math.abs(bounds[0]), Math.abs(bounds[1]));
      return switch (unit.symbol()) {
        case "V" -> size < 0.5 ? new Shown("mV", 1e3, 0) : new Shown("V", 1, 0);
        case "K" -> size > 150 ? new Shown("°C", 1, -273.15) : new Shown("K", 1, 0);
        case "1" -> new Shown("", 1, 0);
        default -> new Shown(unit.symbol(), 1, 0);
      };
    }

    String number(double value, double[] bounds) {
      double range = (bounds[1] - bounds[0]) * factor;
      int digits =
          (int) Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(Math.max(1e-9, range)))));
      return String.format(Locale.ROOT, "%." + digits + "f", value * factor + offset);
    }
  }
}
