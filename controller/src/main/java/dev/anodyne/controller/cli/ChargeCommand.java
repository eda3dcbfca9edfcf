package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.Adaptation;
import dev.anodyne.controller.lab.ChargeSetup;
import dev.anodyne.controller.lab.ClosedLoopRun;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.lab.OutputFiles;
import dev.anodyne.controller.lab.Parts;
import dev.anodyne.controller.lab.PlantChoice;
import dev.anodyne.controller.lab.Results;
import dev.anodyne.controller.lab.RunResult;
import dev.anodyne.controller.lab.recording.ChargeRecording;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.estimators.identification.Identification;
import dev.anodyne.estimators.identification.RecordedSession;
import dev.anodyne.mpc.spec.PolicySpec;
import dev.anodyne.plantsim.PlantConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One closed-loop charge of one cell in process, as fast as it computes. */
@Command(
    name = "charge",
    description = "Charge one simulated cell in a closed loop, as fast as it computes.",
    footer = {
      "",
      "Policies: mpc, cccv:RATE, cccv-noplating, multistage, boost, pulse, cccv-t, map, rider,",
      "inversion, rider-oracle, optimum (open loop, computed on the true plant: a bound), or a file",
      "(docs/policies.md).",
      "Estimators: physics, learned, augmented, informed, a model file, or truth (an oracle);",
      "physics:calibrated and augmented:calibrated for calibrated sensors.",
      "Exit code 1: the target was not reached.",
      "",
      "Example:",
      "  anodyne charge --cell lgm50 --policy mpc --out out/charge"
    })
final class ChargeCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private CellOptions cellOptions = new CellOptions();
  @Mixin private AmbientOption ambientOption = new AmbientOption();
  @Mixin private WindowOptions window = new WindowOptions();
  @Mixin private LimitOptions limits = new LimitOptions();
  @Mixin private OutlookOptions ahead = new OutlookOptions();
  @Mixin private ControlOptions control = new ControlOptions();
  @Mixin private SensorOption accuracy = new SensorOption();
  @Mixin private PeriodOption period = new PeriodOption(PeriodOption.STATION_SECONDS);

  @Option(
      names = "--plant",
      paramLabel = "PLANT",
      defaultValue = "nominal",
      description = {
        "nominal, mismatch (±20 %% from the seed), mismatch:FRACTION, or a YAML file with variation,",
        "ageing, sensorNoise, mismatch, aged, sensors, charger, limits. Default: ${DEFAULT-VALUE}."
      })
  private String plant = "nominal";

  @Option(
      names = "--scenario",
      paramLabel = "FILE.yaml",
      description = {
        "A plant file that also says what is charged, from where to where, within which limits:",
        "counts instead of --plant and of the options for these."
      })
  private @Nullable Path scenario;

  @Option(
      names = "--battery",
      paramLabel = "FILE.json",
      description = {
        "What earlier charges told about this battery: estimator and policy start from it, and it",
        "is updated after the charge. Begun when it is not there."
      })
  private @Nullable Path battery;

  @Option(
      names = "--no-learn",
      description = "Use --battery's file, but do not update it: the charge can be made again.")
  private boolean noLearn;

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
      paramLabel = "DIR",
      required = true,
      description = "Where trace.csv, summary.json, report.html and recording.jsonl.gz go.")
  private Path out = Path.of("out");

  ChargeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    common.applyLogging();
    ChargeSetup setup = ahead.aim().applyTo(setup());
    Parts.check(setup);
    String plantName = scenario == null ? plant : scenario.toString();
    PlantConfig config = PlantChoice.of(plantName, setup);
    OutputFiles.directory("--out", out);
    Adaptation adaptation =
        battery == null
            ? null
            : Adaptation.open(
                battery, setup.cell(), sensors, Estimators.sensorsOf(setup.estimator()));
    ChargeSetup known = adaptation == null ? setup : setup.withIdentified(adaptation.current());
    RecordedSession session = new RecordedSession(setup.layout());
    String cellSource = scenario == null ? cellOptions.cell : setup.cell().name();
    ChargeRecording recording =
        ChargeRecording.of(ClosedLoopRun.told(known, config), cellSource, adaptation);
    RunResult run;
    try (TerminalProgress progress = new TerminalProgress(terminal, "Charging")) {
      run = ClosedLoopRun.run(known, config, setup.policy(), progress, session::add, recording);
    }
    Results results = new Results(setup, run);
    results.write(out, plantName);
    if (run.stay().isPresent()) {
      run.stay().get().write(out);
    }
    recording.write(out);
    Identification found =
        adaptation == null || noLearn
            ? null
            : adaptation.learn(session, OptionalDouble.of(setup.ambientKelvin()));
    if (common.json) {
      Map<String, @Nullable Object> json = run.summaryMap();
      run.stay().ifPresent(stay -> json.put("stay", stay.toMap()));
      if (adaptation != null && found != null) {
        json.put("battery", adaptation.toMap(found));
      }
      terminal.result(Json.pretty(json));
    } else {
      terminal.result(results.text());
      run.stay().ifPresent(stay -> terminal.result(stay.text()));
      if (adaptation != null && found != null) {
        terminal.result(adaptation.text(found));
      }
      terminal.result("Results in " + out + ".");
    }
    return run.reached() ? ExitCode.DONE : ExitCode.NO;
  }

  private ChargeSetup setup() {
    window.check();
    String policy = control.policy;
    PolicySpec spec = Parts.spec(policy);
    if (scenario != null) {
      ChargeSetup told =
          PlantChoice.scenario(scenario, policy, Parts.TRUTH, period.seconds(), window.seed());
      return told.with(policy, accuracy.of(control.belief(told.cell(), spec))).withSpec(spec);
    }
    CellParameters cell = cellOptions.closedLoop();
    return new ChargeSetup(
            cell,
            PackLayout.SINGLE_CELL,
            policy,
            accuracy.of(control.belief(cell, spec)),
            window.from,
            window.to,
            ambientOption.kelvin(),
            cellOptions.heatTransfer.closedLoop(),
            limits.volts(cell),
            limits.kelvin(),
            limits.cRate(),
            period.seconds(),
            window.seed())
        .withSpec(spec);
  }
}
