package dev.anodyne.controller.lab.study;

import dev.anodyne.controller.lab.Parts;
import dev.anodyne.controller.lab.Progress;
import dev.anodyne.controller.lab.RunResult;
import dev.anodyne.controller.lab.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Charges many batteries that differ from what the controller believes, each for the first time and
 * then once more with what the first charge told, and keeps what their anodes went through. The
 * same request gives the same figures on any number of cores. To be closed; closing from another
 * thread ends it, and what is finished stays in the folder's journal.
 */
public final class SafetyStudy implements AutoCloseable {
  /** A charge ends at its next decision; an identification takes some seconds. */
  private static final long PATIENCE_SECONDS = 10;

  private final StudyRequest request;
  private final StudyRunner runner;
  private final @Nullable StudyJournal journal;
  private final ExecutorService threads;

  private SafetyStudy(StudyRequest request, StudyRunner runner, @Nullable StudyJournal journal) {
    this.request = request;
    this.runner = runner;
    this.journal = journal;
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            work -> {
              Thread thread = new Thread(work, "study-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Opens a study whose finished batteries are kept in a folder.
   *
   * @param cellSource the shipped set's name or the file that the request's cell came from
   * @param folder an existing one
   * @param traces whether every charge's trace goes there, too
   * @throws dev.anodyne.controller.lab.InputException when another process writes to the folder
   */
  public static SafetyStudy open(
      StudyRequest request, String cellSource, Path folder, boolean traces) throws IOException {
    BiConsumer<String, RunResult> listener =
        traces ? (name, run) -> writeTrace(folder, name, run) : (name, run) -> {};
    StudyJournal journal = new StudyJournal(request, cellSource, folder, traces);
    return new SafetyStudy(request, new StudyRunner(request, listener), journal);
  }

  /**
   * Runs a study on all cores; nothing is kept on the way.
   *
   * @param listener hears every charge with its trace by the name battery-charge, from any thread
   */
  public static StudyResult run(
      StudyRequest request, Progress progress, BiConsumer<String, RunResult> listener)
      throws InterruptedException {
    SafetyStudy study = new SafetyStudy(request, new StudyRunner(request, listener), null);
    try {
      return study.run(progress);
    } finally {
      study.threads.shutdownNow();
    }
  }

  /**
   * Checks names before minutes of computing.
   *
   * @throws dev.anodyne.controller.lab.InputException naming the option
   */
  public static void check(StudyRequest request) {
    StudyCharge any = StudyCharge.first(StudyBattery.stream(request.seed(), 0, 1));
    Parts.check(new StudyRunner(request, (name, run) -> {}).setup(any));
  }

  /** Charges what the journal does not hold. */
  public StudyResult run(Progress progress) throws InterruptedException {
    Map<Integer, List<StudyOutcome>> found = found();
    Count count = new Count(progress, found.size());
    int open = request.batteries() - found.size();
    List<Future<List<StudyRow>>> futures = new ArrayList<>();
    for (int number : request.numbers()) {
      List<StudyOutcome> before = found.get(number);
      futures.add(
          before == null
              ? threads.submit(() -> charge(number, count, open))
              : CompletableFuture.completedFuture(count.add(runner.recall(number, before))));
    }
    return new StudyResult(request, await(futures));
  }

  /** How many batteries of this study the journal holds; before it runs. */
  public int kept() {
    return found().size();
  }

  private Map<Integer, List<StudyOutcome>> found() {
    Map<Integer, List<StudyOutcome>> found = new HashMap<>();
    if (journal != null) {
      for (int number : request.numbers()) {
        journal.find(number).ifPresent(outcomes -> found.put(number, outcomes));
      }
    }
    return found;
  }

  private List<StudyRow> charge(int number, Count count, int open) throws InterruptedException {
    List<StudyRow> rows = runner.charge(number);
    if (journal != null) {
      journal.add(number, rows);
    }
    count.done(rows, open);
    return rows;
  }

  /** How far the study is. */
  private final class Count {
    private final Progress progress;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger plated = new AtomicInteger();
    private final int kept;

    Count(Progress progress, int kept) {
      this.progress = progress;
      this.kept = kept;
    }

    /** Time left goes by what had to be computed. */
    void done(List<StudyRow> rows, int open) {
      add(rows);
      int n = done.incrementAndGet();
      progress.at(
          (double) n / open,
          (kept + n) + " of " + request.batteries() + " batteries, " + plated + " plated");
    }

    List<StudyRow> add(List<StudyRow> rows) {
      rows.forEach(r -> plated.addAndGet(r.isPlated() ? 1 : 0));
      return rows;
    }
  }

  private static List<StudyRow> await(List<Future<List<StudyRow>>> futures)
      throws InterruptedException {
    List<StudyRow> rows = new ArrayList<>();
    try {
      for (Future<List<StudyRow>> future : futures) {
        rows.addAll(future.get());
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw new CancellationException();
      }
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
    }
    return rows;
  }

  private static void writeTrace(Path folder, String name, RunResult run) {
    try {
      Trace.write(StudyJournal.trace(folder, name), run.trace());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops what runs and waits for it. */
  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("A charge does not end.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (journal != null) {
      journal.close();
    }
  }
}
