package dev.anodyne.estimators.training;

import java.util.List;
import java.util.Locale;

/**
 * Loss against epoch.
 *
 * @param training loss on the training sessions, an epoch each
 * @param validation loss on sessions not trained on
 * @param bestEpoch the epoch whose weights were kept, from 1
 */
public record LearningCurve(List<Double> training, List<Double> validation, int bestEpoch) {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int MARGIN = 48;

  public LearningCurve {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
  }

  /** The curve as a self-contained SVG picture, loss on a logarithmic axis. */
  public String toSvg() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (List<Double> series : List.of(training, validation)) {
      for (double v : series) {
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
    }
    double bottom = Math.log10(Math.max(low, 1e-12)) - 0.02;
    double top = Math.log10(Math.max(high, 1e-12)) + 0.02;
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
                + "font-family=\"sans-serif\" font-size=\"12\" role=\"img\">%n"
                + "<title>Learning curve: loss against epoch</title>%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n"
                + "<path d=\"M%d %d V%d H%d\" fill=\"none\" stroke=\"#444\"/>%n",
            WIDTH,
            HEIGHT,
            MARGIN,
            MARGIN / 2,
            HEIGHT - MARGIN,
            WIDTH - MARGIN / 2));
    line(svg, training, "#1f77b4", bottom, top);
    line(svg, validation, "#d62728", bottom, top);
    int x = x(bestEpoch - 1, validation.size());
    svg.append(
        String.format(
            Locale.ROOT,
            "<path d=\"M%d %d V%d\" stroke=\"#888\" stroke-dasharray=\"4 3\"/>%n"
                + "<text x=\"%d\" y=\"%d\">epoch (1 to %d), kept: %d</text>%n"
                + "<text x=\"4\" y=\"%d\">%.3g</text><text x=\"4\" y=\"%d\">%.3g</text>%n"
                + "<text x=\"%d\" y=\"20\" fill=\"#1f77b4\">training</text>"
                + "<text x=\"%d\" y=\"20\" fill=\"#d62728\">validation</text>%n</svg>%n",
            x,
            MARGIN / 2,
            HEIGHT - MARGIN,
            WIDTH / 2 - 80,
            HEIGHT - 12,
            validation.size(),
            bestEpoch,
            MARGIN / 2 + 10,
            Math.pow(10, top),
            HEIGHT - MARGIN,
            Math.pow(10, bottom),
            WIDTH - 200,
            WIDTH - 120));
    return svg.toString();
  }

  private static void line(
      StringBuilder svg, List<Double> values, String colour, double bottom, double top) {
    svg.append("<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"").append(colour);
    svg.append("\" points=\"");
    for (int i = 0; i < values.size(); i++) {
      double share = (Math.log10(Math.max(values.get(i), 1e-12)) - bottom) / (top - bottom);
      double y = HEIGHT - MARGIN - share * (HEIGHT - 1.5 * MARGIN);
      svg.append(String.format(Locale.ROOT, "%d,%.1f ", x(i, values.size()), y));
    }
    svg.append("\"/>").append(System.lineSeparator());
  }

  private static int x(int i, int count) {
    return MARGIN + (int) Math.round((WIDTH - 1.5 * MARGIN) * i / Math.max(count - 1, 1));
  }
}
