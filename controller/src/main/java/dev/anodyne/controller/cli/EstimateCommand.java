package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.Adaptation;
import dev.anodyne.controller.lab.Estimation;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.lab.OutputFiles;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.estimators.identification.Identification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An estimator over recorded measurements of one cell. */
@Command(
    name = "estimate",
    description = "Run an estimator over recorded measurements of one cell.",
    footer = {
      "",
      "The input has the columns 'Time [s]', 'Current [A]' (positive when charging), 'Voltage [V]'",
      "and 'Temperature [K]'. Without --initial-soc the state is found from the data.",
      "",
      "Example:",
      "  anodyne estimate --cell lgm50 --input out/2C.csv --out out/estimate.csv"
    })
final class EstimateCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private CellOptions cellOptions = new CellOptions();
  @Mixin private SensorOption accuracy = new SensorOption();

  @Option(
      names = "--estimator",
      paramLabel = "E",
      description =
          "physics, learned, augmented, informed, or a model file. Default: augmented where a model"
              + " is shipped.")
  private @Nullable String estimator;

  @Option(
      names = "--input",
      paramLabel = "F.csv",
      required = true,
      description = "The measurements.")
  private Path input = Path.of("measurements.csv");

  @Option(
      names = "--initial-soc",
      paramLabel = "S",
      description = "State of charge at the first sample, 0 to 1.")
  private @Nullable Double initialSoc;

  @Option(
      names = "--battery",
      paramLabel = "FILE.json",
      description = {
        "What earlier sessions told about this battery: the estimator starts from it, and it is",
        "updated from these measurements. Begun when it is not there."
      })
  private @Nullable Path battery;

  @Option(
      names = "--sensors",
      paramLabel = "NAME",
      defaultValue = "",
      description = {
        "Name of the sensors that measure: what --battery's file knows of their errors is used when",
        "they measured the session before too. Default: they are unknown."
      })
  private String sensors = "";

  @Option(
      names = "--out",
      paramLabel = "F.csv",
      required = true,
      description = "Where the estimates go.")
  private Path out = Path.of("estimate.csv");

  EstimateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    common.applyLogging();
    Double soc = initialSoc == null ? null : (Double) Checks.soc("--initial-soc", initialSoc);
    CellParameters cell = cellOptions.load();
    String name =
        accuracy.of(Objects.requireNonNullElseGet(estimator, () -> Estimators.defaultFor(cell)));
    Checks.readable("--input", input);
    Estimation.Input samples = Estimation.read(input);
    EstimatorOptions options =
        EstimatorOptions.DEFAULT.withPeriodSeconds(samples.typicalPeriodSeconds());
    Adaptation adaptation =
        battery == null
            ? null
            : Adaptation.open(battery, cell, sensors, Estimators.sensorsOf(name));
    EstimatorOptions ofBattery =
        adaptation == null ? options : options.withIdentified(adaptation.current());
    EstimatorOptions known = soc == null ? ofBattery : ofBattery.withInitialSoc(soc);
    StateEstimator made =
        InputException.checking(
            "--estimator", () -> Estimators.create(name, cell, PackLayout.SINGLE_CELL, known));
    OutputFiles.file("--out", out);
    Estimation.Outcome outcome = Estimation.run(samples, made, out);
    tellOfDoubt(outcome);
    Identification found =
        adaptation == null ? null : adaptation.learn(samples.session(), OptionalDouble.empty());
    if (common.json) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("out", out.toString());
      json.put("estimator", name);
      json.put("rows", outcome.rows());
      json.put("rows_without_estimate", outcome.rowsWithoutEstimate());
      json.put("rows_out_of_range", outcome.rowsOutOfRange());
      if (adaptation != null && found != null) {
        json.put("battery", adaptation.toMap(found));
      }
      terminal.result(Json.pretty(json));
    } else {
      terminal.result(
          outcome.rows()
              + " rows by estimator "
              + name
              + " in "
              + out
              + "; "
              + outcome.rowsWithoutEstimate()
              + " without an estimate, "
              + outcome.rowsOutOfRange()
              + " outside the training range.");
      if (adaptation != null && found != null) {
        terminal.result(adaptation.text(found));
      }
    }
    return outcome.rowsWithoutEstimate() == outcome.rows() ? ExitCode.NO : ExitCode.DONE;
  }

  /** What the file of estimates cannot say by itself, on standard error. */
  private void tellOfDoubt(Estimation.Outcome outcome) {
    if (outcome.rowsWithoutEstimate() > 0) {
      terminal.note(
          input
              + ": "
              + outcome.rowsWithoutEstimate()
              + " of "
              + outcome.rows()
              + " rows could not be used, first at "
              + outcome.firstWithoutEstimateSeconds()
              + " s; their fields are empty.");
    }
    if (outcome.rowsOutOfRange() > 0) {
      terminal.note(
          input
              + ": "
              + outcome.rowsOutOfRange()
              + " of "
              + outcome.rows()
              + " rows are outside the training range or doubtful, first at "
              + outcome.firstOutOfRangeSeconds()
              + " s; their bounds are wider.");
    }
  }
}
