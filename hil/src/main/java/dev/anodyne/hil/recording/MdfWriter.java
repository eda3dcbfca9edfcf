package dev.anodyne.hil.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * ASAM MDF 4.10, streamed: one data group with one channel group, every channel a 64-bit float, the
 * time as its master. All blocks but the data come first; the data block is the last one and grows.
 * Its length and the number of records are written again with each {@link #flush}, so that the file
 * is a complete one whenever its writer ends.
 *
 * <p>Block layouts after ASAM MDF 4.1.0, chapter 5 (ID, HD, FH, DG, CG, CN, TX, MD, DT).
 */
public final class MdfWriter implements RowWriter {
  private static final int BUFFER_BYTES = 1 << 22;

  private final FileChannel file;
  private final MdfBlocks.Layout layout;
  private final int columns;
  private final int rowsInBuffer;
  private final ByteBuffer bytes;
  private final DoubleBuffer buffer;
  private final ByteBuffer count = ByteBuffer.allocateDirect(8).order(ByteOrder.LITTLE_ENDIAN);
  private int waiting;
  private long written;

  /** Begins a file; one that is there is replaced. */
  public MdfWriter(Path path, List<RecordedColumn> columns) throws IOException {
    this(path, columns, System.currentTimeMillis());
  }

  /** The same with the time at which the recording says it began, ms since 1970. */
  MdfWriter(Path path, List<RecordedColumn> columns, long startMillis) throws IOException {
    this.columns = columns.size();
    MdfBlocks blocks = new MdfBlocks(columns, startMillis * 1_000_000);
    layout = blocks.layout();
    int rowBytes = Double.BYTES * this.columns;
    rowsInBuffer = Math.max(1, BUFFER_BYTES / rowBytes);
    bytes = ByteBuffer.allocateDirect(rowsInBuffer * rowBytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer = bytes.asDoubleBuffer();
    file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    write(blocks.bytes(), 0);
  }

  @Override
  public void write(double[] row) throws IOException {
    if (row.length != columns) {
      throw new IllegalArgumentException(
          "A row of " + row.length + " values does not fit " + columns + " columns.");
    }
    buffer.put(row);
    waiting++;
    if (waiting == rowsInBuffer) {
      append();
    }
  }

  private void append() throws IOException {
    bytes.position(0).limit(waiting * columns * Double.BYTES);
    write(bytes, layout.dataStart() + written * columns * Double.BYTES);
    bytes.clear();
    buffer.clear();
    written += waiting;
    waiting = 0;
  }

  private void write(ByteBuffer from, long position) throws IOException {
    long at = position;
    while (from.hasRemaining()) {
      at += file.write(from, at);
    }
  }

  @Override
  public void flush() throws IOException {
    append();
    // The length first: a reader takes the smaller of both.
    number(MdfBlocks.HEADER_BYTES + written * columns * Double.BYTES, layout.dataLengthAt());
    number(written, layout.cycleCountAt());
  }

  private void number(long value, long position) throws IOException {
    count.clear();
    count.putLong(value).flip();
    write(count, position);
  }

  @Override
  public void close() throws IOException {
    try {
      flush();
    } finally {
      file.close();
    }
  }
}
