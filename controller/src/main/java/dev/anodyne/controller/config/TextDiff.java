package dev.anodyne.controller.config;

import dev.anodyne.controller.config.PolicyShelf.Verdict.Line;
import java.util.ArrayList;
import java.util.List;

/**
 * Which lines of a text come and go: by the longest common subsequence, which is quick enough for
 * files of a few hundred lines; longer ones are shown as replaced.
 */
final class TextDiff {
  private static final int MOST_LINES = 1_500;

  private TextDiff() {}

  /** All lines of both, in order. */
  static List<Line> of(String before, String after) {
    List<String> old = before.lines().toList();
    List<String> now = after.lines().toList();
    List<Line> diff = new ArrayList<>();
    if (old.size() > MOST_LINES || now.size() > MOST_LINES) {
      old.forEach(line -> diff.add(new Line("-", line)));
      now.forEach(line -> diff.add(new Line("+", line)));
      return diff;
    }
    int[][] common = common(old, now);
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
        diff.add(new Line(" ", old.get(i)));
        i++;
        j++;
      } else if (j >= now.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
        diff.add(new Line("-", old.get(i)));
        i++;
      } else {
        diff.add(new Line("+", now.get(j)));
        j++;
      }
    }
    return diff;
  }

  /** How many lines are common from there on. */
  private static int[][] common(List<String> old, List<String> now) {
    int[][] common = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(now.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }
}
