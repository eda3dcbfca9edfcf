package dev.anodyne.controller.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;

/**
 * All points of a session so far, by column. Bounded: when full, every second point is dropped and
 * the generation rises, which tells a page to read everything again. A column that a point does not
 * have is not a number there.
 */
final class History {
  /** Room at the beginning: most connectors of a large station have no charge. */
  private static final int FIRST = 64;

  private final List<String> names;
  private final int capacity;
  private final double[][] columns;
  private int size;
  private int generation;

  /**
   * An empty history.
   *
   * @param names of the columns; the first is time
   * @param capacity points at most, ≥ 4
   */
  History(List<String> names, int capacity) {
    this.names = List.copyOf(names);
    this.capacity = capacity;
    this.columns = new double[names.size()][Math.min(capacity, FIRST)];
  }

  int size() {
    return size;
  }

  int generation() {
    return generation;
  }

  /** Appends a point; values in the order of the names. A time that does not rise is left out. */
  void add(double... values) {
    if (size > 0 && !(values[0] > columns[0][size - 1])) {
      return;
    }
    if (size == capacity) {
      thin();
    }
    for (int c = 0; c < columns.length; c++) {
      if (size == columns[c].length) {
        columns[c] = Arrays.copyOf(columns[c], Math.min(capacity, 2 * size));
      }
      columns[c][size] = values[c];
    }
    size++;
  }

  /** The columns from a point on, as {@code {"name": [values]}}. */
  JsonObject from(int first) {
    JsonObject json = new JsonObject();
    for (int c = 0; c < columns.length; c++) {
      JsonArray array = new JsonArray();
      for (int i = Math.max(0, first); i < size; i++) {
        double value = columns[c][i];
        if (Double.isFinite(value)) {
          array.add(value);
        } else {
          array.addNull();
        }
      }
      json.put(names.get(c), array);
    }
    return json;
  }

  private void thin() {
    int kept = 0;
    for (int i = 0; i < size; i += 2, kept++) {
      for (double[] column : columns) {
        column[kept] = column[i];
      }
    }
    size = kept;
    generation++;
  }
}
