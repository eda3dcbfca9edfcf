package dev.anodyne.controller.lab.compare;

import dev.anodyne.controller.lab.ChargeSetup;
import dev.anodyne.controller.lab.Journal;
import dev.anodyne.controller.lab.Progress;
import dev.anodyne.controller.lab.RunResult;
import dev.anodyne.estimators.identification.BatteryRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Charges a grid on all cores. What the journal of the folder holds already is not computed again.
 * The rows are the same on any number of cores, but for times of computing.
 */
final class ComparisonRun implements AutoCloseable {
  /** A charge ends at its next decision; making one's parts can take some seconds. */
  private static final long PATIENCE_SECONDS = 10;

  private final ScenarioRunner runner;
  private final Path folder;
  private final Journal<CompareRow.Outcome> journal;
  private final ExecutorService pool;

  /** Does one charge; tests put others here. */
  @FunctionalInterface
  interface Charging {
    RunResult run(CompareTask task) throws InterruptedException;
  }

  /**
   * @param folder of the report; known batteries are kept there
   * @param threads how many charges at once
   */
  ComparisonRun(
      ScenarioRunner runner, Path folder, Journal<CompareRow.Outcome> journal, int threads) {
    this.runner = runner;
    this.folder = folder;
    this.journal = journal;
    AtomicInteger number = new AtomicInteger();
    pool =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "charge-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Rows in the order of the tasks. */
  List<CompareRow> run(List<CompareTask> tasks, Progress progress) throws InterruptedException {
    return run(tasks, progress, this::charge);
  }

  List<CompareRow> run(List<CompareTask> tasks, Progress progress, Charging charging)
      throws InterruptedException {
    List<CompareTask> open =
        tasks.stream().filter(t -> !journal.finished().containsKey(t.key())).toList();
    int kept = tasks.size() - open.size();
    AtomicInteger done = new AtomicInteger();
    List<Future<CompareRow>> futures = new ArrayList<>();
    for (CompareTask task : tasks) {
      CompareRow.Outcome before = journal.finished().get(task.key());
      futures.add(
          before != null
              ? CompletableFuture.completedFuture(CompareRow.of(task, before))
              : pool.submit(
                  () -> {
                    CompareRow row = row(task, charging);
                    keep(row);
                    int n = done.incrementAndGet();
                    progress.at((double) n / open.size(), message(kept + n, tasks.size(), row));
                    return row;
                  }));
    }
    return await(futures);
  }

  /** A failed charge is not kept: next time may be better. */
  private void keep(CompareRow row) {
    CompareRow.Outcome outcome = row.outcome();
    if (outcome != null) {
      journal.add(row.key(), outcome);
    }
  }

  private static String message(int done, int all, CompareRow newest) {
    return done + " of " + all + (newest.outcome() == null ? ", one failed" : "");
  }

  private static CompareRow row(CompareTask task, Charging charging) throws InterruptedException {
    long start = System.nanoTime();
    try {
      RunResult run = charging.run(task);
      return CompareRow.of(task, CompareRow.Outcome.of(run, (System.nanoTime() - start) * 1e-9));
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      return CompareRow.failed(task, e);
    }
  }

  /** The charge of a task; what an earlier charge told about its battery is kept in a file. */
  private RunResult charge(CompareTask task) throws InterruptedException {
    Scenario scenario = task.scenario();
    ChargeSetup setup = runner.setup(scenario, task.contender());
    if (!scenario.known()) {
      return runner.runAs(scenario, setup);
    }
    BatteryRecord battery = runner.earlier(scenario, setup);
    BatteryFiles.write(battery, folder, task.key());
    return runner.runAs(scenario, ScenarioRunner.withKnown(setup, battery));
  }

  /** Work on an item. */
  @FunctionalInterface
  interface Work<T, R> {
    R of(T item) throws InterruptedException;
  }

  /** Does something with every item on all threads; results are in the items' order. */
  <T, R> List<R> all(List<T> items, Work<T, R> work, Progress progress)
      throws InterruptedException {
    AtomicInteger done = new AtomicInteger();
    List<Future<R>> futures = new ArrayList<>();
    for (T item : items) {
      futures.add(
          pool.submit(
              () -> {
                R result = work.of(item);
                int n = done.incrementAndGet();
                progress.at((double) n / items.size(), n + " of " + items.size());
                return result;
              }));
    }
    return await(futures);
  }

  private <R> List<R> await(List<Future<R>> futures) throws InterruptedException {
    List<R> results = new ArrayList<>();
    try {
      for (Future<R> future : futures) {
        results.add(future.get());
      }
    } catch (ExecutionException e) {
      pool.shutdownNow();
      if (e.getCause() instanceof InterruptedException) {
        throw new CancellationException();
      }
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
    }
    return results;
  }

  /** Stops what runs and waits for it; what is finished is in the journal. */
  @Override
  public void close() {
    pool.shutdownNow();
    try {
      if (!pool.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("A charge does not end.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
