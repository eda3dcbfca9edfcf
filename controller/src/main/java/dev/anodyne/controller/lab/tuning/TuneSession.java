package dev.anodyne.controller.lab.tuning;

import dev.anodyne.controller.lab.OutputFiles;
import dev.anodyne.controller.lab.Progress;
import dev.anodyne.controller.lab.compare.ScenarioRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A search with its files: the policy that it writes, and the journal beside that. */
public final class TuneSession implements AutoCloseable {
  private final TuneRequest request;
  private final Path out;
  private final Trial trial;
  private final TuneJournal journal;
  private final Tuning tuning;

  /**
   * Opens a search; what its journal holds is not computed again.
   *
   * @param out the policy's file to write
   * @param threads how many charges at once
   */
  public TuneSession(TuneRequest request, Path out, ScenarioRunner runner, int threads) {
    this.request = request;
    this.out = out;
    trial = new Trial(runner, threads);
    journal = TuneJournal.beside(out);
    tuning = new Tuning(request, journal, trial::of);
  }

  /** Evaluations that an interrupted search left behind. */
  public int known() {
    return journal.size();
  }

  /** Searches, judges and writes; nothing is written when nothing without plating was found. */
  public TuneResult run(Progress progress) throws InterruptedException, IOException {
    TuneResult result = tuning.run(progress);
    if (result.found()) {
      String yaml = result.yaml();
      OutputFiles.write(out, writer -> writer.append(yaml));
      journal.delete();
    }
    return result;
  }

  /**
   * Stops the search and writes the best without plating so far, marked as not judged. For the end
   * of the process: files are complete or absent all the same.
   *
   * @return whether there was one to write
   */
  public boolean stop() throws IOException {
    trial.close();
    Optional<Tuning.Candidate> best = tuning.best();
    if (best.isEmpty()) {
      return false;
    }
    Path temporary = Files.createTempFile(out.toAbsolutePath().getParent(), ".tune", ".part");
    try {
      Files.writeString(temporary, TuneResult.unjudged(request, tuning.evaluations(), best.get()));
      Files.move(temporary, out, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
    return true;
  }

  @Override
  public void close() {
    trial.close();
  }
}
