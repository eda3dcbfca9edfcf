package dev.anodyne.estimators.training;

/** Is told how training gets on; called from several threads, one at a time. */
@FunctionalInterface
public interface TrainingProgress {
  /** Says nothing. */
  TrainingProgress SILENT = (stage, share, detail) -> {};

  /**
   * Something advanced.
   *
   * @param stage what is being done
   * @param share of the stage that is done, 0–1
   * @param detail figures for people, may be empty
   */
  void advanced(String stage, double share, String detail);
}
