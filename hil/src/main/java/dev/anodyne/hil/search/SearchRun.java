package dev.anodyne.hil.search;

import dev.anodyne.hil.scenario.ScenarioSuite;
import dev.anodyne.hil.verdict.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A search with its folder: {@code samples.csv}, which it goes on from, and its worst cases. */
public final class SearchRun implements AutoCloseable {
  private static final String SAMPLES = "samples.csv";

  private final SearchPlan plan;
  private final String sut;
  private final Path folder;
  private final SearchJournal journal;
  private final Search search;
  private final int known;

  /**
   * Opens the folder.
   *
   * @param sut what results call the controller
   * @param runner lets a scenario happen with it
   * @param folder made when it is not there
   * @param progress hears of each sample
   * @throws dev.anodyne.hil.yaml.ScenarioException when the folder holds another search
   */
  public SearchRun(
      SearchPlan plan,
      String sut,
      ScenarioSuite.Runner runner,
      Path folder,
      Search.Progress progress)
      throws IOException {
    this.plan = plan;
    this.sut = sut;
    this.folder = folder;
    Files.createDirectories(folder);
    String identity = plan.name() + ", " + sut + ", " + digest(plan);
    journal = new SearchJournal(folder.resolve(SAMPLES), identity, plan.parameters());
    known = journal.count();
    search = new Search(plan, runner, journal, progress);
  }

  /** How many samples were there before. */
  public int known() {
    return known;
  }

  /**
   * Runs it to its end, or to {@link #abort}.
   *
   * @param threads scenarios at once
   * @return all samples in the order of the plan
   */
  public List<SearchSample> run(int threads) throws InterruptedException {
    return search.run(threads);
  }

  /** Ends it after the runs under way. */
  public void abort() {
    search.abort();
  }

  /**
   * The worst samples, none near another.
   *
   * @param count at most
   */
  public List<SearchSample> worst(List<SearchSample> samples, int count) {
    List<SearchSample> order = new ArrayList<>(samples);
    order.removeIf(s -> !Double.isFinite(s.margin()));
    order.sort(Comparator.comparingDouble(SearchSample::margin));
    List<SearchSample> worst = new ArrayList<>();
    for (SearchSample sample : order) {
      boolean isNear =
          worst.stream().anyMatch(w -> Search.distance(shares(w), shares(sample)) < 0.05);
      if (!isNear && worst.size() < count) {
        worst.add(sample);
      }
    }
    return worst;
  }

  private double[] shares(SearchSample sample) {
    double[] shares = new double[sample.values().length];
    for (int i = 0; i < shares.length; i++) {
      SearchParameter p = plan.parameters().get(i);
      double value = sample.values()[i];
      shares[i] =
          p.isLogarithmic()
              ? Math.log(value / p.low()) / Math.log(p.high() / p.low())
              : (value - p.low()) / (p.high() - p.low());
    }
    return shares;
  }

  /** A worst case as a scenario, to be kept: it states the verdict that this controller had. */
  public String scenario(SearchSample sample, int rank) {
    Map<String, Object> more = new LinkedHashMap<>();
    String id = plan.template().scenario().id() + "-worst-" + rank;
    more.put("scenario", id);
    more.put("title", plan.template().scenario().title() + " – worst case " + rank);
    Map<String, Object> stated = new LinkedHashMap<>();
    plan.template()
        .scenario()
        .stated()
        .forEach((name, verdict) -> stated.put(name, verdict.name()));
    stated.put(sut, sample.verdict().name());
    if (sample.verdict() != Verdict.PASS || stated.size() > 1) {
      more.put("stated", stated);
    }
    return "# "
        + plan.name()
        + ", "
        + sample.id()
        + " with "
        + sut
        + ": "
        + plan.check()
        + " "
        + sample.margin()
        + " "
        + sample.unit()
        + "\n"
        + plan.template().text(plan.parameters(), sample.values(), folder, more);
  }

  /** What makes a sample worth the same again: the scenario, and how points are chosen. */
  private static String digest(SearchPlan plan) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Files.readAllBytes(plan.template().file()));
      String how = plan.parameters() + plan.check() + plan.method() + plan.seed();
      digest.update((how + plan.sweepSamples() + plan.starts()).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has SHA-256
    }
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
