package dev.anodyne.controller.lab.evaluation;

import dev.anodyne.controller.lab.Progress;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.estimators.evaluation.PhysicalIdentities;
import dev.anodyne.estimators.identification.CellIdentifier;
import dev.anodyne.estimators.identification.FitNoise;
import dev.anodyne.estimators.identification.Identification;
import dev.anodyne.estimators.identification.IdentifiedCell;
import dev.anodyne.estimators.identification.RecordedSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs the grid on all cores. Each battery is charged once; all estimators see that charge. Then it
 * is identified from what was measured, charged again, and all estimators see that with what was
 * identified. Everything but times of computing is fixed by the request, on any number of cores.
 */
public final class Evaluation {
  private final EvaluationRequest request;
  private final Progress progress;
  private final AtomicInteger done = new AtomicInteger();

  private Evaluation(EvaluationRequest request, Progress progress) {
    this.request = request;
    this.progress = progress;
  }

  /**
   * Runs what is asked for.
   *
   * @throws InterruptedException when the thread is asked to stop; nothing has been written then
   */
  public static EvaluationResult run(EvaluationRequest request, Progress progress)
      throws InterruptedException {
    return new Evaluation(request.checked(), progress).run();
  }

  private EvaluationResult run() throws InterruptedException {
    long start = System.nanoTime();
    List<Callable<List<SessionScore>>> tasks = tasks();
    List<SessionScore> scores = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<List<SessionScore>>> futures = new ArrayList<>();
      for (Callable<List<SessionScore>> task : tasks) {
        futures.add(
            pool.submit(
                () -> {
                  List<SessionScore> found = task.call();
                  int n = done.incrementAndGet();
                  progress.at((double) n / tasks.size(), n + " of " + tasks.size() + " batteries");
                  return found;
                }));
      }
      for (Future<List<SessionScore>> future : futures) {
        scores.addAll(future.get());
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
    } finally {
      pool.shutdownNow();
    }
    return new EvaluationResult(request, scores, (System.nanoTime() - start) * 1e-9);
  }

  /** Batteries of all strata in turn, so that the time left is known early. */
  private List<Callable<List<SessionScore>>> tasks() {
    List<Callable<List<SessionScore>>> tasks = new ArrayList<>();
    for (int number : request.numbers()) {
      for (Stratum stratum : request.strata()) {
        tasks.add(() -> battery(Battery.of(stratum, number, request.cell())));
      }
      if (request.cell().name().equals(OtherCode.CELL)
          && (request.stratum().isEmpty() || request.stratum().equals(OtherCode.NAME))) {
        tasks.add(() -> otherCode(number));
      }
    }
    return tasks;
  }

  private List<SessionScore> battery(Battery battery) {
    List<SessionScore> scores = new ArrayList<>();
    Charge first = Charge.of(battery.stratum(), battery.number(), 0);
    SessionTape tape = SessionRunner.run(battery, first, request.periodSeconds());
    judgeAll(battery, Phase.FIRST, first, tape, Optional.empty(), scores);
    if (battery.stratum().phases().contains(Phase.IDENTIFIED)) {
      Identification identified = identify(battery, first, tape);
      Charge second = Charge.of(battery.stratum(), battery.number(), 1);
      SessionTape next = SessionRunner.run(battery, second, request.periodSeconds());
      judgeAll(battery, Phase.IDENTIFIED, second, next, Optional.of(identified), scores);
    }
    return scores;
  }

  private void judgeAll(
      Battery battery,
      Phase phase,
      Charge charge,
      SessionTape tape,
      Optional<Identification> known,
      List<SessionScore> scores) {
    for (String name : request.estimators()) {
      StateEstimator estimator = estimator(name, battery, charge, known.map(Identification::cell));
      String note = known.map(Evaluation::note).orElse("");
      SessionScore score = new SessionScore(battery, phase, charge, name, note, tape.samples());
      scores.add(judge(tape, charge.joinSeconds(), estimator, score));
    }
  }

  private static String note(Identification found) {
    return found.accepted() ? "" : "; the first session told nothing: " + found.why();
  }

  private SessionScore judge(
      SessionTape tape, double joinSeconds, StateEstimator estimator, SessionScore score) {
    PhysicalIdentities identities = new PhysicalIdentities(request.cell());
    return Judge.judge(tape, joinSeconds, estimator, identities, score);
  }

  private StateEstimator estimator(
      String name, Battery battery, Charge charge, Optional<IdentifiedCell> known) {
    EstimatorOptions options =
        EstimatorOptions.DEFAULT
            .withPeriodSeconds(request.periodSeconds())
            .withAmbientKelvin(believedAmbient(battery, charge));
    EstimatorOptions own = known.map(options::withIdentified).orElse(options);
    return Estimators.create(name, battery.cell(), battery.layout(), own);
  }

  /** The ambient temperature as the battery's own thermometer tells it at rest. */
  private static double believedAmbient(Battery battery, Charge charge) {
    return charge.ambientKelvin() + battery.sensors().temperature().bias();
  }

  /** What the first session tells; nothing when it is refused. */
  private static Identification identify(Battery battery, Charge charge, SessionTape tape) {
    RecordedSession session = new RecordedSession(battery.layout());
    for (int i = 0; i < tape.samples(); i++) {
      session.add(tape.measurement(i));
    }
    return new CellIdentifier(
            battery.cell(),
            P2dOptions.CONTROL,
            FitNoise.STANDARD,
            OptionalDouble.of(believedAmbient(battery, charge)))
        .identify(session, IdentifiedCell.unknown(battery.cell()));
  }

  private List<SessionScore> otherCode(int seed) {
    SessionTape tape = OtherCode.tape(seed);
    List<SessionScore> scores = new ArrayList<>();
    for (String name : request.estimators()) {
      EstimatorOptions options =
          EstimatorOptions.DEFAULT
              .withPeriodSeconds(OtherCode.PERIOD_SECONDS)
              .withAmbientKelvin(OtherCode.AMBIENT_KELVIN)
              .withHeatTransfer(OtherCode.HEAT_TRANSFER);
      StateEstimator estimator =
          Estimators.create(name, request.cell(), PackLayout.SINGLE_CELL, options);
      SessionScore score =
          new SessionScore(
              OtherCode.NAME, Phase.FIRST, seed, name, OtherCode.CONDITIONS, tape.samples());
      scores.add(judge(tape, 0, estimator, score));
    }
    return scores;
  }
}
