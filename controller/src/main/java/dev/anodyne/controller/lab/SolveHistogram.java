package dev.anodyne.controller.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long decisions took, in bins that grow with the time: most are quick, few are slow. */
final class SolveHistogram {
  private static final double[] EDGES_MS = {
    0, 0.1, 0.2, 0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 50, 100, 200, 500, 1000, 5000
  };

  private SolveHistogram() {}

  static Map<String, @Nullable Object> of(RunResult run, String note) {
    long[] counts = new long[EDGES_MS.length];
    for (TraceRow row : run.trace()) {
      if (row.solveMillis() >= 0) {
        counts[bin(row.solveMillis())]++;
      }
    }
    int first = 0;
    int last = counts.length - 1;
    while (first < last && counts[first] == 0) {
      first++;
    }
    while (last > first && counts[last] == 0) {
      last--;
    }
    List<Long> shown = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      shown.add(counts[i]);
      labels.add("≥" + Trace.number(EDGES_MS[i]));
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("p50", finite(run.summary().solveP50Millis()));
    map.put("p99", finite(run.summary().solveP99Millis()));
    map.put("max", finite(run.summary().solveMaxMillis()));
    map.put("note", note);
    map.put("labels", labels);
    map.put("counts", shown);
    return map;
  }

  private static int bin(double millis) {
    int i = EDGES_MS.length - 1;
    while (i > 0 && millis < EDGES_MS[i]) {
      i--;
    }
    return i;
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
