package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.BuildInfo;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.lab.OutputFiles;
import dev.anodyne.hil.report.AllureResults;
import dev.anodyne.hil.report.HtmlReport;
import dev.anodyne.hil.report.JUnitXml;
import dev.anodyne.hil.report.RunFile;
import dev.anodyne.hil.report.TraceCsv;
import dev.anodyne.hil.report.TraceFile;
import dev.anodyne.hil.stl.Trace;
import dev.anodyne.hil.verdict.ScenarioResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The files that bench runs leave. */
final class HilRunFiles {
  private final List<ScenarioResult> results;
  private final boolean withSeeds;

  /**
   * Of some runs.
   *
   * @param withSeeds whether a scenario is there with several seeds
   */
  HilRunFiles(List<ScenarioResult> results, boolean withSeeds) {
    this.results = results;
    this.withSeeds = withSeeds;
  }

  void junit(Path file) throws IOException {
    OutputFiles.write(file, out -> out.write(JUnitXml.of(results)));
  }

  void allure(Path folder) throws IOException {
    long now = System.currentTimeMillis();
    for (ScenarioResult result : results) {
      Trace trace = result.trace();
      if (trace != null) {
        Path attachment = folder.resolve(AllureResults.attachmentName(result));
        OutputFiles.write(attachment, out -> TraceCsv.write(trace, out));
      }
      String text = Json.pretty(AllureResults.json(result, now, trace != null));
      OutputFiles.write(folder.resolve(AllureResults.fileName(result)), out -> out.write(text));
    }
  }

  /** The page, the results, and each run's channels. */
  void report(Path folder, String command, List<String> recordings) throws IOException {
    String page = HtmlReport.of(results, command, BuildInfo.version());
    OutputFiles.write(folder.resolve("report.html"), out -> out.write(page));
    OutputFiles.write(
        folder.resolve("results.json"), out -> out.write(Json.pretty(HilResultText.json(results))));
    for (ScenarioResult result : results) {
      Trace trace = result.trace();
      if (trace == null) {
        continue;
      }
      Path csv = folder.resolve(name(result) + ".csv");
      OutputFiles.write(csv, out -> TraceCsv.write(trace, out));
      for (String format : recordings) {
        Path part = folder.resolve("." + name(result) + ".part." + format);
        TraceFile.write(trace, part);
        Path file = folder.resolve(name(result) + "." + format);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** What each run can be repeated from. */
  void runs(Path folder, String sut, String pace) throws IOException {
    for (ScenarioResult result : results) {
      if (result.trace() == null) {
        continue;
      }
      RunFile run =
          new RunFile(
              result.file(),
              RunFile.digest(Path.of(result.file())),
              sut,
              result.seed(),
              pace,
              result.verdict().name(),
              BuildInfo.version(),
              name(result) + ".csv");
      Path file = folder.resolve(name(result) + RunFile.ENDING);
      OutputFiles.write(file, out -> out.write(Json.pretty(run.json())));
    }
  }

  private String name(ScenarioResult result) {
    return result.id() + (withSeeds ? "-" + result.seed() : "");
  }
}
