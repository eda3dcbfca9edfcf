package dev.anodyne.controller.session;

import static dev.anodyne.controller.Images.LAYOUT;
import static dev.anodyne.controller.Images.SECOND;
import static dev.anodyne.controller.Images.decision;
import static dev.anodyne.controller.Images.estimate;
import static dev.anodyne.controller.Images.up;
import static dev.anodyne.controller.Images.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.safety.GuardSettings;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.LockstepCharger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LockstepDriverTest {
  /** A plant that draws what it is told and loses the link for some ticks. */
  private static final class FakePlant implements LockstepCharger {
    private final List<Double> drawn = new ArrayList<>();
    private double seconds;
    private double amps;
    private int lostTicks;

    @Override
    public ChargerStatus awaitTick(Duration timeout) {
      if (drawn.size() == 5 && lostTicks < 3) {
        lostTicks++;
        return with(up(seconds, amps), LinkState.DOWN, "no tick came");
      }
      return up(++seconds, amps);
    }

    @Override
    public void complete(CurrentCommand command) {
      amps = command.chargeCurrentAmps();
      if (lostTicks != 1 && lostTicks != 2) {
        drawn.add(amps);
      }
    }

    @Override
    public ChargerStatus status() {
      return up(seconds, amps);
    }

    @Override
    public void apply(CurrentCommand command) {
      throw new AssertionError("a lock-step plant is commanded by complete");
    }

    @Override
    public void close() {}
  }

  @Test
  void chargesTickByTickSurvivesLostTicksAndEndsWithZero() throws InterruptedException {
    FakePlant plant = new FakePlant();
    SessionSettings settings =
        new SessionSettings("t", LAYOUT, 0.8, 4.2, 318.15, 15, 0, 298.15, SECOND);
    ChargeLoop loop =
        new ChargeLoop(
            settings,
            (m, c) -> estimate(m, 0.3 + m.timeNanos() * 1e-9 * 0.05),
            (e, l) -> decision(10),
            new Guard(GuardSettings.of(LAYOUT, 4.2, 318.15)));
    List<LoopRecord> records = new ArrayList<>();
    LockstepDriver driver = new LockstepDriver(loop, plant, Duration.ofMillis(1), records::add);

    SessionState end = driver.run(record -> records.size() > 100);

    assertThat(end)
        .isInstanceOfSatisfying(
            SessionState.Finished.class, f -> assertThat(f.targetReached()).isTrue());
    assertThat(plant.drawn.get(0)).isEqualTo(10);
    assertThat(plant.drawn.get(plant.drawn.size() - 1)).isZero();
    assertThat(records.stream().filter(r -> r.state() instanceof SessionState.Suspended))
        .hasSize(3);
    // SoC 0.8 is reached at 10 s; the link was lost for three of the driver's turns.
    assertThat(records).hasSize(13);
  }

  @Test
  void stopsOnRequestWithZero() throws InterruptedException {
    FakePlant plant = new FakePlant();
    SessionSettings settings =
        new SessionSettings("t", LAYOUT, 0.8, 4.2, 318.15, 15, 0, 298.15, SECOND);
    ChargeLoop loop =
        new ChargeLoop(
            settings,
            (m, c) -> estimate(m, 0.3),
            (e, l) -> decision(10),
            new Guard(GuardSettings.of(LAYOUT, 4.2, 318.15)));
    LockstepDriver[] driver = new LockstepDriver[1];
    driver[0] =
        new LockstepDriver(
            loop,
            plant,
            Duration.ofMillis(1),
            r -> {
              if (r.sequence() == 2) {
                driver[0].stop("Enough.");
              }
            });
    SessionState end = driver[0].run(r -> false);
    assertThat(end.reason()).isEqualTo("Enough.");
    assertThat(plant.amps).isZero();
  }
}
