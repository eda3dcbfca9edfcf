package dev.anodyne.mpc.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CommandsInFlightTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void withoutADeadTimeWhatFlowsIsWhatCounts() {
    CommandsInFlight commands = new CommandsInFlight(0, 1);
    commands.command(9, 0);
    assertThat(commands.ampsAtEffect(4, 1, SECOND)).isEqualTo(4);
  }

  @Test
  void theCurrentFollowsWhatWasCommandedBeforeByTheRamp() {
    CommandsInFlight commands = new CommandsInFlight(1.5, 1);
    commands.command(10, 0);
    commands.command(3, SECOND);
    // At 2 s the command of 0 s has counted since 1.5 s; it counts until 2.5 s, then that of 1 s.
    double towardsTen = 4 + 2 * 0.5;
    double towardsThree = towardsTen - 2 * 1.0;
    assertThat(commands.ampsAtEffect(4, 2, 2 * SECOND)).isEqualTo(towardsThree, within(1e-12));
  }

  @Test
  void aTargetIsReachedAndNotPassed() {
    CommandsInFlight commands = new CommandsInFlight(1, 1);
    commands.command(5, 0);
    assertThat(commands.ampsAtEffect(4, 100, SECOND)).isEqualTo(5);
    assertThat(commands.ampsAtEffect(4, Double.POSITIVE_INFINITY, SECOND)).isEqualTo(5);
  }

  @Test
  void oldCommandsMakeRoomForNewOnes() {
    CommandsInFlight commands = new CommandsInFlight(1, 1);
    for (int i = 0; i < 100; i++) {
      commands.command(i, i * SECOND);
    }
    // At 99.5 s command 98 counts for half a second more, then 99: without a ramp limit it is 99.
    assertThat(commands.ampsAtEffect(97, Double.POSITIVE_INFINITY, 99 * SECOND + SECOND / 2))
        .isEqualTo(99);
    commands.forget();
    assertThat(commands.ampsAtEffect(97, 1, 100 * SECOND)).isEqualTo(97);
  }
}
