package dev.anodyne.opcua.server.shield;

import io.netty.buffer.ByteBuf;
import java.util.HashSet;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The part of an OpenSecureChannel message that is not encrypted: OPC 10000-6 §6.7.2.3.
 *
 * @param isSecured false for the policy None
 */
record OpenHeader(boolean isSecured) {
  /** Message type, chunk type, size and channel id. */
  private static final int FIXED_BYTES = 12;

  private static final int LONGEST_URI = 255;
  private static final int THUMBPRINT_BYTES = 20;

  /** A leaf, two authorities and a root. */
  private static final int LONGEST_CHAIN = 4;

  /**
   * Reads it without moving in the buffer.
   *
   * @param start where the message begins
   * @param end where its first chunk ends
   * @param certificateBytes how long the sender's certificates may be together
   * @return null when it is not to be let through
   */
  static @Nullable OpenHeader read(ByteBuf in, int start, int end, int certificateBytes) {
    int at = start + FIXED_BYTES;
    int uri = length(in, at, end);
    if (uri < 1 || uri > LONGEST_URI) {
      return null;
    }
    byte[] name = new byte[uri];
    in.getBytes(at + 4, name);
    at += 4 + uri;
    int chain = length(in, at, end);
    if (chain > certificateBytes || chain < -1) {
      return null;
    }
    if (chain > 0 && !isChain(in, at + 4, at + 4 + chain)) {
      return null;
    }
    at += 4 + Math.max(0, chain);
    int thumbprint = length(in, at, end);
    if (thumbprint != -1 && thumbprint != 0 && thumbprint != THUMBPRINT_BYTES) {
      return null;
    }
    boolean secured =
        !new String(name, java.nio.charset.StandardCharsets.US_ASCII)
            .equals(SecurityPolicy.None.getUri());
    return secured == chain > 0 ? new OpenHeader(secured) : null;
  }

  /** The length that stands at a place; −2 when there is no such length. */
  private static int length(ByteBuf in, int at, int end) {
    if (at + 4 > end) {
      return -2;
    }
    int length = in.getIntLE(at);
    return length < -1 || length > end - at - 4 ? -2 : length;
  }

  /** Whole DER structures one after the other, few, and none of them twice. */
  private static boolean isChain(ByteBuf in, int start, int end) {
    Set<ByteBuf> seen = new HashSet<>();
    int at = start;
    while (at < end) {
      int length = derLength(in, at, end);
      if (length < 0 || seen.size() == LONGEST_CHAIN || !seen.add(in.slice(at, length))) {
        return false;
      }
      at += length;
    }
    return true;
  }

  /** Bytes of the DER sequence at a place, with its header; −1 when there is none. */
  private static int derLength(ByteBuf in, int at, int end) {
    if (at + 4 > end || in.getByte(at) != 0x30) {
      return -1;
    }
    int first = in.getUnsignedByte(at + 1);
    int length =
        switch (first) {
          case 0x81 -> 3 + in.getUnsignedByte(at + 2);
          case 0x82 -> 4 + in.getUnsignedShort(at + 2);
          default -> first < 0x80 ? 2 + first : -1;
        };
    return length > end - at ? -1 : length;
  }
}
