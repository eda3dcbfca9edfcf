package dev.anodyne.controller.cluster;

import static dev.anodyne.controller.Images.SECOND;
import static dev.anodyne.controller.Images.up;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.controller.cluster.Lease.Right;
import dev.anodyne.core.charging.Charger;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.ThermalCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What may be sent under a lease, by the holder's own clock. */
class LeaseTest {
  private static final long LEASE = 5 * SECOND;

  private final AtomicLong now = new AtomicLong(1000 * SECOND);

  private Lease lease(long askedAgo, long wait) {
    return new Lease("C1", 7, LEASE, now.get() - askedAgo, wait, now::get);
  }

  @Test
  void theHolderStopsWellBeforeTheLeaseEnds() {
    Lease lease = lease(0, 0);
    assertThat(lease.right()).isEqualTo(Right.ALL);
    now.addAndGet(LEASE * 6 / 10 - 1);
    assertThat(lease.right()).isEqualTo(Right.ALL);
    now.addAndGet(1);
    assertThat(lease.right()).as("not renewed in time").isEqualTo(Right.ZERO_ONLY);
    now.addAndGet(LEASE * 3 / 10);
    assertThat(lease.right()).as("half a second before its end").isEqualTo(Right.NOTHING);
    assertThat(lease.isOver()).isFalse();
    lease.renewed(now.get());
    assertThat(lease.right()).isEqualTo(Right.ALL);
    lease.end();
    assertThat(lease.right()).isEqualTo(Right.NOTHING);
    lease.renewed(now.get());
    assertThat(lease.right()).as("what has ended does not come back").isEqualTo(Right.NOTHING);
  }

  @Test
  void theNextHolderWaitsForTheLastCommand() {
    Lease lease = lease(0, 2 * SECOND);
    assertThat(lease.right()).isEqualTo(Right.NOT_YET);
    now.addAndGet(2 * SECOND);
    assertThat(lease.right()).isEqualTo(Right.ALL);
  }

  @Test
  void aLeaseCountsFromBeforeTheDatabaseWasAsked() {
    // The answer came after a pause of four seconds.
    assertThat(lease(4 * SECOND, 0).right()).isEqualTo(Right.ZERO_ONLY);
    assertThat(lease(5 * SECOND, 0).isOver()).isTrue();
  }

  @Test
  void noCommandOutlastsItsLeaseAndNoneGoesOutAfterIt() {
    Noted charger = new Noted();
    Lease lease = lease(0, 0);
    LeasedCharger leased = new LeasedCharger(charger, lease, now::get);
    assertThat(charger.fencing).isEqualTo(7);
    leased.apply(new CurrentCommand(10, 16.8, now.get() + 60 * SECOND));
    assertThat(charger.commands.get(0).validUntilNanos()).isEqualTo(now.get() + LEASE - LEASE / 10);
    now.addAndGet(LEASE * 7 / 10);
    leased.apply(new CurrentCommand(10, 16.8, now.get() + SECOND));
    assertThat(charger.commands.get(1).chargeCurrentAmps()).isZero();
    assertThat(leased.status().link()).isEqualTo(ChargerStatus.LinkState.DOWN);
    now.addAndGet(LEASE);
    leased.apply(new CurrentCommand(10, 16.8, now.get() + SECOND));
    leased.apply(CurrentCommand.zero(now.get() + SECOND));
    leased.applyThermal(new ThermalCommand(100, now.get() + SECOND));
    assertThat(charger.commands).hasSize(2);
    assertThat(charger.heats).isZero();
  }

  /**
   * However the holder is paused and its renewals come and go: what it sends has run out when the
   * database could give the lease to somebody else.
   */
  @Property(tries = 500)
  void whateverPausesNothingHoldsBeyondTheLease(
      @ForAll @Size(min = 1, max = 60)
          List<@LongRange(min = 0, max = 4_000_000_000L) Long> pauses) {
    AtomicLong clock = new AtomicLong(1);
    Noted charger = new Noted();
    Lease lease = new Lease("C1", 1, LEASE, 1, 0, clock::get);
    LeasedCharger leased = new LeasedCharger(charger, lease, clock::get);
    long databaseUntil = 1 + LEASE;
    for (int i = 0; i < pauses.size(); i++) {
      clock.addAndGet(pauses.get(i));
      if (i % 2 == 0 && clock.get() < databaseUntil) {
        long asked = clock.get();
        databaseUntil = asked + LEASE; // at the earliest
        clock.addAndGet(pauses.get(i) / 3); // the answer takes its time
        lease.renewed(asked);
      }
      leased.apply(new CurrentCommand(5, 16.8, clock.get() + 3 * SECOND));
      for (CurrentCommand c : charger.commands) {
        assertThat(c.validUntilNanos()).isLessThan(databaseUntil);
      }
      if (clock.get() >= databaseUntil) {
        assertThat(lease.right()).isEqualTo(Right.NOTHING);
        break;
      }
    }
  }

  private static final class Noted implements Charger {
    final List<CurrentCommand> commands = new ArrayList<>();
    int heats;
    long fencing;

    @Override
    public ChargerStatus status() {
      return up(1, 0);
    }

    @Override
    public void apply(CurrentCommand command) {
      commands.add(command);
    }

    @Override
    public void applyThermal(ThermalCommand command) {
      heats++;
    }

    @Override
    public void fence(long number) {
      fencing = number;
    }

    @Override
    public void close() {}
  }
}
