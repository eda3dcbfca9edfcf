package dev.anodyne.controller.session;

import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.LockstepCharger;
import dev.anodyne.core.charging.ThermalCommand;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Drives a loop in step with a plant that waits for it: wait for the tick, one cycle, hand over the
 * command. No wall-clock deadline: the same seed gives the same charge on any machine. Blocks: run
 * it on a thread of its own.
 */
public final class LockstepDriver {
  private final ChargeLoop loop;
  private final LockstepCharger charger;
  private final Duration tickTimeout;
  private final Consumer<LoopRecord> listener;
  private volatile boolean stopRequested;
  private volatile String stopReason = "";

  /**
   * Prepares a run.
   *
   * @param loop the session's loop; started by the run
   * @param charger the plant's charger
   * @param tickTimeout how long a tick may take to come before the image counts as lost
   * @param listener hears every record, on the driver's thread
   */
  public LockstepDriver(
      ChargeLoop loop,
      LockstepCharger charger,
      Duration tickTimeout,
      Consumer<LoopRecord> listener) {
    this.loop = loop;
    this.charger = charger;
    this.tickTimeout = tickTimeout;
    this.listener = listener;
  }

  /**
   * Charges until the session is over, {@code until} holds, or {@link #stop} is called; the last
   * command is zero. While the plant cannot be heard every time-out is one more record whose link
   * is not UP: {@code until} decides how long to wait for it.
   *
   * @param until looked at after each cycle, for a bench that knows the true end
   * @return the session's state at the end
   */
  public SessionState run(Predicate<LoopRecord> until) throws InterruptedException {
    boolean ended = false;
    long now = Long.MIN_VALUE;
    while (!ended) {
      ChargerStatus status = charger.awaitTick(tickTimeout);
      // A lost tick does not advance time: the plant stands still, and the link's state tells.
      long sampled = status.measurement().timeNanos();
      now = now == Long.MIN_VALUE ? sampled : Math.max(now, sampled);
      loop.start(now);
      if (stopRequested) {
        loop.stop(stopReason, now);
      }
      LoopRecord record = loop.cycle(status, now);
      ended = record.state().isOver() || until.test(record);
      charger.applyThermal(
          ended ? ThermalCommand.off(record.thermal().validUntilNanos()) : record.thermal());
      charger.complete(
          ended ? CurrentCommand.zero(record.command().validUntilNanos()) : record.command());
      listener.accept(record);
    }
    return loop.state();
  }

  /** Asks the run to end with the next tick. */
  public void stop(String reason) {
    stopReason = reason;
    stopRequested = true;
  }
}
