package dev.anodyne.controller.lab.study;

import dev.anodyne.controller.lab.ChargeSetup;
import dev.anodyne.controller.lab.ClosedLoopRun;
import dev.anodyne.controller.lab.Parts;
import dev.anodyne.controller.lab.PlantChoice;
import dev.anodyne.controller.lab.Progress;
import dev.anodyne.controller.lab.RunResult;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.estimators.identification.CellIdentifier;
import dev.anodyne.estimators.identification.FitNoise;
import dev.anodyne.estimators.identification.IdentifiedCell;
import dev.anodyne.estimators.identification.RecordedSession;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.pack.PackBuild;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/**
 * Charges many batteries that differ from what the controller believes, each for the first time and
 * then once more with what the first charge told, and keeps what their anodes went through. The
 * same request gives the same figures on any number of cores.
 */
public final class SafetyStudy {
  private static final double TARGET_SOC = 0.8;
  private static final double MAX_TEMPERATURE_KELVIN = PlantConfig.DEFAULT_MAX_TEMPERATURE_KELVIN;

  /** Where it is as warm as the cells may get, nothing could be charged: this much more there. */
  private static final double LEAST_ROOM_KELVIN = 10.0;

  private final StudyRequest request;
  private final double newOhm;
  private final BiConsumer<String, RunResult> listener;

  private SafetyStudy(StudyRequest request, BiConsumer<String, RunResult> listener) {
    this.request = request;
    this.listener = listener;
    newOhm = StudyBattery.newOhm(request.cell());
  }

  /**
   * Runs the study on all cores.
   *
   * @param listener hears every charge with its trace by the name battery-session, from any thread
   */
  public static StudyResult run(
      StudyRequest request, Progress progress, BiConsumer<String, RunResult> listener)
      throws InterruptedException {
    return new StudyResult(request, new SafetyStudy(request, listener).run(progress));
  }

  /**
   * Checks names before minutes of computing.
   *
   * @throws dev.anodyne.controller.lab.InputException naming the option
   */
  public static void check(StudyRequest request) {
    StudyCharge any = StudyCharge.first(StudyBattery.stream(request.seed(), 0, 1));
    Parts.check(new SafetyStudy(request, (name, run) -> {}).setup(any));
  }

  private List<StudyRow> run(Progress progress) throws InterruptedException {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    AtomicInteger done = new AtomicInteger();
    AtomicInteger plated = new AtomicInteger();
    try {
      List<Future<List<StudyRow>>> futures = new ArrayList<>();
      for (int number : request.numbers()) {
        futures.add(
            threads.submit(
                () -> {
                  List<StudyRow> rows = battery(number);
                  rows.forEach(r -> plated.addAndGet(r.isPlated() ? 1 : 0));
                  int n = done.incrementAndGet();
                  progress.at(
                      (double) n / request.batteries(),
                      n + " of " + request.batteries() + " batteries, " + plated + " plated");
                  return rows;
                }));
      }
      List<StudyRow> rows = new ArrayList<>();
      for (Future<List<StudyRow>> future : futures) {
        rows.addAll(future.get());
      }
      return rows;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Both charges of a battery. */
  List<StudyRow> battery(int number) throws InterruptedException {
    StudyBattery battery = StudyBattery.of(request.seed(), number, request.cell(), newOhm);
    RandomGenerator random = StudyBattery.stream(request.seed(), number, 1);
    StudyCharge first = StudyCharge.first(random);
    RecordedSession session = new RecordedSession(PackLayout.SINGLE_CELL);
    List<StudyRow> rows = new ArrayList<>();
    rows.add(charge(battery, first, 1, IdentifiedCell.unknown(request.cell()), session));
    IdentifiedCell known =
        new CellIdentifier(
                request.cell(),
                P2dOptions.CONTROL,
                FitNoise.STANDARD,
                OptionalDouble.of(first.believedAmbientKelvin()))
            .identify(
                session, IdentifiedCell.unknown(request.cell()).measuredBy(first.sensorsName()))
            .cell();
    StudyCharge second = first.next(random);
    RecordedSession unused = new RecordedSession(PackLayout.SINGLE_CELL);
    rows.add(charge(battery, second, 2, known.measuredBy(second.sensorsName()), unused));
    return rows;
  }

  private StudyRow charge(
      StudyBattery battery,
      StudyCharge charge,
      int session,
      IdentifiedCell known,
      RecordedSession recorded)
      throws InterruptedException {
    ChargeSetup unknown = setup(charge);
    ChargeSetup setup = known.sessions() > 0 ? unknown.withIdentified(known) : unknown;
    PlantConfig plant =
        PlantChoice.nominal(setup)
            .withAmbientKelvin(charge.ambientKelvin())
            .withCommon(battery.variation())
            .withBuild(PackBuild.IDEAL.withAgeing(battery.ageing()))
            .withSensors(charge.sensors());
    String name = battery.number() + "-" + session;
    RunResult run = ClosedLoopRun.run(setup, plant, name, Progress.NONE, recorded::add);
    listener.accept(name, run);
    return StudyRow.of(battery, charge, known.sessions(), run);
  }

  /** What the controller is told. */
  private ChargeSetup setup(StudyCharge charge) {
    return new ChargeSetup(
        request.cell(),
        PackLayout.SINGLE_CELL,
        request.policy(),
        request.estimator(),
        charge.fromSoc(),
        TARGET_SOC,
        charge.believedAmbientKelvin(),
        request.heatTransferWattsPerM2Kelvin(),
        request.cell().upperCutOffVolts(),
        Math.max(MAX_TEMPERATURE_KELVIN, charge.believedAmbientKelvin() + LEAST_ROOM_KELVIN),
        PlantConfig.DEFAULT_C_RATE,
        request.periodSeconds(),
        charge.plantSeed());
  }
}
