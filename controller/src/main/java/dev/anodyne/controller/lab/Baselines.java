package dev.anodyne.controller.lab;

import dev.anodyne.plantsim.PlantConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What a charge is compared with, on the same plant with sensors that are right: CC-CV at 1C, the
 * fastest CC-CV that does not plate, CC-CV at the charger's full rate. Each computes in process.
 */
public final class Baselines implements AutoCloseable {
  private final ThreadPoolExecutor executor;
  private final List<Future<RunResult>> runs = new ArrayList<>();

  /**
   * Starts computing.
   *
   * @param setup window and limits
   * @param plant the true plant
   * @param threads how many runs at once
   */
  public Baselines(ChargeSetup setup, PlantConfig plant, int threads) {
    executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "baseline");
              thread.setDaemon(true);
              return thread;
            });
    PlantConfig quiet = PlantChoice.withPerfectSensors(plant).withInnerStepSeconds(1.0);
    // The search takes longest: it goes first. The table's order is another.
    Future<RunResult> fastest = submit(() -> FastestPlatingFree.find(setup, quiet));
    Future<RunResult> oneC = submit(() -> cccv(setup, quiet, 1.0));
    runs.add(oneC);
    runs.add(fastest);
    runs.add(submit(() -> cccv(setup, quiet, setup.maxCRate())));
  }

  /** Computes with more threads from now on, once the machine is free. */
  public void widen(int threads) {
    executor.setMaximumPoolSize(threads);
    executor.setCorePoolSize(threads);
  }

  /** Waits for all of them, in the table's order. */
  public List<RunResult> await() throws InterruptedException {
    List<RunResult> results = new ArrayList<>();
    for (Future<RunResult> run : runs) {
      try {
        results.add(run.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("A baseline could not be computed.", e.getCause());
      }
    }
    return results;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  private Future<RunResult> submit(Callable<RunResult> work) {
    return executor.submit(work);
  }

  private static RunResult cccv(ChargeSetup setup, PlantConfig plant, double rate)
      throws InterruptedException {
    String text = Trace.number(rate);
    return ClosedLoopRun.run(
        setup.with("cccv:" + text, Parts.TRUTH), plant, "CC-CV " + text + "C", Progress.NONE);
  }
}
