package dev.anodyne.controller.storage.spool;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One file of a spool: a header, then frames one after the other, each with its length, its counts
 * and a checksum over both counts and payload. Not thread-safe.
 */
final class Segment implements AutoCloseable {
  private static final long FILE_MAGIC = 0x414e4f53504c3031L;
  private static final int FRAME_MAGIC = 0x46524d31;
  private static final int FILE_HEADER = 8;
  private static final int FRAME_HEADER = 20;
  private static final int LONGEST_FRAME = 1 << 28;

  private final Path path;
  private @Nullable FileChannel channel;
  private long end = FILE_HEADER;
  private long position = FILE_HEADER;
  private long expendable;
  private long lasting;

  private Segment(Path path) {
    this.path = path;
  }

  /** Begins a file. */
  static Segment create(Path path) throws IOException {
    Segment segment = new Segment(path);
    FileChannel opened =
        FileChannel.open(
            path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    segment.channel = opened;
    try {
      ByteBuffer header = ByteBuffer.allocate(FILE_HEADER).putLong(FILE_MAGIC).flip();
      segment.writeFully(opened, header, 0);
    } catch (IOException e) {
      segment.delete();
      throw e;
    }
    return segment;
  }

  /** Opens a file that is there; what was not written to its end does not count. */
  static Segment open(Path path) throws IOException {
    Segment segment = new Segment(path);
    FileChannel opened = segment.channel();
    long size = opened.size();
    ByteBuffer header = ByteBuffer.allocate(FRAME_HEADER);
    while (segment.end + FRAME_HEADER <= size) {
      segment.readFully(header.clear(), segment.end);
      header.flip();
      int magic = header.getInt();
      int length = header.getInt();
      long next = segment.end + FRAME_HEADER + length;
      if (magic != FRAME_MAGIC || length < 0 || length > LONGEST_FRAME || next > size) {
        break;
      }
      segment.expendable += header.getInt();
      segment.lasting += header.getInt();
      segment.end = next;
    }
    return segment;
  }

  Path path() {
    return path;
  }

  /** Bytes that it takes. */
  long bytes() {
    return end;
  }

  /** Entries that are still to be read and may give way. */
  long expendable() {
    return expendable;
  }

  /** Entries that are still to be read and may not. */
  long lasting() {
    return lasting;
  }

  boolean isAtEnd() {
    return position >= end;
  }

  static long size(Frame frame) {
    return FRAME_HEADER + frame.payload().length;
  }

  /** Appends a frame and waits until the disk has it; when it fails the file is as before. */
  void append(Frame frame) throws IOException {
    byte[] payload = frame.payload();
    ByteBuffer buffer = ByteBuffer.allocate(FRAME_HEADER + payload.length);
    buffer
        .putInt(FRAME_MAGIC)
        .putInt(payload.length)
        .putInt(frame.expendable())
        .putInt(frame.lasting())
        .putInt(checksum(frame))
        .put(payload)
        .flip();
    FileChannel to = channel();
    try {
      writeFully(to, buffer, end);
      to.force(false);
    } catch (IOException e) {
      cut(to);
      throw e;
    }
    end += FRAME_HEADER + payload.length;
    expendable += frame.expendable();
    lasting += frame.lasting();
  }

  /**
   * The next frame, which stays the next one until {@link #skip}.
   *
   * @throws IOException when it is damaged
   */
  Frame peek() throws IOException {
    ByteBuffer header = ByteBuffer.allocate(FRAME_HEADER);
    readFully(header, position);
    header.flip();
    int magic = header.getInt();
    int length = header.getInt();
    if (magic != FRAME_MAGIC || length < 0 || position + FRAME_HEADER + length > end) {
      throw new IOException(path + " is damaged at byte " + position + ".");
    }
    int mayGo = header.getInt();
    int mayNot = header.getInt();
    int sum = header.getInt();
    ByteBuffer payload = ByteBuffer.allocate(length);
    readFully(payload, position + FRAME_HEADER);
    Frame frame = new Frame(payload.array(), mayGo, mayNot);
    if (checksum(frame) != sum) {
      throw new IOException(path + " is damaged at byte " + position + ".");
    }
    return frame;
  }

  /** The frame has been dealt with. */
  void skip(Frame frame) {
    position += size(frame);
    expendable -= frame.expendable();
    lasting -= frame.lasting();
  }

  void delete() throws IOException {
    close();
    Files.deleteIfExists(path);
  }

  @Override
  public void close() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }

  private FileChannel channel() throws IOException {
    FileChannel open = channel;
    if (open == null || !open.isOpen()) {
      open = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
      channel = open;
    }
    return open;
  }

  /** Half a frame at the end would only be in the way. */
  private void cut(FileChannel to) {
    try {
      to.truncate(end);
    } catch (IOException e) {
      // The next frame is written over it.
    }
  }

  private void writeFully(FileChannel to, ByteBuffer buffer, long at) throws IOException {
    long where = at;
    while (buffer.hasRemaining()) {
      where += to.write(buffer, where);
    }
  }

  private void readFully(ByteBuffer buffer, long at) throws IOException {
    FileChannel from = channel();
    long where = at;
    while (buffer.hasRemaining()) {
      int read = from.read(buffer, where);
      if (read < 0) {
        throw new EOFException(path + " ends at byte " + where + ".");
      }
      where += read;
    }
  }

  private static int checksum(Frame frame) {
    CRC32C sum = new CRC32C();
    sum.update(ByteBuffer.allocate(8).putInt(frame.expendable()).putInt(frame.lasting()).flip());
    sum.update(frame.payload());
    return (int) sum.getValue();
  }
}
