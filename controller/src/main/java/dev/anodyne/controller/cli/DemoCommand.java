package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.Baselines;
import dev.anodyne.controller.lab.ChargeSetup;
import dev.anodyne.controller.lab.Comparison;
import dev.anodyne.controller.lab.Demo;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.lab.OutputFiles;
import dev.anodyne.controller.lab.Parts;
import dev.anodyne.controller.lab.RunResult;
import dev.anodyne.controller.lab.recording.ChargeRecording;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.plantsim.PlantConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job: a simulated pack behind an OPC UA charger, charged by the controller. */
@Command(
    name = "demo",
    description = {
      "Charge a simulated 4s1p pack over OPC UA with the model-predictive controller, watch it on",
      "the dashboard, and compare it with CC-CV charges."
    },
    footer = {
      "",
      "Above speed 10 the plant waits for each period's command; at or below, deadlines are",
      "measured and shown. Without --headless it stays up until Ctrl-C.",
      "Exit code 1: the target was not reached, or a limit was passed.",
      "",
      "Example:",
      "  anodyne demo",
      "  anodyne demo --headless --ambient-c 10 --out out/cold"
    })
final class DemoCommand implements Callable<Integer> {
  private static final PackLayout PACK = new PackLayout(4, 1);
  private static final int CORES = Math.max(1, Runtime.getRuntime().availableProcessors());

  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private CellOptions cellOptions = new CellOptions();
  @Mixin private AmbientOption ambientOption = new AmbientOption();
  @Mixin private WindowOptions window = new WindowOptions();
  @Mixin private LimitOptions limits = new LimitOptions();

  @Option(
      names = "--estimator",
      paramLabel = "E",
      description = "Who perceives the state. Default: augmented where a model is shipped.")
  private @Nullable String estimator;

  @Option(names = "--headless", description = "Exit when the result is there.")
  private boolean headless;

  @Option(
      names = "--speed",
      paramLabel = "F",
      defaultValue = "60",
      description = "Plant seconds a second. Default: ${DEFAULT-VALUE}.")
  private double speed;

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "8080",
      description = "The dashboard's port; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "out/demo",
      description = {
        "Where trace.csv, summary.json, report.html and recording.jsonl.gz go. Default:",
        "${DEFAULT-VALUE}."
      })
  private Path out = Path.of("out/demo");

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    common.applyLogging();
    ChargeSetup setup = setup();
    Parts.check(setup);
    Checks.freePort("--port", port);
    OutputFiles.directory("--out", out);
    PlantConfig plant = Demo.plant(setup);
    // Stopped before the target: the answer is no.
    AtomicInteger ending = new AtomicInteger(ExitCode.NO);
    try (Demo demo = Demo.start(setup, plant, speed, port, out.resolve(ChargeRecording.FILE));
        Shutdown ignored = Shutdown.ending(demo, ending::get)) {
      announce(demo, setup);
      Comparison comparison = run(demo, setup, plant);
      comparison.write(out, speed);
      ending.set(comparison.isGood() ? ExitCode.DONE : ExitCode.NO);
      terminal.result(
          common.json ? Json.pretty(comparison.toMap()) : comparison.text().stripTrailing());
      terminal.note(
          "Results in " + out + ": report.html, summary.json, trace.csv, recording.jsonl.gz.");
      if (!headless) {
        terminal.note("The dashboard stays up at " + demo.dashboardUrl() + " until Ctrl-C.");
        new CountDownLatch(1).await();
      }
      return ending.get();
    }
  }

  private Comparison run(Demo demo, ChargeSetup setup, PlantConfig plant)
      throws InterruptedException {
    // The charge needs about one core; the baselines take what is left until it is over.
    try (Baselines baselines = new Baselines(setup, plant, 1)) {
      RunResult main;
      try (TerminalProgress progress = new TerminalProgress(terminal, "Charging")) {
        main = demo.awaitCharge(progress);
      }
      demo.publish("Computing the baselines …", List.of(main));
      terminal.note("Charged. Computing what is left of the baselines …");
      baselines.widen(CORES);
      Comparison comparison = new Comparison(setup, main, baselines.await());
      demo.publish(comparison.headline(), comparison.all());
      return comparison;
    }
  }

  private void announce(Demo demo, ChargeSetup setup) {
    terminal.note("Charger:   " + demo.chargerUrl() + " (OPC UA, Basic256Sha256, user name)");
    terminal.note("Dashboard: " + demo.dashboardUrl());
    terminal.note(
        "Charging a simulated "
            + setup.layout()
            + " pack of "
            + setup.cell().name()
            + " from "
            + Checks.text(window.from)
            + " to "
            + Checks.text(window.to)
            + " with policy "
            + setup.policy()
            + " and estimator "
            + setup.estimator()
            + " …");
  }

  private ChargeSetup setup() {
    window.check();
    Checks.within("--speed", speed, 0.1, 10_000, "");
    double ambient = ambientOption.kelvin();
    CellParameters cell = cellOptions.closedLoop();
    if (Parts.TRUTH.equals(estimator)) {
      throw new InputException(
          "--estimator: 'truth' needs the plant in the same process; allowed: "
              + String.join(", ", Estimators.NAMES)
              + ", or a model file.\nMaybe anodyne charge --estimator truth is meant.");
    }
    return new ChargeSetup(
        cell,
        PACK,
        "mpc",
        estimator == null ? Estimators.defaultFor(cell) : estimator,
        window.from,
        window.to,
        ambient,
        cellOptions.heatTransfer.closedLoop(),
        limits.volts(cell),
        limits.kelvin(),
        limits.cRate(),
        1.0,
        window.seed());
  }
}
