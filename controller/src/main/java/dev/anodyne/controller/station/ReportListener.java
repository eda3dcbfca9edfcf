package dev.anodyne.controller.station;

/**
 * Hears what a session reports: storage, metrics and whoever else keeps or shows it. Called on the
 * session's event loop with every decision and at every change in between, so it must return at
 * once: what takes longer belongs on a thread of its own, behind a bounded queue. It must not
 * throw; one that does hears nothing more of this session.
 *
 * <p>The estimate's twin state belongs to the estimator and is overwritten by the next cycle: take
 * numbers out of a report, do not keep the report.
 */
@FunctionalInterface
public interface ReportListener {
  /** Takes in a report. */
  void told(SessionReport report);

  /**
   * The session's loop has ticked; the rules are those of {@link #told}.
   *
   * @param latenessNanos after it should have, ns of the wall clock
   */
  default void ticked(long latenessNanos) {}
}
