package dev.anodyne.estimators.training;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.ParquetReader;
import blue.strategic.parquet.ParquetWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** A table in memory by columns, and as a Parquet file with the same bytes for the same values. */
final class ParquetTable {
  private final int rows;
  private final Map<String, Column> columns = new LinkedHashMap<>();

  ParquetTable(int rows) {
    this.rows = rows;
  }

  /** A column: its type is that of the array. */
  private sealed interface Column {
    Object get(int row);

    Type type(String name);
  }

  @SuppressWarnings("ArrayRecordComponent") // Large, compared nowhere.
  private record Ints(int[] values) implements Column {
    @Override
    public Object get(int row) {
      return values[row];
    }

    @Override
    public Type type(String name) {
      return new PrimitiveType(Type.Repetition.REQUIRED, PrimitiveTypeName.INT32, name);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Large, compared nowhere.
  private record Floats(float[] values) implements Column {
    @Override
    public Object get(int row) {
      return values[row];
    }

    @Override
    public Type type(String name) {
      return new PrimitiveType(Type.Repetition.REQUIRED, PrimitiveTypeName.FLOAT, name);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Large, compared nowhere.
  private record Doubles(double[] values) implements Column {
    @Override
    public Object get(int row) {
      return values[row];
    }

    @Override
    public Type type(String name) {
      return new PrimitiveType(Type.Repetition.REQUIRED, PrimitiveTypeName.DOUBLE, name);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Large, compared nowhere.
  private record Texts(String[] values) implements Column {
    @Override
    public Object get(int row) {
      return values[row];
    }

    @Override
    public Type type(String name) {
      return Types.required(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named(name);
    }
  }

  int rows() {
    return rows;
  }

  void add(String name, int[] values) {
    add(name, new Ints(values), values.length);
  }

  void add(String name, float[] values) {
    add(name, new Floats(values), values.length);
  }

  void add(String name, double[] values) {
    add(name, new Doubles(values), values.length);
  }

  void add(String name, String[] values) {
    add(name, new Texts(values), values.length);
  }

  private void add(String name, Column column, int length) {
    if (length != rows || columns.put(name, column) != null) {
      throw new IllegalStateException("Column " + name + ": " + length + " values, or twice.");
    }
  }

  boolean has(String name) {
    return columns.containsKey(name);
  }

  int[] ints(String name) {
    return column(name) instanceof Ints c ? c.values : fail(name, "whole numbers");
  }

  float[] floats(String name) {
    return column(name) instanceof Floats c ? c.values : fail(name, "floats");
  }

  double[] doubles(String name) {
    return column(name) instanceof Doubles c ? c.values : fail(name, "doubles");
  }

  String[] texts(String name) {
    return column(name) instanceof Texts c ? c.values : fail(name, "texts");
  }

  private Column column(String name) {
    Column column = columns.get(name);
    return column == null ? fail(name, "anything") : column;
  }

  private static <T> T fail(String name, String kind) {
    throw new IllegalArgumentException("column '" + name + "' of " + kind + " is missing");
  }

  void write(Path file) throws IOException {
    List<Type> types = columns.entrySet().stream().map(e -> e.getValue().type(e.getKey())).toList();
    MessageType schema = new MessageType("anodyne", types);
    try (ParquetWriter<Integer> writer =
        ParquetWriter.<Integer>writeFile(
            schema,
            file.toFile(),
            (row, out) -> columns.forEach((name, column) -> out.write(name, column.get(row))))) {
      for (int row = 0; row < rows; row++) {
        writer.write(row);
      }
    }
  }

  /**
   * Reads a file that {@link #write} made.
   *
   * @param expectedRows how many rows it has to hold
   * @throws IOException when it cannot be read
   * @throws RuntimeException when it is no such Parquet file
   */
  static ParquetTable read(Path file, int expectedRows) throws IOException {
    Map<String, Object> arrays = new LinkedHashMap<>();
    int[] next = {0};
    Hydrator<Integer, Integer, String> hydrator =
        new Hydrator<>() {
          @Override
          public Integer start() {
            return next[0]++;
          }

          @Override
          public Integer add(Integer row, String heading, Object value) {
            put(arrays, heading, value, row, expectedRows);
            return row;
          }

          @Override
          public Integer finish(Integer row) {
            return row;
          }
        };
    try (Stream<Integer> rows =
        ParquetReader.streamContent(file.toFile(), hydrator, path -> path[0])) {
      rows.forEach(r -> {});
    }
    if (next[0] != expectedRows) {
      throw new IllegalArgumentException(next[0] + " rows instead of " + expectedRows);
    }
    ParquetTable table = new ParquetTable(expectedRows);
    arrays.forEach(table::addArray);
    return table;
  }

  private static void put(
      Map<String, Object> arrays, String name, Object value, int row, int rows) {
    Object array = arrays.get(name);
    if (array == null) {
      array =
          value instanceof Integer
              ? new int[rows]
              : value instanceof Float
                  ? new float[rows]
                  : value instanceof Double ? new double[rows] : emptyTexts(rows);
      arrays.put(name, array);
    }
    if (array instanceof int[] a) {
      a[row] = (Integer) value;
    } else if (array instanceof float[] a) {
      a[row] = (Float) value;
    } else if (array instanceof double[] a) {
      a[row] = (Double) value;
    } else {
      ((String[]) array)[row] = (String) value;
    }
  }

  private static String[] emptyTexts(int rows) {
    String[] texts = new String[rows];
    Arrays.fill(texts, "");
    return texts;
  }

  private void addArray(String name, Object array) {
    if (array instanceof int[] a) {
      add(name, a);
    } else if (array instanceof float[] a) {
      add(name, a);
    } else if (array instanceof double[] a) {
      add(name, a);
    } else {
      add(name, (String[]) array);
    }
  }
}
