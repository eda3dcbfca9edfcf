package dev.anodyne.controller.app;

import java.util.Optional;

/**
 * Which charge is under way at each connector, kept so that another process can take it up: one
 * entry a connector. Thread-safe.
 */
public interface ChargeLedger extends AutoCloseable {
  /**
   * The charge that was under way at a connector when nobody could tell its end any more. Blocks.
   *
   * @return empty when there is none, or nobody can tell
   */
  Optional<OpenCharge> open(String connector);

  /** Keeps what a charge has come to, instead of what was kept before; never blocks. */
  void put(OpenCharge charge);

  /** Forgets a charge that is over; never blocks. Another charge of the connector stays. */
  void close(String connector, String chargeId);

  /** Writes what waits, for a moment, and ends. */
  @Override
  void close();
}
