package dev.anodyne.hil.scenario;

import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.hil.fault.FaultBench;
import dev.anodyne.hil.fault.Wire;
import dev.anodyne.hil.stl.Trace;
import dev.anodyne.hil.sut.SutFactory;
import dev.anodyne.hil.sut.SystemUnderTest;
import dev.anodyne.hil.verdict.ScenarioResult;
import dev.anodyne.hil.yaml.ScenarioException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a scenario with a controller in the same process: plant, line and controller in step,
 * as fast as they compute or by the clock. The same scenario, controller and seed give the same
 * trace in lock-step, bit for bit.
 */
public final class ScenarioRun {
  /** Longest step of the plant, s; faults and triggers act between steps. */
  static final double STEP_SECONDS = 0.5;

  private static final Logger LOG = LoggerFactory.getLogger(ScenarioRun.class);

  /** Hears how far a run is. */
  @FunctionalInterface
  public interface Progress {
    /** Plant time so far, and in all, s. */
    void at(double seconds, double ofSeconds);
  }

  private final Scenario scenario;
  private final SimulatedPack pack;
  private final InProcessLine line = new InProcessLine();
  private final ScenarioStage stage;
  private final Progress progress;
  private final RunPace pace;
  private double seconds;
  private String trouble = "";
  private boolean aborted;

  private ScenarioRun(Scenario scenario, double speed, Progress progress) {
    this.scenario = scenario;
    this.progress = progress;
    pack = new SimulatedPack(scenario.plant());
    stage = new ScenarioStage(scenario, pack, faults(scenario, pack, line));
    pace = new RunPace(speed, scenario.task().periodSeconds());
  }

  /**
   * Runs a scenario to its end and judges it.
   *
   * @param sut what results call the controller
   * @param factory makes it
   * @param speed plant seconds a second; +∞ for lock-step
   */
  public static ScenarioResult run(
      Scenario scenario, String sut, SutFactory factory, double speed, Progress progress) {
    long start = System.nanoTime();
    ScenarioRun run = new ScenarioRun(scenario, speed, progress);
    try (SystemUnderTest controller = factory.create(scenario.task())) {
      run.charge(controller);
    } catch (RuntimeException e) {
      LOG.error("Scenario {}: the controller failed", scenario.id(), e);
      run.trouble = "The controller failed at " + run.seconds + " s: " + e;
    }
    run.rest();
    Trace trace = run.stage.finish(run.seconds);
    return new Verdicts(scenario, sut, (System.nanoTime() - start) * 1e-9)
        .result(
            trace,
            run.stage.faultSpans(),
            new RunEnd(
                run.trouble, run.pace.complaint(), broken(run.pack, run.seconds), run.aborted));
  }

  /**
   * Makes a scenario's faults on a plant.
   *
   * @param wire the line to the controller
   * @throws ScenarioException for a fault that the plant cannot have
   */
  static List<FaultRun> faults(Scenario scenario, SimulatedPack pack, @Nullable Wire wire) {
    FaultBench bench = new FaultBench(pack.plant(), wire);
    List<FaultRun> faults = new ArrayList<>();
    for (FaultSpec spec : scenario.faults()) {
      long seed = FaultRun.seed(spec, scenario.plant().seed());
      try {
        faults.add(
            new FaultRun(
                spec, bench.make(spec.kind(), spec.target(), seed), scenario.plant().seed()));
      } catch (IllegalArgumentException e) {
        throw new ScenarioException(
            scenario.file() + ": faults." + spec.id() + ": " + e.getMessage(), e);
      }
    }
    return faults;
  }

  private void charge(SystemUnderTest controller) {
    double period = scenario.task().periodSeconds();
    for (long tick = 0; isGoingOn(); tick++) {
      pace.await(tick * period);
      stage.before(seconds);
      long now = nanos();
      ChargerStatus status = line.status(pack.image(now), pack.plant().status().isUsable(), now);
      CurrentCommand given = controller.decide(status, now);
      CurrentCommand held = line.command(given, now);
      pack.applyThermal(controller.thermal(now));
      move(held, Math.min((tick + 1) * period, scenario.durationSeconds()), true);
      progress.at(seconds, scenario.durationSeconds());
    }
  }

  private boolean isGoingOn() {
    aborted = Thread.currentThread().isInterrupted();
    return !aborted
        && !stage.isStopRequested()
        && seconds < scenario.durationSeconds() - 1e-9
        && pack.plant().status().isUsable();
  }

  /** Moves the plant on; the first step's beginning may have been staged already. */
  private void move(CurrentCommand command, double until, boolean staged) {
    double begin = seconds;
    int steps = Math.max(1, (int) Math.ceil((until - begin) / STEP_SECONDS - 1e-9));
    for (int i = 0; i < steps; i++) {
      if (i > 0 || !staged) {
        stage.before(seconds);
      }
      double next = begin + (until - begin) * (i + 1) / steps;
      pack.step(next - seconds, command, nanos());
      seconds = next;
    }
  }

  /** The controller is gone: no command any more, and no fault. */
  private void rest() {
    double rest = scenario.teardown().restSeconds();
    if (rest <= 0 || aborted) {
      return;
    }
    stage.release(seconds);
    double end = seconds + rest;
    while (seconds < end - 1e-9 && pack.plant().status().isUsable()) {
      move(CurrentCommand.zero(nanos()), Math.min(end, seconds + 1), false);
      pack.image(nanos()); // the sensors go on
    }
  }

  /** Why the battery cannot be computed any further; empty when it can. */
  static String broken(SimulatedPack pack, double seconds) {
    return pack.plant().status().isUsable()
        ? ""
        : "The plant's equations have no solution from " + seconds + " s on.";
  }

  private long nanos() {
    return Math.round(seconds * 1e9);
  }
}
