package dev.anodyne.controller.lab.tuning;

import dev.anodyne.controller.lab.ChargeSetup;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.compare.Scenario;
import dev.anodyne.controller.lab.compare.ScenarioRunner;
import dev.anodyne.mpc.spec.PolicySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Charges a policy through scenarios, several at once. The figures do not depend on how many. */
final class Trial implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Trial.class);

  private final ScenarioRunner runner;
  private final ExecutorService pool;

  Trial(ScenarioRunner runner, int threads) {
    this.runner = runner;
    AtomicInteger number = new AtomicInteger();
    pool =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "tune-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * The figures of a policy.
   *
   * @throws CancellationException when this has been closed
   * @throws InputException when estimator or policy cannot be made at all
   */
  Figures of(PolicySpec spec, List<Scenario> scenarios) throws InterruptedException {
    List<Future<Figures.Charge>> futures = new ArrayList<>();
    try {
      for (Scenario scenario : scenarios) {
        futures.add(pool.submit(() -> charge(spec, scenario)));
      }
    } catch (RejectedExecutionException e) {
      throw stopped(e);
    }
    List<Figures.Charge> charges = new ArrayList<>();
    for (Future<Figures.Charge> future : futures) {
      charges.add(result(future));
    }
    if (pool.isShutdown()) {
      // A charge that was interrupted is no failure of the policy's.
      throw stopped(new InterruptedException());
    }
    return Figures.of(charges);
  }

  private Figures.Charge result(Future<Figures.Charge> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (pool.isShutdown()) {
        throw stopped(e);
      }
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (CancellationException e) {
      throw stopped(e);
    }
  }

  private Figures.Charge charge(PolicySpec spec, Scenario scenario) throws InterruptedException {
    String estimator = spec.estimator().orElse(ScenarioRunner.DEFAULT_ESTIMATOR);
    ChargeSetup setup = runner.setup(scenario, spec.policy(), estimator).withSpec(spec);
    try {
      return Figures.Charge.of(scenario.weight(), runner.run(scenario, setup));
    } catch (InputException | CancellationException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.warn("Scenario {}: the charge failed: {}", scenario.name(), e.toString());
      return Figures.Charge.failed(scenario.weight());
    }
  }

  private static CancellationException stopped(Exception cause) {
    CancellationException stopped = new CancellationException("The search was stopped.");
    stopped.initCause(cause);
    return stopped;
  }

  /** Stops what runs. */
  @Override
  public void close() {
    pool.shutdownNow();
  }
}
