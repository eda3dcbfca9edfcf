package dev.anodyne.hil.report;

import dev.anodyne.hil.scenario.Aliases;
import dev.anodyne.hil.stl.Expression;
import dev.anodyne.hil.stl.Formula;
import dev.anodyne.hil.stl.Quantity;
import dev.anodyne.hil.stl.StlException;
import dev.anodyne.hil.stl.StlParser;
import dev.anodyne.hil.stl.Trace;
import dev.anodyne.hil.verdict.CheckResult;
import dev.anodyne.hil.verdict.ScenarioResult;
import dev.anodyne.hil.verdict.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One page about all runs, readable without a network: table, checks, plots around violations. */
public final class HtmlReport {
  private static final String STYLE = "/dev/anodyne/core/report/report.css";

  /** How much before and after a violation a plot shows, s. */
  private static final double AROUND_SECONDS = 60;

  private final List<ScenarioResult> results;
  private final StringBuilder page = new StringBuilder();

  private HtmlReport(List<ScenarioResult> results) {
    this.results = results;
  }

  /**
   * The page.
   *
   * @param command that made it
   * @param version of the bench
   */
  public static String of(List<ScenarioResult> results, String command, String version)
      throws IOException {
    return new HtmlReport(results).make(command, version);
  }

  private String make(String command, String version) throws IOException {
    page.append(head("Anodyne bench", headline()));
    table();
    results.forEach(this::details);
    page.append("<section><h2>Make it again</h2><pre>")
        .append(escaped(command))
        .append("</pre></section>");
    page.append("</main><footer class=\"muted\">Anodyne ").append(escaped(version));
    page.append(". A simulation exercises a controller's reaction; it certifies nothing.</footer>");
    return page.append("</body></html>\n").toString();
  }

  /** The beginning of a page of the bench, up to its contents. */
  public static String head(String title, String headline) throws IOException {
    return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
        + "<meta name=\"color-scheme\" content=\"light dark\"><title>"
        + escaped(title)
        + "</title><style>"
        + style()
        + "</style></head><body>\n<header>"
        + "<p class=\"brand\"><span class=\"mark\" aria-hidden=\"true\"></span>"
        + escaped(title)
        + "</p><h1>"
        + escaped(headline)
        + "</h1></header>\n<main>";
  }

