package dev.anodyne.controller.station;

import dev.anodyne.controller.config.ConnectorConfig;

/**
 * Hears of the connectors of a running station that come and go: those of its file when it starts,
 * and those that are added, replaced or removed later. Called one at a time, on a thread that may
 * block, never on an event loop.
 */
public interface ConnectorListener {
  /**
   * A connector comes; its session has not begun yet.
   *
   * @param supervision what its session will tell and be told through
   * @throws RuntimeException when it cannot be taken up: the connector then does not come at all,
   *     and whoever has heard of it is told that it is removed
   */
  void added(ConnectorConfig connector, ConnectorSupervision supervision);

  /** A connector has gone: its session has ended and its charger has been commanded zero. */
  void removed(String id);
}
