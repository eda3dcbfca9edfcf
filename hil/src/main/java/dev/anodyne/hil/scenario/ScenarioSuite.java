package dev.anodyne.hil.scenario;

import dev.anodyne.hil.verdict.ScenarioResult;
import dev.anodyne.hil.verdict.Verdict;
import dev.anodyne.hil.yaml.ScenarioException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Runs scenarios, several at once; results come in the order of the scenarios. */
public final class ScenarioSuite implements AutoCloseable {
  /** Lets one scenario happen. */
  @FunctionalInterface
  public interface Runner {
    /** Runs and judges; tells its progress. */
    ScenarioResult run(Scenario scenario, ScenarioRun.Progress progress);
  }

  private final ExecutorService workers;
  private final Runner runner;
  private volatile boolean aborted;

  /**
   * @param runner lets one scenario happen; is called on several threads at once
   * @param threads how many at once
   */
  public ScenarioSuite(Runner runner, int threads) {
    this.runner = runner;
    workers = Executors.newFixedThreadPool(threads);
  }

  /**
   * Runs all.
   *
   * @param done hears each result as soon as it is there, in the order of the scenarios
   * @param progress hears the share of the plant time that is done, 0–1
   */
  public List<ScenarioResult> run(
      List<Scenario> scenarios, Consumer<ScenarioResult> done, Consumer<Double> progress)
      throws InterruptedException {
    double all = scenarios.stream().mapToDouble(Scenario::durationSeconds).sum();
    double[] seconds = new double[scenarios.size()];
    List<Future<ScenarioResult>> running = new ArrayList<>();
    for (int i = 0; i < scenarios.size(); i++) {
      Scenario scenario = scenarios.get(i);
      int index = i;
      running.add(
          workers.submit(
              () ->
                  one(
                      scenario,
                      (at, of) -> {
                        synchronized (seconds) {
                          seconds[index] = at;
                          progress.accept(java.util.Arrays.stream(seconds).sum() / all);
                        }
                      })));
    }
    List<ScenarioResult> results = new ArrayList<>();
    for (Future<ScenarioResult> future : running) {
      ScenarioResult result = await(future);
      results.add(result);
      done.accept(result);
    }
    return results;
  }

  private ScenarioResult one(Scenario scenario, ScenarioRun.Progress progress) {
    if (aborted) {
      return broken(scenario, Verdict.INCONCLUSIVE, "Not begun: ended by hand.");
    }
    try {
      return runner.run(scenario, progress);
    } catch (ScenarioException e) {
      throw e;
    } catch (RuntimeException e) {
      return broken(scenario, Verdict.ERROR, "The run broke: " + e);
    }
  }

  private static ScenarioResult broken(Scenario scenario, Verdict verdict, String reason) {
    return new ScenarioResult(
        scenario.id(),
        scenario.title(),
        scenario.file(),
        scenario.verifies(),
        "",
        scenario.plant().seed(),
        verdict,
        Verdict.PASS,
        reason,
        List.of(),
        List.of(),
        0,
        0,
        null);
  }

  private static ScenarioResult await(Future<ScenarioResult> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Ends all runs after the step under way; what they have recorded is judged. */
  public void abort() {
    aborted = true;
    // Workers see the interrupt; those that wait begin and end at once.
    workers.shutdownNow().forEach(Runnable::run);
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
