package dev.anodyne.controller.session.recording;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses what is between two flushes as a gzip member of its own, as one file. A compressor
 * takes a quarter of a megabyte while it is open: a thousand recordings must not each keep one.
 */
final class GzipMembers extends OutputStream {
  private static final int MOST_BYTES = 1 << 16;

  private final OutputStream out;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

  GzipMembers(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    waiting.write(b);
    endIfLong();
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    waiting.write(bytes, from, length);
    endIfLong();
  }

  private void endIfLong() throws IOException {
    if (waiting.size() >= MOST_BYTES) {
      endMember();
    }
  }

  private void endMember() throws IOException {
    if (waiting.size() == 0) {
      return;
    }
    try (Member member = new Member(out)) {
      waiting.writeTo(member);
    } finally {
      waiting.reset();
    }
  }

  @Override
  public void flush() throws IOException {
    endMember();
    out.flush();
  }

  @Override
  public void close() throws IOException {
    try (out) {
      endMember();
    }
  }

  /** One member; the file stays open. */
  private static final class Member extends GZIPOutputStream {
    Member(OutputStream out) throws IOException {
      super(
          new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
              out.write(bytes, from, length);
            }

            @Override
            public void close() {
              // the next member follows
            }
          },
          4096);
      // Lines repeat each other: more effort would hardly make them shorter.
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
