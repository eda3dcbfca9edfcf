package dev.anodyne.opcua.server.shield;

import io.netty.buffer.ByteBuf;
import java.util.Set;

/** Requests that need no session, by the numeric ids of their binary encodings. */
final class DiscoveryRequests {
  private static final int FIND_SERVERS = 422;
  private static final int GET_ENDPOINTS = 428;
  private static final int FIND_SERVERS_ON_NETWORK = 12208;
  private static final Set<Integer> ALL =
      Set.of(FIND_SERVERS, GET_ENDPOINTS, FIND_SERVERS_ON_NETWORK);

  /** A node id in the forms that a number of the standard's namespace can have. */
  private static final int FOUR_BYTES = 1;

  private static final int NUMERIC = 2;

  private DiscoveryRequests() {}

  /** Whether the type of a request, a node id, is one of these. */
  static boolean isOne(ByteBuf in, int at) {
    if (at + 4 > in.writerIndex()) {
      return false;
    }
    return switch (in.getByte(at)) {
      case FOUR_BYTES -> in.getByte(at + 1) == 0 && ALL.contains(in.getUnsignedShortLE(at + 2));
      case NUMERIC ->
          at + 7 <= in.writerIndex()
              && in.getShortLE(at + 1) == 0
              && ALL.contains(in.getIntLE(at + 3));
      default -> false;
    };
  }
}
