package dev.anodyne.opcua.server;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.EnumMap;
import java.util.Map;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/**
 * The limits of one server.
 *
 * @param changed those that differ from their usual values, each within what it may be
 */
public record ServerLimits(Map<ServerLimit, Integer> changed) {
  /** All as usual. */
  public static final ServerLimits DEFAULT = new ServerLimits(Map.of());

  public ServerLimits {
    changed = Map.copyOf(changed);
    changed.forEach(
        (limit, value) -> {
          if (value < limit.least() || value > limit.most()) {
            throw new IllegalArgumentException(
                limit.key()
                    + " is "
                    + value
                    + "; allowed: "
                    + limit.least()
                    + " to "
                    + limit.most());
          }
        });
  }

  /** The limits of a running server; the usual ones of a server of another make. */
  public static ServerLimits of(OpcUaServer server) {
    return server.getConfig().getLimits() instanceof MiloLimits milo ? milo.limits() : DEFAULT;
  }

  /** A limit's value. */
  public int get(ServerLimit limit) {
    return changed.getOrDefault(limit, limit.usual());
  }

  /** The same with another value. */
  public ServerLimits with(ServerLimit limit, int value) {
    Map<ServerLimit, Integer> next = new EnumMap<>(ServerLimit.class);
    next.putAll(changed);
    next.put(limit, value);
    return new ServerLimits(next);
  }

  /** A limit's value as OPC UA counts. */
  public UInteger count(ServerLimit limit) {
    return uint(get(limit));
  }
}
