package dev.anodyne.estimators.training;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Loss against epoch, of every network of an ensemble.
 *
 * @param runs a fit each
 */
public record LearningCurve(List<Run> runs) {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int MARGIN = 48;

  public LearningCurve {
    runs = List.copyOf(runs);
  }

  /**
   * One network's fit.
   *
   * @param training mean loss (negative logarithm of the likelihood) on the rows drawn, an epoch
   *     each
   * @param validation the same on batteries that this network was not fitted to
   * @param bestEpoch the epoch whose weights were kept, from 1
   */
  public record Run(List<Double> training, List<Double> validation, int bestEpoch) {
    public Run {
      training = List.copyOf(training);
      validation = List.copyOf(validation);
    }
  }

  /** The curves as a self-contained SVG picture. */
  public String toSvg() {
    double[] all =
        runs.stream()
            .flatMap(r -> Stream.concat(r.training().stream(), r.validation().stream()))
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    int epochs = runs.stream().mapToInt(r -> r.validation().size()).max().orElse(1);
    double low = all[0];
    // The first epochs are far above the rest and would flatten it.
    double high = Math.max(all[(int) (0.98 * (all.length - 1))], low + 1e-6);
    StringBuilder svg = new StringBuilder(4096);
    frame(svg, low, high, epochs);
    lines(svg, Run::training, "#1f77b4", low, high, epochs);
    lines(svg, Run::validation, "#d62728", low, high, epochs);
    for (Run run : runs) {
      int x = x(run.bestEpoch() - 1, epochs);
      append(
          svg,
          "<path d=\"M%d %d V%d\" stroke=\"#888\" stroke-dasharray=\"4 3\"/>%n",
          x,
          MARGIN / 2,
          HEIGHT - MARGIN);
    }
    return svg.append("</svg>").append(System.lineSeparator()).toString();
  }

  private void frame(StringBuilder svg, double low, double high, int epochs) {
    append(
        svg,
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
        WIDTH - MARGIN / 2);
    append(
        svg,
        "<text x=\"%d\" y=\"%d\">epoch (1 to %d), kept: %s</text>%n"
            + "<text x=\"4\" y=\"%d\">%.2f</text><text x=\"4\" y=\"%d\">%.2f</text>%n"
            + "<text x=\"%d\" y=\"14\">loss, %d networks:</text>"
            + "<text x=\"%d\" y=\"14\" fill=\"#1f77b4\">training</text>"
            + "<text x=\"%d\" y=\"14\" fill=\"#d62728\">validation</text>%n",
        WIDTH / 2 - 120,
        HEIGHT - 12,
        epochs,
        String.join(", ", runs.stream().map(r -> String.valueOf(r.bestEpoch())).toList()),
        MARGIN / 2 + 10,
        high,
        HEIGHT - MARGIN,
        low,
        WIDTH - 310,
        runs.size(),
        WIDTH - 190,
        WIDTH - 110);
  }

  private void lines(
      StringBuilder svg,
      Function<Run, List<Double>> which,
      String colour,
      double low,
      double high,
      int epochs) {
    for (Run run : runs) {
      append(svg, "<polyline fill=\"none\" stroke-width=\"1.2\" stroke=\"%s\" points=\"", colour);
      List<Double> values = which.apply(run);
      for (int i = 0; i < values.size(); i++) {
        double share = Math.min((values.get(i) - low) / (high - low), 1.0);
        double y = HEIGHT - MARGIN - share * (HEIGHT - 1.5 * MARGIN);
        append(svg, "%d,%.1f ", x(i, epochs), y);
      }
      svg.append("\"/>").append(System.lineSeparator());
    }
  }

  private static void append(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }

  private static int x(int i, int count) {
    return MARGIN + (int) Math.round((WIDTH - 1.5 * MARGIN) * i / Math.max(count - 1, 1));
  }
}
