package dev.anodyne.controller.storage.export;

import blue.strategic.parquet.Dehydrator;
import blue.strategic.parquet.ParquetWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** Parquet; every column is optional, instants are timestamps in µs, adjusted to UTC. */
final class ParquetTable implements TableFile {
  private final ParquetWriter<@Nullable Object[]> out;

  ParquetTable(Path file, List<TableColumn> columns) throws IOException {
    Type[] fields = columns.stream().map(ParquetTable::field).toArray(Type[]::new);
    Dehydrator<@Nullable Object[]> dehydrator =
        (row, values) -> {
          for (int i = 0; i < fields.length; i++) {
            Object value = row[i];
            if (value != null && !(value instanceof Double number && number.isNaN())) {
              values.write(fields[i].getName(), value);
            }
          }
        };
    out = ParquetWriter.writeFile(new MessageType("anodyne", fields), file.toFile(), dehydrator);
  }

  private static Type field(TableColumn column) {
    return switch (column.kind()) {
      case NUMBER -> Types.optional(PrimitiveTypeName.DOUBLE).named(column.header());
      case TEXT ->
          Types.optional(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(column.header());
      case TIME ->
          Types.optional(PrimitiveTypeName.INT64)
              .as(LogicalTypeAnnotation.timestampType(true, LogicalTypeAnnotation.TimeUnit.MICROS))
              .named(column.header());
    };
  }

  @Override
  public void row(@Nullable Object[] values) throws IOException {
    out.write(values);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
