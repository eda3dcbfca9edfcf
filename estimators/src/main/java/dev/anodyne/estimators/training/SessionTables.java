package dev.anodyne.estimators.training;

import dev.anodyne.estimators.twin.TwinColumns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The two tables of a shard: a row for each session with its conditions, and every sample as the
 * sensors read it beside the truth and the twin's signals.
 */
final class SessionTables {
  static final String SESSIONS = "sessions.parquet";
  static final String SAMPLES = "samples.parquet";
  static final List<String> FILES = List.of(SESSIONS, SAMPLES);

  private static final String SESSION = "Session";
  private static final String BATTERY = "Battery";
  private static final String SPLIT = "Split";
  private static final String PROFILE = "Profile";
  private static final String STRATUM = "Stratum";
  private static final String LEARNED = "Identification after it";
  private static final String HOURS = "Length [h]";
  private static final String SAMPLE_COUNT = "Samples";

  private SessionTables() {}

  /** Writes the files into a folder; gives their row counts in the order of {@link #FILES}. */
  static List<Integer> write(Path folder, List<SessionData> sessions) throws IOException {
    List<ParquetTable> tables = List.of(sessions(sessions), samples(sessions));
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
    t.add(LEARNED, all.stream().map(s -> s.label.learned()).toArray(String[]::new));
    t.add(HOURS, all.stream().mapToDouble(s -> s.hours).toArray());
    t.add(SAMPLE_COUNT, all.stream().mapToInt(s -> s.sampleCount).toArray());
    for (Condition c : Condition.values()) {
      t.add(c.column(), all.stream().mapToDouble(s -> s.label.get(c)).toArray());
    }
    return t;
  }

  private static ParquetTable samples(List<SessionData> all) {
    int count = all.stream().mapToInt(s -> s.sampleCount).sum();
    int width = Sample.width();
    List<String> titles = Sample.titles();
    ParquetTable t = new ParquetTable(count);
    t.add(SESSION, sessionOfEach(all, count));
    for (int c = 0; c < width; c++) {
      float[] values = new float[count];
      int at = 0;
      for (SessionData s : all) {
        for (int r = 0; r < s.sampleCount; r++) {
          values[at++] = s.samples[r * width + c];
        }
      }
      t.add(titles.get(c), values);
    }
    return t;
  }

  private static int[] sessionOfEach(List<SessionData> all, int count) {
    int[] numbers = new int[count];
    int at = 0;
    for (SessionData s : all) {
      Arrays.fill(numbers, at, at + s.sampleCount, s.label.ref().number());
      at += s.sampleCount;
    }
    return numbers;
  }

  /**
   * Reads a shard and makes the rows that networks learn from.
   *
   * @param counts rows of the files in the order of {@link #FILES}
   * @param ampHours the cell's nominal capacity, A·h
   * @param which sessions are wanted
   * @param withSamples whether the samples are kept beside the rows
   */
  static List<SessionData> read(
      Path folder,
      List<Integer> counts,
      double ampHours,
      Predicate<SessionLabel> which,
      boolean withSamples)
      throws IOException {
    List<SessionData> all = readLabels(folder, counts);
    if (all.stream().noneMatch(s -> which.test(s.label))) {
      return List.of();
    }
    ParquetTable samples = ParquetTable.read(folder.resolve(SAMPLES), counts.get(1));
    fillSamples(all, samples);
    List<String> missing =
        samples.rows() == 0
            ? List.of()
            : TwinColumns.titles().stream().filter(t -> !samples.has(t)).toList();
    List<SessionData> wanted = all.stream().filter(s -> which.test(s.label)).toList();
    for (SessionData s : wanted) {
      RowMaker rows = new RowMaker(s, ampHours);
      for (int i = 0; i < s.sampleCount; i++) {
        rows.take(s.samples, i * Sample.width());
      }
      if (!withSamples) {
        s.dropSamples();
      }
      s.trim();
      if (!missing.isEmpty() && s.lacksInputs()) {
        throw new IllegalArgumentException("signals that features need are missing: " + missing);
      }
    }
    return wanted;
  }

  /** Reads a shard's sessions without what happened in them. */
  static List<SessionData> readLabels(Path folder, List<Integer> counts) throws IOException {
    ParquetTable sessions = ParquetTable.read(folder.resolve(SESSIONS), counts.get(0));
    List<SessionData> all = new ArrayList<>();
    for (int i = 0; i < counts.get(0); i++) {
      all.add(session(sessions, i));
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
            t.texts(LEARNED)[i],
            conditions);
    SessionData s =
        new SessionData(
            label.get(Condition.REFERENCE) == 1,
            label.get(Condition.AGED) == 1,
            (int) label.get(Condition.CELLS_IN_SERIES));
    s.label = label;
    s.hours = t.doubles(HOURS)[i];
    s.sampleCount = t.ints(SAMPLE_COUNT)[i];
    return s;
  }

  /** Signals that the twin has gained since the data were made stay NaN. */
  private static void fillSamples(List<SessionData> all, ParquetTable t) {
    int width = Sample.width();
    List<String> titles = Sample.titles();
    for (SessionData s : all) {
      s.samples = new float[s.sampleCount * width];
    }
    for (int c = 0; c < width; c++) {
      boolean gained = c >= Sample.values().length && !t.has(titles.get(c));
      float[] values = t.rows() == 0 || gained ? new float[t.rows()] : t.floats(titles.get(c));
      if (gained) {
        Arrays.fill(values, Float.NaN);
      }
      int from = 0;
      for (SessionData s : all) {
        for (int r = 0; r < s.sampleCount; r++) {
          s.samples[r * width + c] = values[from + r];
        }
        from += s.sampleCount;
      }
    }
  }
}
