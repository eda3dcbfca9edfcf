package dev.anodyne.hil.recording;

import blue.strategic.parquet.Dehydrator;
import blue.strategic.parquet.ParquetWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * Parquet with a double column for each channel, named with its unit as in CSV. A Parquet file can
 * be read only when it is complete: until then its name ends with {@code .part}.
 */
final class ParquetRows implements RowWriter {
  private final Path target;
  private final Path part;
  private final ParquetWriter<double[]> out;

  ParquetRows(Path file, List<RecordedColumn> columns) throws IOException {
    String[] names = columns.stream().map(RecordedColumn::header).toArray(String[]::new);
    Type[] fields = new Type[names.length];
    for (int i = 0; i < names.length; i++) {
      fields[i] = Types.required(PrimitiveType.PrimitiveTypeName.DOUBLE).named(names[i]);
    }
    Dehydrator<double[]> dehydrator =
        (row, values) -> {
          for (int i = 0; i < names.length; i++) {
            values.write(names[i], row[i]);
          }
        };
    target = file;
    part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    out = ParquetWriter.writeFile(new MessageType("recording", fields), part.toFile(), dehydrator);
  }

  @Override
  public void write(double[] row) throws IOException {
    out.write(row);
  }

  @Override
  public void flush() {
    // A row group cannot be ended from outside.
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
  }
}
