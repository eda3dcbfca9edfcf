package dev.anodyne.controller.lab.study;

import dev.anodyne.controller.lab.Journal;
import dev.anodyne.controller.lab.compare.TaskDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finished batteries of a study, in its folder, so that the same command goes on after an
 * interruption and a larger study begins with what a smaller one has found. Other software, another
 * policy, model or cell is another study.
 */
final class StudyJournal implements AutoCloseable {
  private static final int CHARGES = 2;

  private final Path folder;
  private final boolean traces;
  private final Map<String, @Nullable Object> study = new LinkedHashMap<>();
  private final TaskDigest digest = new TaskDigest();
  private final Journal<Entry> journal;

  /** A battery's charges, the first before the second. */
  record Entry(List<StudyOutcome> charges) {}

  /**
   * @param cellSource the shipped set's name or the file that the request's cell came from
   * @param traces whether every charge's trace stands in the folder, too
   * @throws dev.anodyne.controller.lab.InputException when another process writes to the folder
   */
  StudyJournal(StudyRequest request, String cellSource, Path folder, boolean traces)
      throws IOException {
    this.folder = folder;
    this.traces = traces;
    study.put("cell", cellSource);
    study.put("cellContent", digest.content(cellSource));
    study.put("policy", request.policy());
    study.put("policyContent", digest.content(request.policy()));
    study.put("estimator", request.estimator());
    study.put("estimatorContent", digest.content(request.estimator()));
    study.put("heatTransfer", request.heatTransferWattsPerM2Kelvin());
    study.put("period", request.periodSeconds());
    study.put("seed", request.seed());
    journal = Journal.open("--out", folder, Entry.class);
  }

  /** What an earlier run found out about a battery. */
  Optional<List<StudyOutcome>> find(int battery) {
    Entry entry = journal.finished().get(key(battery));
    if (entry == null || entry.charges().size() != CHARGES || (traces && !hasTraces(battery))) {
      return Optional.empty();
    }
    return Optional.of(entry.charges());
  }

  private boolean hasTraces(int battery) {
    for (int charge = 1; charge <= CHARGES; charge++) {
      if (!Files.exists(trace(folder, battery + "-" + charge))) {
        return false;
      }
    }
    return true;
  }

  /** The file of a charge's trace. */
  static Path trace(Path folder, String name) {
    return folder.resolve("trace-" + name + ".csv");
  }

  void add(int battery, List<StudyRow> rows) {
    journal.add(key(battery), new Entry(rows.stream().map(StudyRow::outcome).toList()));
  }

  private synchronized String key(int battery) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(study);
    all.put("battery", battery);
    // With traces it is another piece of work: they are of the same software then.
    all.put("traces", traces);
    return digest.key(all);
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
