package dev.anodyne.hil.search;

import dev.anodyne.hil.scenario.Scenario;
import dev.anodyne.hil.scenario.ScenarioSuite;
import dev.anodyne.hil.verdict.CheckResult;
import dev.anodyne.hil.verdict.ScenarioResult;
import dev.anodyne.hil.verdict.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a search: the sweep, then CMA-ES from its worst points. Which samples are taken
 * depends on the plan and on the margins alone, not on threads or on time: a search that was cut
 * takes the same samples again, the first ones from its journal.
 */
public final class Search {
  private static final Logger LOG = LoggerFactory.getLogger(Search.class);

  /** Starts closer than this to a worse one, as a share of the ranges, lead to the same place. */
  private static final double APART = 0.1;

  /** Hears how far a search is. */
  @FunctionalInterface
  public interface Progress {
    /** A sample is there; called by one thread at a time. */
    void at(int done, int of, SearchSample worst);
  }

  private final SearchPlan plan;
  private final ScenarioSuite.Runner runner;
  private final SearchJournal journal;
  private final Progress progress;
  private final List<SearchSample> samples = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean aborted;

  Search(SearchPlan plan, ScenarioSuite.Runner runner, SearchJournal journal, Progress progress) {
    this.plan = plan;
    this.runner = runner;
    this.journal = journal;
    this.progress = progress;
  }

  /** Ends it after the runs under way; {@link #run} then gives what is there. */
  void abort() {
    aborted = true;
  }

  /** All samples in the order of the plan; fewer after {@link #abort}. */
  List<SearchSample> run(int threads) throws InterruptedException {
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      double[][] points =
          UnitCube.points(
              plan.method(), plan.sweepSamples(), plan.parameters().size(), plan.seed());
      List<Callable<Void>> sweep = new ArrayList<>();
      for (int i = 0; i < points.length; i++) {
        int index = i;
        sweep.add(
            () -> {
              sample("sweep-" + (index + 1), points[index]);
              return null;
            });
      }
      all(workers, sweep);
      if (!aborted) {
        falsify(workers, points);
      }
    } finally {
      workers.shutdownNow();
    }
    List<SearchSample> ordered = new ArrayList<>(samples);
    ordered.sort(Comparator.comparing(SearchSample::id, Search::byPlace));
    return ordered;
  }

  private void falsify(ExecutorService workers, double[][] points) throws InterruptedException {
    int left = plan.samples() - plan.sweepSamples();
    List<double[]> starts = starts(points);
    int lanes = Math.min(plan.starts(), starts.size());
    if (left == 0 || lanes == 0) {
      return;
    }
    List<Callable<Void>> local = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      int number = lane + 1;
      int budget = left / lanes + (lane < left % lanes ? 1 : 0);
      List<double[]> own = new ArrayList<>();
      for (int i = lane; i < starts.size(); i += lanes) {
        own.add(starts.get(i));
      }
      Descent descent =
          new Descent(
              plan.seed() + number,
              budget,
              (ordinal, point) -> sample("local-" + number + "-" + ordinal, point).objective());
      local.add(
          () -> {
            descent.run(own);
            return null;
          });
    }
    all(workers, local);
  }

  /** The sweep's points from the worst on, those near a worse one behind all others. */
  private List<double[]> starts(double[][] points) {
    List<Integer> order = new ArrayList<>();
    double[] objective = new double[points.length];
    for (SearchSample sample : List.copyOf(samples)) {
      int index = Integer.parseInt(sample.id().substring("sweep-".length())) - 1;
      order.add(index);
      objective[index] = sample.objective();
    }
    order.sort(Comparator.<Integer>comparingDouble(i -> objective[i]).thenComparing(i -> i));
    List<double[]> apart = new ArrayList<>();
    List<double[]> near = new ArrayList<>();
    for (int index : order) {
      double[] point = points[index];
      boolean isNear = apart.stream().anyMatch(other -> distance(point, other) < APART);
      (isNear ? near : apart).add(point);
    }
    apart.addAll(near);
    return apart;
  }

  /** The greatest difference of any parameter, as a share of its range. */
  static double distance(double[] a, double[] b) {
    double most = 0;
    for (int i = 0; i < a.length; i++) {
      most = Math.max(most, Math.abs(a[i] - b[i]));
    }
    return most;
  }

  private static void all(ExecutorService workers, List<Callable<Void>> tasks)
      throws InterruptedException {
    for (Future<Void> done : workers.invokeAll(tasks)) {
      try {
        done.get();
      } catch (CancellationException e) {
        LOG.debug("A part of the search was left out.", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof CancellationException) {
          continue; // the search was ended by hand
        }
        throw e.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(e.getCause());
      }
    }
  }

  private SearchSample sample(String id, double[] shares) {
    if (aborted) {
      throw new CancellationException();
    }
    double[] values = plan.values(shares);
    SearchSample found = journal.find(id, values);
    if (found == null) {
      Scenario scenario = plan.template().with(plan.parameters(), values);
      ScenarioResult result = runner.run(scenario, (at, of) -> {});
      if (aborted) {
        throw new CancellationException(); // the run may have been cut: it is no sample
      }
      found = sample(id, values, result);
      journal.add(found);
    }
    tell(found);
    return found;
  }

  private SearchSample sample(String id, double[] values, ScenarioResult result) {
    CheckResult check =
        result.checks().stream()
            .filter(c -> c.name().equals(plan.check()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no check " + plan.check()));
    boolean broke = result.verdict() == Verdict.ERROR || result.verdict() == Verdict.INVALID;
    if (broke) {
      LOG.warn("{} {}: {} {}", id, Arrays.toString(values), result.verdict(), result.reason());
    }
    return new SearchSample(
        id,
        values,
        broke ? result.verdict() : check.verdict(),
        broke ? Double.NaN : check.margin(),
        check.marginUnit(),
        check.timeSeconds());
  }

  private void tell(SearchSample sample) {
    synchronized (samples) {
      samples.add(sample);
      SearchSample worst =
          samples.stream().min(Comparator.comparingDouble(SearchSample::objective)).orElse(sample);
      progress.at(samples.size(), plan.samples(), worst);
    }
  }

  /** sweep-2 before sweep-10, the sweep before what is local. */
  private static int byPlace(String a, String b) {
    String[] left = a.split("-", -1);
    String[] right = b.split("-", -1);
    int order = right[0].compareTo(left[0]);
    for (int i = 1; order == 0 && i < Math.min(left.length, right.length); i++) {
      order = Integer.compare(Integer.parseInt(left[i]), Integer.parseInt(right[i]));
    }
    return order;
  }
}
