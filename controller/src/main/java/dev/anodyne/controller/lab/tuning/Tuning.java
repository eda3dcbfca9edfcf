package dev.anodyne.controller.lab.tuning;

import dev.anodyne.controller.lab.Progress;
import dev.anodyne.controller.lab.compare.CodeDigest;
import dev.anodyne.controller.lab.compare.Scenario;
import dev.anodyne.mpc.spec.PolicySpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.SimpleBounds;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.hipparchus.random.MersenneTwister;

/**
 * The search: CMA-ES (Hansen, The CMA Evolution Strategy: A Tutorial, arXiv:1604.00772) on the unit
 * cube of the parameters. The policy as it is comes first, and is what the outcome is compared
 * with. Candidates without plating are then judged on the other seeds, at most {@value
 * #MOST_JUDGED} of them, from the fastest on, until one is clean there too.
 */
public final class Tuning {
  /** Each more would make the judging part of the search. */
  static final int MOST_JUDGED = 5;

  private static final double SIGMA = 0.25;

  /** Judging takes about this share of the evaluations' time, at most. */
  private static final int JUDGED_AND_BEFORE = MOST_JUDGED + 1;

  private final TuneRequest request;
  private final SearchSpace space;
  private final TuneJournal journal;
  private final Charging charging;
  private final String ground;
  private final List<Candidate> found = new ArrayList<>();
  private int evaluations;

  /** Charges a policy through scenarios; tests put other figures here. */
  @FunctionalInterface
  interface Charging {
    Figures of(PolicySpec spec, List<Scenario> scenarios) throws InterruptedException;
  }

  /**
   * A candidate that was tried.
   *
   * @param spec the policy
   * @param figures on the training scenarios
   */
  record Candidate(PolicySpec spec, Figures figures) {}

  /** Ends the search when enough candidates were tried. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Enough() {
      super("Enough candidates were tried.", null, false, false);
    }
  }

  Tuning(TuneRequest request, TuneJournal journal, Charging charging) {
    this(request, journal, charging, CodeDigest.ofThisSoftware());
  }

  Tuning(TuneRequest request, TuneJournal journal, Charging charging, String software) {
    this.request = request;
    this.journal = journal;
    this.charging = charging;
    space = new SearchSpace(request.spec(), request.ranges());
    ground = software;
  }

  /**
   * Searches and judges. Blocks for as long as the charges take.
   *
   * @throws CancellationException when the charging was stopped
   */
  TuneResult run(Progress progress) throws InterruptedException {
    Figures before = figures(request.spec(), request.training());
    keep(new Candidate(request.spec(), before));
    search(progress);
    Figures judgedBefore = figures(request.spec(), request.validation());
    List<Candidate> left = new ArrayList<>(clean());
    Candidate best = left.isEmpty() ? cheapest() : left.get(0);
    int judged = 0;
    double neededMillivolts = Double.NEGATIVE_INFINITY;
    while (judged < MOST_JUDGED && !left.isEmpty()) {
      Candidate candidate = fastest(left, neededMillivolts);
      left.remove(candidate);
      judged++;
      progress.at(share(evaluations + judged), judged + " judged on other seeds");
      Figures after = figures(candidate.spec(), request.validation());
      if (after.isClean()) {
        return new TuneResult(
            request, evaluations, judged, before, judgedBefore, candidate, Optional.of(after));
      }
      neededMillivolts =
          candidate.figures().lowestMillivolts() + Math.max(0, -after.lowestMillivolts());
    }
    return new TuneResult(
        request, evaluations, judged, before, judgedBefore, best, Optional.empty());
  }

  /**
   * The fastest is the one that came closest to plating, and on other seeds it may pass that line:
   * the next one has to keep as much more as it fell short of; where none does, the one that keeps
   * most.
   */
  private static Candidate fastest(List<Candidate> left, double neededMillivolts) {
    return left.stream()
        .filter(c -> c.figures().lowestMillivolts() >= neededMillivolts)
        .findFirst()
        .orElseGet(
            () ->
                left.stream()
                    .max(Comparator.comparingDouble(c -> c.figures().lowestMillivolts()))
                    .orElseThrow());
  }

  /** The best candidate without plating so far, not judged; empty when there is none. */
  synchronized Optional<Candidate> best() {
    return clean().stream().findFirst();
  }

  synchronized int evaluations() {
    return evaluations;
  }

  private void search(Progress progress) {
    int population = 4 + (int) Math.floor(3 * Math.log(space.dimension()));
    double[] sigma = filled(SIGMA);
    CMAESOptimizer optimizer =
        new CMAESOptimizer(
            Integer.MAX_VALUE,
            Double.NEGATIVE_INFINITY,
            true,
            0,
            0,
            new MersenneTwister(request.seed()),
            false,
            (iteration, previous, current) -> false);
    try {
      optimizer.optimize(
          new ObjectiveFunction(x -> cost(x, progress)),
          GoalType.MINIMIZE,
          new InitialGuess(space.start()),
          new SimpleBounds(filled(0.0), filled(1.0)),
          new CMAESOptimizer.Sigma(sigma),
          new CMAESOptimizer.PopulationSize(population),
          MaxEval.unlimited());
    } catch (Enough e) {
      return;
    }
  }

  private double cost(double[] x, Progress progress) {
    if (evaluations >= request.evaluations()) {
      throw new Enough();
    }
    try {
      PolicySpec spec = space.at(x);
      Candidate candidate = new Candidate(spec, figures(spec, request.training()));
      keep(candidate);
      evaluations++;
      progress.at(share(evaluations), message());
      return candidate.figures().cost();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException stopped = new CancellationException("The search was stopped.");
      stopped.initCause(e);
      throw stopped;
    }
  }

  private String message() {
    return best()
        .map(b -> String.format(Locale.ROOT, "best %.2f min", b.figures().meanMinutes()))
        .orElse("none without plating yet");
  }

  private double share(int done) {
    return Math.min(1.0, (double) done / (request.evaluations() + JUDGED_AND_BEFORE));
  }

  private Figures figures(PolicySpec spec, List<Scenario> scenarios) throws InterruptedException {
    String key = spec.digest() + " " + TuneRequest.digest(scenarios) + " " + ground;
    Optional<Figures> known = journal.find(key);
    if (known.isPresent()) {
      return known.get();
    }
    Figures figures = charging.of(spec, scenarios);
    try {
      journal.add(key, figures);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return figures;
  }

  private synchronized void keep(Candidate candidate) {
    found.add(candidate);
  }

  /** Without plating and within the limits, the fastest first; each policy once. */
  private synchronized List<Candidate> clean() {
    Set<String> seen = new HashSet<>();
    return found.stream()
        .filter(c -> c.figures().isClean())
        .sorted(Comparator.comparingDouble(c -> c.figures().cost()))
        .filter(c -> seen.add(c.spec().digest()))
        .toList();
  }

  private synchronized Candidate cheapest() {
    return found.stream().min(Comparator.comparingDouble(c -> c.figures().cost())).orElseThrow();
  }

  private double[] filled(double value) {
    double[] all = new double[space.dimension()];
    java.util.Arrays.fill(all, value);
    return all;
  }
}
