package dev.anodyne.controller.storage;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts rows of the same span of time together: lowest, mean and highest, and the last words. */
final class Buckets {
  private final long stepMicros;
  private final Consumer<Telemetry.Row> to;
  private final double[] sum = new double[Sample.VALUES];
  private final int[] count = new int[Sample.VALUES];
  private double[] lowest = new double[Sample.VALUES];
  private double[] highest = new double[Sample.VALUES];
  private long bucket = Long.MIN_VALUE;
  private Telemetry.@Nullable Row last;

  Buckets(long stepMicros, Consumer<Telemetry.Row> to) {
    this.stepMicros = stepMicros;
    this.to = to;
  }

  void add(Telemetry.Row row) {
    long in = Math.floorDiv(row.timeMicros(), stepMicros);
    if (in != bucket) {
      end();
      begin(in);
    }
    last = row;
    for (int i = 0; i < sum.length; i++) {
      if (!Double.isNaN(row.mean()[i])) {
        sum[i] += row.mean()[i];
        count[i]++;
        lowest[i] = Math.min(lowest[i], row.lowest()[i]);
        highest[i] = Math.max(highest[i], row.highest()[i]);
      }
    }
  }

  private void begin(long in) {
    bucket = in;
    Arrays.fill(sum, 0);
    Arrays.fill(count, 0);
    lowest = new double[Sample.VALUES];
    highest = new double[Sample.VALUES];
    Arrays.fill(lowest, Double.POSITIVE_INFINITY);
    Arrays.fill(highest, Double.NEGATIVE_INFINITY);
  }

  /** Hands the last span over. */
  void end() {
    Telemetry.Row newest = last;
    if (newest == null) {
      return;
    }
    double[] mean = new double[Sample.VALUES];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = count[i] == 0 ? Double.NaN : sum[i] / count[i];
      if (count[i] == 0) {
        lowest[i] = Double.NaN;
        highest[i] = Double.NaN;
      }
    }
    to.accept(new Telemetry.Row(bucket * stepMicros, mean, lowest, highest, newest.words()));
    last = null;
  }
}
