package dev.anodyne.opcua.server.history;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Where an answer goes on. It says everything itself, so the server keeps nothing for it: clients
 * that never come back cost nothing, and there is nothing to release.
 *
 * @param nextMicros first instant that has not been answered, µs since 1970 UTC
 * @param left points that may still be asked for; −1 when as many as there are
 */
record Resume(long nextMicros, int left) {
  private static final int BYTES = Long.BYTES + Integer.BYTES + Integer.BYTES;

  /** As the client carries it. */
  ByteString toByteString(String request) {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.putLong(nextMicros).putInt(left);
    bytes.putInt(checksum(request));
    return ByteString.of(bytes.array());
  }

  /**
   * Reads what a client has brought back.
   *
   * @param request variable and question: it holds for no other
   * @return null when it brought none
   * @throws UaException {@code Bad_ContinuationPointInvalid}
   */
  static @Nullable Resume of(@Nullable ByteString carried, String request) throws UaException {
    byte[] bytes = carried == null ? null : carried.bytes();
    if (bytes == null || bytes.length == 0) {
      return null;
    }
    if (bytes.length == BYTES) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      Resume resume = new Resume(buffer.getLong(), buffer.getInt());
      if (buffer.getInt() == resume.checksum(request) && resume.left >= -1) {
        return resume;
      }
    }
    throw new UaException(StatusCodes.Bad_ContinuationPointInvalid);
  }

  private int checksum(String request) {
    CRC32 crc = new CRC32();
    crc.update(
        (request + '|' + nextMicros + '|' + left)
            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }
}
