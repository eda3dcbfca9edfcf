package dev.anodyne.controller.cluster;

import dev.anodyne.core.charging.Charger;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.ThermalCommand;

/**
 * A charger that is commanded only while this node holds its connector's lease. The lease is looked
 * at before every single command, and no command holds longer than the lease: one that is held up
 * on its way by a pause of the process has expired when it goes on.
 */
public final class LeasedCharger implements Charger {
  private final Charger charger;
  private final Lease lease;
  private final NanoClock clock;

  /**
   * Guards a charger.
   *
   * @param clock the loop's, on which commands expire; at the speed of the machine's
   */
  public LeasedCharger(Charger charger, Lease lease, NanoClock clock) {
    this.charger = charger;
    this.lease = lease;
    this.clock = clock;
    charger.fence(lease.fencing());
  }

  @Override
  public ChargerStatus status() {
    ChargerStatus status = charger.status();
    return switch (lease.right()) {
      case ALL -> status;
      case NOT_YET ->
          apart(status, "This node has taken the connector over; the last command may still hold.");
      case ZERO_ONLY -> apart(status, "This node's lease of the connector could not be renewed.");
      case NOTHING -> apart(status, "This node does not hold the connector's lease.");
    };
  }

  /** To the session a charger that it may not command is one that it cannot reach. */
  private static ChargerStatus apart(ChargerStatus s, String reason) {
    return new ChargerStatus(
        ChargerStatus.LinkState.DOWN,
        s.measurement(),
        s.capabilities(),
        s.batteryLimits(),
        s.vehicleConnected(),
        s.faults(),
        reason,
        s.thermal());
  }

  @Override
  public void apply(CurrentCommand command) {
    switch (lease.right()) {
      case ALL -> charger.apply(within(command.chargeCurrentAmps(), command));
      case ZERO_ONLY -> charger.apply(within(0, command));
      case NOT_YET, NOTHING -> {}
    }
  }

  private CurrentCommand within(double amps, CurrentCommand command) {
    long ends = clock.nanoTime() + lease.silentInNanos();
    long until = ends - command.validUntilNanos() < 0 ? ends : command.validUntilNanos();
    return new CurrentCommand(amps, amps == 0 ? 0 : command.voltageCeilingVolts(), until);
  }

  @Override
  public void applyThermal(ThermalCommand command) {
    if (lease.right() == Lease.Right.ALL) {
      charger.applyThermal(command);
    }
  }

  @Override
  public void fence(long number) {
    charger.fence(number);
  }

  @Override
  public void close() {
    charger.close();
  }
}
