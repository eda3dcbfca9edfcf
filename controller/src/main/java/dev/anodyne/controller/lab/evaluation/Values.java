package dev.anodyne.controller.lab.evaluation;

import java.util.Arrays;

/** A growing list of single-precision numbers: a grid has millions of errors. */
final class Values {
  private float[] values = new float[256];
  private int size;

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = (float) value;
  }

  void addAll(Values other) {
    for (int i = 0; i < other.size; i++) {
      add(other.values[i]);
    }
  }

  int size() {
    return size;
  }

  double get(int i) {
    return values[i];
  }

  /** Smallest value that at least this share of the values does not exceed; NaN of none. */
  double quantile(double share) {
    if (size == 0) {
      return Double.NaN;
    }
    float[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    int rank = (int) Math.ceil(share * size);
    return sorted[Math.min(Math.max(rank, 1), size) - 1];
  }
}
