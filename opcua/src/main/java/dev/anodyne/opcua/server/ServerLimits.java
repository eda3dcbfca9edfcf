package dev.anodyne.opcua.server;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfigLimits;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/** Bounds on what clients may make a server keep; the library's defaults leave most of it open. */
final class ServerLimits implements OpcUaServerConfigLimits {
  /** Values that one monitored item may queue up; the queue is allocated at once. */
  static final UInteger MAX_QUEUE = uint(100);

  @Override
  public UInteger getMaxSessions() {
    return uint(100);
  }

  /** A session whose log-in failed keeps its place until it times out. */
  @Override
  public Double getMaxSessionTimeout() {
    return 30_000.0;
  }

  @Override
  public UInteger getMaxSubscriptions() {
    return uint(200);
  }

  @Override
  public UInteger getMaxSubscriptionsPerSession() {
    return uint(20);
  }

  @Override
  public UInteger getMaxMonitoredItems() {
    return uint(50_000);
  }

  @Override
  public UInteger getMaxMonitoredItemsPerSession() {
    return uint(5_000);
  }

  @Override
  public UInteger getMaxNodesPerRead() {
    return uint(1_000);
  }

  @Override
  public UInteger getMaxNodesPerWrite() {
    return uint(1_000);
  }

  @Override
  public UInteger getMaxMonitoredItemsPerCall() {
    return uint(1_000);
  }

  @Override
  public UInteger getMaxPasswordLength() {
    return uint(128);
  }

  @Override
  public UInteger getMaxArrayLength() {
    return uint(65_536);
  }

  @Override
  public UInteger getMaxStringLength() {
    return uint(65_536);
  }
}
