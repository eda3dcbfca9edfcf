package dev.anodyne.opcua.server;

import static dev.anodyne.opcua.server.ServerLimit.*;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ushort;

import dev.anodyne.opcua.server.shield.ShieldLimits;
import java.time.Duration;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigLimits;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;

/**
 * The limits in the form that the library asks for. It keeps some of them and only tells clients
 * about others; those are kept by the guards of this package.
 */
final class MiloLimits implements OpcUaServerConfigLimits {
  /** Parts of a message; clients that send smaller ones than they may get twice as many. */
  private static final int LEAST_CHUNKS = 16;

  /** Values in values: none of the models here nests deeper than a few levels. */
  private static final int NESTING = 32;

  private static final double MILLIS = 1000;

  private final ServerLimits limits;

  MiloLimits(ServerLimits limits) {
    this.limits = limits;
  }

  ServerLimits limits() {
    return limits;
  }

  /** Sizes of messages; a client that sends small parts may send as many bytes as others. */
  EncodingLimits encoding() {
    int bytes = limits.get(MESSAGE_BYTES);
    int chunk = Math.min(limits.get(CHUNK_BYTES), bytes);
    return new EncodingLimits(chunk, Math.max(LEAST_CHUNKS, 2 * bytes / chunk), bytes, NESTING);
  }

  /** What is kept in front of the library; the rest as it is safe. */
  ShieldLimits shield() {
    ShieldLimits safe = ShieldLimits.SAFE;
    int perAddress = limits.get(CONNECTIONS_PER_ADDRESS);
    EncodingLimits sizes = encoding();
    return new ShieldLimits(
        new ShieldLimits.Connections(
            limits.get(CONNECTIONS),
            perAddress,
            Math.min(perAddress, safe.connections().newcomersPerAddress()),
            safe.connections().opening(),
            safe.connections().orphans()),
        new ShieldLimits.Times(
            Duration.ofSeconds(limits.get(HANDSHAKE_SECONDS)),
            Duration.ofSeconds(limits.get(LOGIN_SECONDS)),
            safe.times().message(),
            longer(
                safe.times().idle(), Duration.ofSeconds(2L * limits.get(SESSION_TIMEOUT_SECONDS))),
            safe.times().unread()),
        new ShieldLimits.Messages(
            safe.messages().newcomerBytes(),
            sizes.getMaxMessageSize(),
            sizes.getMaxChunkCount(),
            safe.messages().certificateBytes(),
            limits.get(REQUESTS),
            limits.get(PUBLISH_REQUESTS),
            safe.messages().calls(),
            safe.messages().callsOfAll()),
        safe.rates());
  }

  /** A session that is silent for as long as it may be keeps its connection. */
  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  @Override
  public UInteger getMaxSessions() {
    return limits.count(SESSIONS);
  }

  @Override
  public Double getMaxSessionTimeout() {
    return limits.get(SESSION_TIMEOUT_SECONDS) * MILLIS;
  }

  @Override
  public Double getMinPublishingInterval() {
    return (double) limits.get(PUBLISHING_INTERVAL_MILLIS);
  }

  @Override
  public Double getDefaultPublishingInterval() {
    return Math.max(250.0, limits.get(PUBLISHING_INTERVAL_MILLIS));
  }

  @Override
  public Double getMaxSubscriptionLifetime() {
    return limits.get(SUBSCRIPTION_LIFETIME_SECONDS) * MILLIS;
  }

  @Override
  public UInteger getMaxSubscriptions() {
    return limits.count(SUBSCRIPTIONS);
  }

  @Override
  public UInteger getMaxSubscriptionsPerSession() {
    return limits.count(SUBSCRIPTIONS_PER_SESSION);
  }

  @Override
  public UInteger getMaxMonitoredItems() {
    return limits.count(MONITORED_ITEMS);
  }

  @Override
  public UInteger getMaxMonitoredItemsPerSession() {
    return limits.count(MONITORED_ITEMS_PER_SESSION);
  }

  @Override
  public UInteger getMaxNodesPerRead() {
    return limits.count(NODES_PER_READ);
  }

  @Override
  public UInteger getMaxNodesPerWrite() {
    return limits.count(NODES_PER_WRITE);
  }

  @Override
  public UInteger getMaxMonitoredItemsPerCall() {
    return limits.count(ITEMS_PER_REQUEST);
  }

  @Override
  public UInteger getMaxNodesPerBrowse() {
    return limits.count(NODES_PER_BROWSE);
  }

  @Override
  public UInteger getMaxNodesPerRegisterNodes() {
    return limits.count(NODES_PER_BROWSE);
  }

  @Override
  public UInteger getMaxNodesPerTranslateBrowsePathsToNodeIds() {
    return limits.count(NODES_PER_BROWSE);
  }

  @Override
  public UInteger getMaxNodesPerMethodCall() {
    return limits.count(NODES_PER_CALL);
  }

  @Override
  public UInteger getMaxNodesPerHistoryReadData() {
    return limits.count(NODES_PER_HISTORY_READ);
  }

  @Override
  public UShort getMaxBrowseContinuationPoints() {
    return ushort(limits.get(CONTINUATION_POINTS));
  }

  /** bcrypt reads 72 bytes; longer ones are refused before anything is decrypted into memory. */
  @Override
  public UInteger getMaxPasswordLength() {
    return uint(128);
  }

  @Override
  public UInteger getMaxArrayLength() {
    return limits.count(ARRAY_LENGTH);
  }

  @Override
  public UInteger getMaxStringLength() {
    return limits.count(STRING_LENGTH);
  }

  @Override
  public UInteger getMaxByteStringLength() {
    return limits.count(STRING_LENGTH);
  }
}
