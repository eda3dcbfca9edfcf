package dev.anodyne.hil.report;

import dev.anodyne.hil.verdict.CheckResult;
import dev.anodyne.hil.verdict.ScenarioResult;
import dev.anodyne.hil.verdict.Verdict;
import java.util.List;
import java.util.Locale;

/**
 * Results in the form that build servers read: one test suite a scenario, one test case a check.
 * FAIL is a failure; INVALID and ERROR are errors; INCONCLUSIVE is skipped.
 */
public final class JUnitXml {
  private JUnitXml() {}

  /** The document. */
  public static String of(List<ScenarioResult> results) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    int tests = results.stream().mapToInt(JUnitXml::cases).sum();
    xml.append("<testsuites name=\"anodyne hil\" tests=\"")
        .append(tests)
        .append("\" failures=\"")
        .append(count(results, Verdict.FAIL))
        .append("\" errors=\"")
        .append(results.stream().mapToInt(JUnitXml::errors).sum())
        .append("\">\n");
    results.forEach(result -> suite(xml, result));
    return xml.append("</testsuites>\n").toString();
  }

  private static void suite(StringBuilder xml, ScenarioResult result) {
    String name = result.id() + (result.seed() == 1 ? "" : " (seed " + result.seed() + ")");
    xml.append("  <testsuite name=\"").append(escaped(name));
    xml.append("\" tests=\"").append(cases(result));
    xml.append("\" failures=\"").append(count(List.of(result), Verdict.FAIL));
    xml.append("\" errors=\"").append(errors(result));
    xml.append("\" skipped=\"").append(count(List.of(result), Verdict.INCONCLUSIVE));
    xml.append("\" time=\"").append(seconds(result.wallSeconds())).append("\">\n");
    xml.append("    <properties>\n");
    property(xml, "title", result.title());
    property(xml, "sut", result.sut());
    property(xml, "seed", String.valueOf(result.seed()));
    property(xml, "verdict", result.verdict().name());
    property(xml, "stated", result.stated().name());
    result.verifies().forEach(requirement -> property(xml, "verifies", requirement));
    xml.append("    </properties>\n");
    result.checks().forEach(check -> testCase(xml, name, check));
    if (isBroken(result)) {
      xml.append("    <testcase classname=\"").append(escaped(name)).append("\" name=\"run\">");
      xml.append("<error type=\"").append(result.verdict()).append("\" message=\"");
      xml.append(escaped(result.reason())).append("\"/></testcase>\n");
    }
    xml.append("  </testsuite>\n");
  }

  private static void property(StringBuilder xml, String name, String value) {
    xml.append("      <property name=\"").append(escaped(name)).append("\" value=\"");
    xml.append(escaped(value)).append("\"/>\n");
  }

  private static void testCase(StringBuilder xml, String suite, CheckResult check) {
    xml.append("    <testcase classname=\"").append(escaped(suite));
    xml.append("\" name=\"").append(escaped(check.name())).append('"');
    if (check.verdict() == Verdict.PASS) {
      xml.append("/>\n");
      return;
    }
    String element =
        switch (check.verdict()) {
          case FAIL -> "failure";
          case INCONCLUSIVE -> "skipped";
          default -> "error";
        };
    xml.append('>').append('<').append(element);
    if (check.verdict() != Verdict.INCONCLUSIVE) {
      xml.append(" type=\"").append(check.verdict()).append('"');
    }
    xml.append(" message=\"").append(escaped(check.detail())).append("\">");
    xml.append(escaped(check.formula()));
    xml.append("</").append(element).append("></testcase>\n");
  }

  private static int cases(ScenarioResult result) {
    return result.checks().size() + (isBroken(result) ? 1 : 0);
  }

  /** The run itself has something to say beside its checks. */
  private static boolean isBroken(ScenarioResult result) {
    return !result.reason().isEmpty()
        && (result.verdict() == Verdict.ERROR || result.verdict() == Verdict.INVALID);
  }

  private static int count(List<ScenarioResult> results, Verdict verdict) {
    return (int)
        results.stream()
            .flatMap(result -> result.checks().stream())
            .filter(check -> check.verdict() == verdict)
            .count();
  }

  private static int errors(ScenarioResult result) {
    return count(List.of(result), Verdict.ERROR)
        + count(List.of(result), Verdict.INVALID)
        + (isBroken(result) ? 1 : 0);
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** Text for attributes and elements; what XML 1.0 cannot hold becomes a question mark. */
  public static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                case '\n' -> safe.append("&#10;");
                default -> {
                  boolean possible =
                      c >= 0x20 && c != 0xFFFE && c != 0xFFFF && !(c >= 0xD800 && c < 0xE000);
                  safe.appendCodePoint(possible ? c : '?');
                }
              }
            });
    return safe.toString();
  }
}
