package dev.anodyne.hil.search;

import dev.anodyne.hil.report.HtmlReport;
import dev.anodyne.hil.report.JUnitXml;
import dev.anodyne.hil.verdict.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One page about a search: what was found, the sweep's statistics, margins over each parameter. */
public final class SearchReport {
  private final SearchPlan plan;
  private final String sut;
  private final List<SearchSample> samples;
  private final StringBuilder page = new StringBuilder();

  private SearchReport(SearchPlan plan, String sut, List<SearchSample> samples) {
    this.plan = plan;
    this.sut = sut;
    this.samples = samples;
  }

  /**
   * The page.
   *
   * @param worst what was kept
   * @param command that made it
   * @param version of the bench
   */
  public static String of(
      SearchPlan plan,
      String sut,
      List<SearchSample> samples,
      List<SearchSample> worst,
      String command,
      String version)
      throws IOException {
    return new SearchReport(plan, sut, samples).make(worst, command, version);
  }

  private String make(List<SearchSample> worst, String command, String version) throws IOException {
    page.append(HtmlReport.head("Anodyne search", headline()));
    page.append("<section><p class=\"muted\">").append(escaped(plan.template().file().toString()));
    page.append(" · ").append(escaped(plan.check())).append(" · ").append(escaped(sut));
    page.append("</p>");
    worst(worst);
    page.append("</section>");
    statistics();
    plots();
    page.append("<section><h2>Make it again</h2><pre>").append(escaped(command));
    page.append("</pre></section></main><footer class=\"muted\">Anodyne ");
    page.append(escaped(version)).append(". A simulation certifies nothing.</footer>");
    return page.append("</body></html>\n").toString();
  }

  /** In a few words: how many runs, how many violated the check, the lowest margin. */
  public static String headline(List<SearchSample> samples) {
    long failed = samples.stream().filter(s -> s.verdict() == Verdict.FAIL).count();
    long broken = samples.stream().filter(SearchSample::isBroken).count();
    SearchSample worst =
        samples.stream()
            .filter(s -> Double.isFinite(s.margin()))
            .min(java.util.Comparator.comparingDouble(SearchSample::margin))
            .orElse(null);
    return String.format(
        Locale.ROOT,
        "%d runs: %d FAIL%s; lowest margin %s",
        samples.size(),
        failed,
        broken == 0 ? "" : ", " + broken + " broken",
        worst == null ? "–" : margin(worst) + " (" + worst.id() + ")");
  }

  private String headline() {
    return plan.name() + " – " + headline(samples);
  }

  private void worst(List<SearchSample> worst) {
    page.append("<h2>Worst cases</h2><div class=\"scroll\"><table><thead><tr><th>Sample</th>");
    page.append("<th>Verdict</th><th>Margin</th><th>At, s</th>");
    plan.parameters().forEach(p -> page.append("<th>").append(escaped(p.path())).append("</th>"));
    page.append("</tr></thead><tbody>");
    for (SearchSample sample : worst) {
      page.append("<tr><th>").append(sample.id()).append("</th><td>").append(sample.verdict());
      cell(margin(sample));
      cell(String.format(Locale.ROOT, "%.1f", sample.timeSeconds()));
      for (int i = 0; i < sample.values().length; i++) {
        cell(plan.parameters().get(i).shown(sample.values()[i]));
      }
      page.append("</tr>");
    }
    page.append("</tbody></table></div>");
  }

  private void statistics() {
    SearchStatistics s = SearchStatistics.of(samples, plan.parameters().size());
    page.append("<section><h2>The sweep</h2><p>");
    page.append(escaped(sentence(s, samples)));
    page.append("</p><div class=\"scroll\"><table><thead><tr><th>Parameter</th>");
    page.append("<th>From</th><th>To</th><th>Rank correlation with the margin</th></tr></thead>");
    page.append("<tbody>");
    for (int i = 0; i < plan.parameters().size(); i++) {
      SearchParameter p = plan.parameters().get(i);
      page.append("<tr><th>").append(escaped(p.path())).append("</th>");
      cell(p.shown(p.low()));
      cell(p.shown(p.high()));
      double influence = s.influence().get(i);
      cell(Double.isFinite(influence) ? String.format(Locale.ROOT, "%+.2f", influence) : "–");
      page.append("</tr>");
    }
    page.append("</tbody></table></div></section>");
  }

  /** The sweep's figures in a sentence. */
  public static String sentence(SearchStatistics s, List<SearchSample> samples) {
    String unit = samples.isEmpty() ? "" : " " + samples.get(0).unit();
    return String.format(
        Locale.ROOT,
        "%d runs, %d judged: %d FAIL (%.2g to %.2g %% of the range with 95 %%), margin %.4g ± %.3g,"
            + " 5 of 100 below %.4g, worst %.4g%s",
        s.runs(),
        s.judged(),
        s.failed(),
        100 * s.failedLow(),
        100 * s.failedHigh(),
        s.mean(),
        s.sigma(),
        s.percentile5(),
        s.worst(),
        unit);
  }

  private void plots() {
    List<SearchSample> shown = samples.stream().filter(s -> Double.isFinite(s.margin())).toList();
    String unit = shown.isEmpty() ? "" : shown.get(0).unit();
    page.append("<section><h2>Margins</h2><p class=\"muted\">Filled: the sweep. Open: from its ");
    page.append("worst points on by CMA-ES. Squares failed.</p><div class=\"plots\">");
    List<SearchSample> order = new ArrayList<>(shown);
    page.append(
        new ScatterPlot("In the order of the search", "sample", unit, order, order::indexOf, false)
            .html());
    for (int i = 0; i < plan.parameters().size(); i++) {
      int index = i;
      SearchParameter p = plan.parameters().get(i);
      String axis = p.path() + (p.unit().isEmpty() ? "" : " in " + p.unit());
      page.append(
          new ScatterPlot(p.path(), axis, unit, shown, s -> s.values()[index], p.isLogarithmic())
              .html());
    }
    page.append("</div></section>");
  }

  private void cell(String text) {
    page.append("<td>").append(escaped(text)).append("</td>");
  }

  private static String margin(SearchSample sample) {
    return String.format(Locale.ROOT, "%+.4g %s", sample.margin(), sample.unit()).strip();
  }

  private static String escaped(String text) {
    return JUnitXml.escaped(text);
  }
}
