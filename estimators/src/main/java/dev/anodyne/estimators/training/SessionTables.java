package dev.anodyne.estimators.training;

import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.training.SessionData.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The three tables of a shard: a row for each session with its conditions; the rows that networks
 * learn from (inputs, the twin's answer, the truth), dense where the anode potential is low; and
 * every sample as the sensors read it beside the truth.
 */
final class SessionTables {
  static final String SESSIONS = "sessions.parquet";
  static final String ROWS = "rows.parquet";
  static final String SAMPLES = "samples.parquet";
  static final List<String> FILES = List.of(SESSIONS, ROWS, SAMPLES);

  private static final String SESSION = "Session";
  private static final String BATTERY = "Battery";
  private static final String SPLIT = "Split";
  private static final String PROFILE = "Profile";
  private static final String STRATUM = "Stratum";
  private static final String HOURS = "Length [h]";
  private static final String ROW_COUNT = "Rows";
  private static final String SAMPLE_COUNT = "Samples";

  private SessionTables() {}

  /** Writes the files into a folder; gives their row counts in the order of {@link #FILES}. */
  static List<Integer> write(Path folder, List<SessionData> sessions) throws IOException {
    List<ParquetTable> tables = List.of(sessions(sessions), rows(sessions), samples(sessions));
    for (int i = 0; i < FILES.size(); i++) {
      tables.get(i).write(folder.resolve(FILES.get(i)));
    }
    return tables.stream().map(ParquetTable::rows).toList();
  }

  private static ParquetTable sessions(List<SessionData> all) {
    ParquetTable t = new ParquetTable(all.size());
    t.add(SESSION, all.stream().mapToInt(s -> s.label.ref().number()).toArray());
    t.add(BATTERY, all.stream().mapToInt(s -> s.label.ref().battery()).toArray());
    t.add(SPLIT, all.stream().map(s -> s.label.ref().split().text()).toArray(String[]::new));
    t.add(PROFILE, all.stream().map(s -> s.label.profile()).toArray(String[]::new));
    t.add(STRATUM, all.stream().map(s -> s.label.stratum()).toArray(String[]::new));
    t.add(HOURS, all.stream().mapToDouble(s -> s.hours).toArray());
    t.add(ROW_COUNT, all.stream().mapToInt(s -> s.rows).toArray());
    t.add(SAMPLE_COUNT, all.stream().mapToInt(s -> s.sampleCount).toArray());
    for (Condition c : Condition.values()) {
      t.add(c.column(), all.stream().mapToDouble(s -> s.label.get(c)).toArray());
    }
    return t;
  }

  private static ParquetTable rows(List<SessionData> all) {
    int count = all.stream().mapToInt(s -> s.rows).sum();
    ParquetTable t = new ParquetTable(count);
    t.add(SESSION, sessionOfEach(all, false, count));
    for (Column c : Column.values()) {
      double[] values = new double[count];
      int at = 0;
      for (SessionData s : all) {
        for (int r = 0; r < s.rows; r++) {
          values[at++] = s.get(r, c);
        }
      }
      t.add(c.title(), values);
    }
    for (FeatureSet kind : FeatureSet.values()) {
      List<String> names = kind.names();
      for (int f = 0; f < names.size(); f++) {
        float[] values = new float[count];
        int at = 0;
        for (SessionData s : all) {
          float[] source = inputs(s, kind);
          for (int r = 0; r < s.rows; r++) {
            values[at++] = source[r * names.size() + f];
          }
        }
        t.add(title(kind, names.get(f)), values);
      }
    }
    return t;
  }

  private static ParquetTable samples(List<SessionData> all) {
    int count = all.stream().mapToInt(s -> s.sampleCount).sum();
    int width = Sample.values().length;
    ParquetTable t = new ParquetTable(count);
    t.add(SESSION, sessionOfEach(all, true, count));
    for (Sample c : Sample.values()) {
      float[] values = new float[count];
      int at = 0;
      for (SessionData s : all) {
        for (int r = 0; r < s.sampleCount; r++) {
          values[at++] = s.samples[r * width + c.ordinal()];
        }
      }
      t.add(c.title(), values);
    }
    return t;
  }

  private static int[] sessionOfEach(List<SessionData> all, boolean samples, int count) {
    int[] numbers = new int[count];
    int at = 0;
    for (SessionData s : all) {
      int length = samples ? s.sampleCount : s.rows;
      Arrays.fill(numbers, at, at + length, s.label.ref().number());
      at += length;
    }
    return numbers;
  }

  private static String title(FeatureSet kind, String feature) {
    return kind.estimatorName() + ": " + feature;
  }

  private static float[] inputs(SessionData s, FeatureSet kind) {
    return switch (kind) {
      case AUGMENTED -> s.augmented;
      case LEARNED -> s.learned;
    };
  }

  /**
   * Reads a shard.
   *
   * @param counts rows of the files in the order of {@link #FILES}
   * @param withSamples whether every sample is wanted too
   */
  static List<SessionData> read(Path folder, List<Integer> counts, boolean withSamples)
      throws IOException {
    ParquetTable sessions = ParquetTable.read(folder.resolve(SESSIONS), counts.get(0));
    List<SessionData> all = new ArrayList<>();
    for (int i = 0; i < counts.get(0); i++) {
      all.add(session(sessions, i));
    }
    ParquetTable rows = ParquetTable.read(folder.resolve(ROWS), counts.get(1));
    fillRows(all, rows);
    if (withSamples) {
      fillSamples(all, sessions, ParquetTable.read(folder.resolve(SAMPLES), counts.get(2)));
    }
    return all;
  }

  private static SessionData session(ParquetTable t, int i) {
    List<Double> conditions = new ArrayList<>();
    for (Condition c : Condition.values()) {
      conditions.add(t.doubles(c.column())[i]);
    }
    Split split = Split.valueOf(t.texts(SPLIT)[i].toUpperCase(Locale.ROOT));
    SessionLabel label =
        new SessionLabel(
            new SessionRef(t.ints(SESSION)[i], t.ints(BATTERY)[i], split),
            t.texts(PROFILE)[i],
            t.texts(STRATUM)[i],
            conditions);
    SessionData s =
        new SessionData(
            label.get(Condition.REFERENCE) == 1,
            label.get(Condition.AGED) == 1,
            (int) label.get(Condition.CELLS_IN_SERIES));
    s.label = label;
    s.hours = t.doubles(HOURS)[i];
    s.rows = t.ints(ROW_COUNT)[i];
    return s;
  }

  private static void fillRows(List<SessionData> all, ParquetTable t) {
    int from = 0;
    for (SessionData s : all) {
      s.columns = new double[s.rows * SessionData.COLUMNS];
      s.augmented = new float[s.rows * FeatureSet.AUGMENTED.names().size()];
      s.learned = new float[s.rows * FeatureSet.LEARNED.names().size()];
      for (Column c : Column.values()) {
        double[] values = t.rows() == 0 ? new double[0] : t.doubles(c.title());
        for (int r = 0; r < s.rows; r++) {
          s.columns[r * SessionData.COLUMNS + c.ordinal()] = values[from + r];
        }
      }
      for (FeatureSet kind : FeatureSet.values()) {
        List<String> names = kind.names();
        for (int f = 0; f < names.size(); f++) {
          float[] values = t.rows() == 0 ? new float[0] : t.floats(title(kind, names.get(f)));
          for (int r = 0; r < s.rows; r++) {
            inputs(s, kind)[r * names.size() + f] = values[from + r];
          }
        }
      }
      from += s.rows;
    }
  }

  private static void fillSamples(List<SessionData> all, ParquetTable sessions, ParquetTable t) {
    int width = Sample.values().length;
    int from = 0;
    for (int i = 0; i < all.size(); i++) {
      SessionData s = all.get(i);
      s.sampleCount = sessions.ints(SAMPLE_COUNT)[i];
      s.samples = new float[s.sampleCount * width];
      for (Sample c : Sample.values()) {
        float[] values = t.rows() == 0 ? new float[0] : t.floats(c.title());
        for (int r = 0; r < s.sampleCount; r++) {
          s.samples[r * width + c.ordinal()] = values[from + r];
        }
      }
      from += s.sampleCount;
    }
  }
}
