package dev.anodyne.hil.verdict;

import java.util.List;

/**
 * How a check ended.
 *
 * @param name of the check
 * @param verdict how it ended
 * @param margin worst distance to the limit in {@code marginUnit}, below 0 when it is violated; NaN
 *     where there is none
 * @param marginUnit unit of the margin
 * @param timeSeconds when it was worst, plant time, s
 * @param formula what was asked for
 * @param detail a sentence for a person
 * @param channels what it is about, for plots
 */
public record CheckResult(
    String name,
    Verdict verdict,
    double margin,
    String marginUnit,
    double timeSeconds,
    String formula,
    String detail,
    List<String> channels) {
  public CheckResult {
    channels = List.copyOf(channels);
  }
}
