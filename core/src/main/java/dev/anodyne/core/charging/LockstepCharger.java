package dev.anodyne.core.charging;

import java.time.Duration;

/**
 * A charger whose plant stands still until the controller has answered: simulated time, no
 * deadline. Implemented by the bench over OPC UA and by the plant in process.
 */
public interface LockstepCharger extends Charger {
  /**
   * Waits for the plant's next tick. Blocks: never call it on an event loop. The measurement's time
   * is the plant's simulated time.
   *
   * @return the status image of the new tick; its link is not UP when none came within the time-out
   */
  ChargerStatus awaitTick(Duration timeout) throws InterruptedException;

  /** Hands over this tick's command and lets the plant go on. */
  void complete(CurrentCommand command);
}
