package dev.anodyne.hil.search;

import dev.anodyne.hil.verdict.Verdict;

/**
 * One run of a search.
 *
 * @param id its place in the search, such as {@code sweep-12} or {@code local-2-40}
 * @param values of the parameters, each in its unit
 * @param verdict of the check that is searched; of the run, when that broke
 * @param margin of the check in its unit, below 0 when violated; NaN where there is none
 * @param unit of the margin
 * @param timeSeconds when the check was worst, s
 */
public record SearchSample(
    String id, double[] values, Verdict verdict, double margin, String unit, double timeSeconds) {
  /** What falsification lowers: a run without a margin tells nothing and ranks last. */
  double objective() {
    return Double.isFinite(margin) ? margin : Double.MAX_VALUE;
  }

  /** Whether the run broke, so that its margin, if any, says nothing. */
  public boolean isBroken() {
    return verdict == Verdict.ERROR || verdict == Verdict.INVALID;
  }
}
