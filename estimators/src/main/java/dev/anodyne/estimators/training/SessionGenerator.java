package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.estimators.EstimatorOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator.SplittableGenerator;

/**
 * Simulates sessions. Each has its own seed from its number, so the data do not depend on the
 * number of threads.
 */
final class SessionGenerator {
  /** Training steps are twice the loop's period: half the cost, and no better filtered. */
  static final double STEP_SECONDS = 2.0;

  private static final double TRAINING_REFERENCE_SHARE = 0.35;
  private static final double JUDGING_REFERENCE_SHARE = 0.65;
  private static final int[] REFERENCE_SERIES = {4, 4, 1, 4, 8, 4, 1, 4, 1, 2};

  private final CellParameters cell;
  private final P2dOptions truth;
  private final P2dOptions twin;
  private final long seed;

  SessionGenerator(CellParameters cell, P2dOptions truth, long seed) {
    this(cell, truth, EstimatorOptions.DEFAULT.model(), seed);
  }

  /**
   * @param truth physics and resolution of the simulated cells
   * @param twin resolution of their digital twins
   */
  SessionGenerator(CellParameters cell, P2dOptions truth, P2dOptions twin, long seed) {
    this.cell = cell;
    this.truth = truth;
    this.twin = twin;
    this.seed = seed;
  }

  /** Sessions with numbers {@code first} (inclusive) to {@code first + count} (exclusive). */
  List<SessionData> generate(
      int first, int count, boolean judging, int workers, String stage, TrainingProgress progress) {
    ExecutorService pool =
        Executors.newFixedThreadPool(
            workers,
            task -> {
              Thread thread = new Thread(task, "training-data");
              thread.setDaemon(true);
              return thread;
            });
    try {
      AtomicInteger done = new AtomicInteger();
      List<Future<SessionData>> futures = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        int number = first + i;
        futures.add(
            pool.submit(
                () -> {
                  SessionData data = one(number, judging);
                  synchronized (progress) {
                    int n = done.incrementAndGet();
                    progress.advanced(stage, (double) n / count, n + " of " + count);
                  }
                  return data;
                }));
      }
      List<SessionData> sessions = new ArrayList<>(count);
      for (Future<SessionData> future : futures) {
        sessions.add(future.get());
      }
      return sessions;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Training was interrupted.", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A training session could not be simulated.", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * A battery's sessions for a data set, with every sample.
   *
   * @param refs all sessions of the battery, from the first one on
   * @param done is told each session when it is over
   */
  void battery(DataPlan plan, List<SessionRef> refs, Consumer<SessionData> done) {
    SessionSimulator simulator = simulator(true);
    if (plan == DataPlan.WIDE) {
      new WidePlan(cell, seed).simulate(refs, simulator, done);
      return;
    }
    for (SessionRef ref : refs) {
      done.accept(shipped(ref, ref.split() != Split.TRAIN, simulator));
    }
  }

  SessionData one(int number, boolean judging) {
    return shipped(new SessionRef(number, number, Split.TRAIN), judging, simulator(false));
  }

  private SessionSimulator simulator(boolean keepSamples) {
    return new SessionSimulator(cell, truth, twin, STEP_SECONDS, keepSamples);
  }

  private SessionData shipped(SessionRef ref, boolean judging, SessionSimulator simulator) {
    int number = ref.number();
    SplittableGenerator random = SeededRandom.of(seed * 1_000_003L + number);
    double share = judging ? JUDGING_REFERENCE_SHARE : TRAINING_REFERENCE_SHARE;
    SessionPlan plan;
    if (random.nextDouble() < share) {
      boolean aged = random.nextDouble() < 0.2;
      plan =
          SessionPlan.reference(
              cell.upperCutOffVolts(),
              REFERENCE_SERIES[Math.floorMod(number, REFERENCE_SERIES.length)],
              aged ? SessionPlan.mildAgeing(random) : CellVariation.NONE,
              aged,
              random);
    } else {
      plan = SessionPlan.broad(cell.upperCutOffVolts(), random);
    }
    SessionData data = simulator.run(plan, random, random);
    data.label = SessionLabel.of(ref, plan);
    return data;
  }
}