  private String headline() {
    List<String> parts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      long count = results.stream().filter(r -> r.verdict() == verdict).count();
      if (count > 0) {
        parts.add(count + " " + verdict);
      }
    }
    long stated = results.stream().filter(ScenarioResult::isAsStated).count();
    return String.join(", ", parts) + " – " + stated + " of " + results.size() + " as stated";
  }

  private void table() {
    page.append(
        "<section><div class=\"scroll\"><table><thead><tr><th>Scenario</th><th>Verdict</th>");
    page.append("<th>Worst check</th><th>Plant time, s</th><th>Took, s</th></tr></thead><tbody>");
    for (int i = 0; i < results.size(); i++) {
      ScenarioResult r = results.get(i);
      page.append("<tr><th><a href=\"#s").append(i).append("\">").append(escaped(r.id()));
      page.append("</a><small>").append(escaped(r.title())).append("<br>");
      // A run that was not begun has no controller yet.
      page.append(r.sut().isEmpty() ? "" : escaped(r.sut()) + ", ");
      page.append("seed ").append(r.seed()).append("</small></th>");
      verdict(r.verdict(), r.isAsStated() ? "as stated" : "stated " + r.stated());
      worst(r.worstCheck().orElse(null));
      cell(fixed(r.simulatedSeconds(), 0));
      cell(fixed(r.wallSeconds(), 2));
      page.append("</tr>");
    }
    page.append("</tbody></table></div></section>\n");
  }

  private void worst(@Nullable CheckResult check) {
    if (check == null) {
      cell("");
      return;
    }
    page.append("<td class=\"text\">").append(escaped(check.name())).append("<small>");
    page.append(escaped(margin(check) + " at " + fixed(check.timeSeconds(), 1) + " s"));
    page.append("</small></td>");
  }

  private void details(ScenarioResult r) {
    page.append("<section id=\"s").append(results.indexOf(r)).append("\"><h2>");
    page.append(escaped(r.id() + ": " + r.title())).append("</h2>");
    page.append("<p class=\"muted\">").append(escaped(r.file()));
    if (!r.verifies().isEmpty()) {
      page.append(" · verifies ").append(escaped(String.join(", ", r.verifies())));
    }
    page.append("</p>");
    if (!r.reason().isEmpty()) {
      page.append("<p class=\"verdict bad\">").append(escaped(r.reason())).append("</p>");
    }
    page.append(
        "<div class=\"scroll\"><table><thead><tr><th>Check</th><th>Verdict</th><th>Margin</th>");
    page.append("<th>At, s</th><th>What was seen</th></tr></thead><tbody>");
    for (CheckResult check : r.checks()) {
      page.append("<tr><th>").append(escaped(check.name())).append("<small>");
      page.append(escaped(check.formula())).append("</small></th>");
      verdict(check.verdict(), "");
      cell(margin(check));
      cell(fixed(check.timeSeconds(), 1));
      page.append("<td class=\"text\">").append(escaped(check.detail())).append("</td></tr>");
    }
    page.append("</tbody></table></div>");
    plots(r);
    page.append("</section>\n");
  }

  private void plots(ScenarioResult r) {
    Trace trace = r.trace();
    if (trace == null || trace.length() < 2) {
      return;
    }
    double end = trace.time(trace.length() - 1);
    page.append("<div class=\"plots\" style=\"margin-top:12px\">");
    Set<String> shown = new LinkedHashSet<>();
    for (CheckResult check : r.checks()) {
      if (check.verdict() != Verdict.PASS) {
        double from = Math.max(0, check.timeSeconds() - AROUND_SECONDS);
        double to = Math.min(end, check.timeSeconds() + AROUND_SECONDS);
        for (String channel : check.channels()) {
          plot(
              r,
              trace,
              channel,
              new double[] {from, to},
              check,
              " – around “" + check.name() + "”");
        }
      }
      shown.addAll(check.channels());
    }
    shown.add("pack.current");
    shown.add("pack.minAnodePotential");
    for (String channel : shown) {
      CheckResult about =
          r.checks().stream()
              .filter(c -> c.channels().contains(channel))
              .max(Comparator.comparing(CheckResult::verdict))
              .orElse(null);
      plot(r, trace, channel, new double[] {trace.time(0), end}, about, "");
    }
    page.append("</div>");
  }

  private void plot(
      ScenarioResult r,
      Trace trace,
      String channel,
      double[] span,
      @Nullable CheckResult check,
      String more) {
    if (!trace.has(channel) || channel.startsWith("fault(")) {
      return;
    }
    double mark =
        check != null && check.verdict() == Verdict.FAIL ? check.timeSeconds() : Double.NaN;
    SvgPlot plot =
        new SvgPlot(
            channel + more,
            trace.unit(channel),
            trace.times(),
            trace.values(channel),
            span[0],
            span[1],
            check == null ? List.of() : limits(check.formula(), channel, trace),
            r.faults(),
            mark);
    page.append(plot.html());
  }

  /** Constants that a formula compares a channel with, in the channel's unit. */
  private static List<Double> limits(String formula, String channel, Trace trace) {
    List<Double> limits = new ArrayList<>();
    try {
      collect(StlParser.parse(formula), channel, trace, limits);
    } catch (StlException e) {
      return List.of(); // references have no such text
    }
    return limits;
  }

  private static void collect(Formula formula, String channel, Trace trace, List<Double> limits) {
    if (formula instanceof Formula.Atom atom
        && Aliases.resolve(atom.left().toString()).equals(channel)
        && atom.right().terms().size() == 1
        && atom.right().terms().get(0).operand() instanceof Quantity quantity) {
      Expression.Term term = atom.right().terms().get(0);
      var unit = trace.unit(channel);
      boolean plain = quantity.unit().symbol().isEmpty();
      double base = plain ? unit.toBase(quantity.value()) : quantity.base();
      limits.add((term.factor() * base - unit.offset()) / unit.factor());
    }
    formula.children().forEach(child -> collect(child, channel, trace, limits));
  }

  private void verdict(Verdict verdict, String note) {
    String style = verdict == Verdict.PASS ? "good" : verdict == Verdict.INCONCLUSIVE ? "" : "bad";
    page.append("<td class=\"").append(style).append("\">").append(verdict);
    if (!note.isEmpty()) {
      page.append("<small>").append(escaped(note)).append("</small>");
    }
    page.append("</td>");
  }

  private void cell(String text) {
    page.append("<td>").append(escaped(text)).append("</td>");
  }

  /** A check's margin with its unit. */
  public static String margin(CheckResult check) {
    if (!Double.isFinite(check.margin())) {
      return "–";
    }
    String number = String.format(Locale.ROOT, "%+.4g", check.margin());
    return check.marginUnit().isEmpty() ? number : number + " " + check.marginUnit();
  }

  private static String fixed(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static String escaped(String text) {
    return JUnitXml.escaped(text);
  }

  private static String style() throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE)) {
      if (in == null) {
        throw new IOException("Resource " + STYLE + " is not on the class path.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
