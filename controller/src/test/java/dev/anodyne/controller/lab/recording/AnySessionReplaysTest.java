package dev.anodyne.controller.lab.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.controller.lab.ChargeSetup;
import dev.anodyne.controller.lab.ClosedLoopRun;
import dev.anodyne.controller.lab.Parts;
import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.session.ChargeLoop;
import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.controller.session.Proposal;
import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.mpc.lp.DecisionTape;
import dev.anodyne.plantsim.ChargingPlant;
import dev.anodyne.plantsim.PlantConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens to a session, in whatever order – faults, lost links, late decisions, the
 * guard's looks in between, new settings, a new policy, a stop – its recording replays.
 */
class AnySessionReplaysTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long LOOK = SECOND / 10;
  private static final long DEADLINE = 250_000_000L;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aSessionWithEverythingReplays(long seed) throws IOException {
    Session session = new Session(seed);
    Path file = session.run(70, folder);
    assertThat(Tapes.lines(file)).anyMatch(line -> line.startsWith("{\"k\":\"again\""));
    ReplayResult result = Replay.run(file);
    assertThat(result.found()).isNull();
    assertThat(result.decisions()).isEqualTo(session.decisions).isGreaterThan(40);
    assertThat(result.commands()).isEqualTo(session.commands).isGreaterThan(100);
    assertThat(result.remarks()).isEmpty();
  }

  /** Deadlines are missed at random; what was missed when it was recorded is missed again. */
  @Test
  void missedDeadlinesAreTakenFromTheRecording() throws IOException {
    Session session = new Session(7);
    Random stalls = new Random(7);
    long[] clock = {0};
    session.tape =
        DecisionTape.writing(() -> clock[0] += stalls.nextInt(6) == 0 ? 300_000_000L : 1_000_000L);
    Path file = session.run(70, folder);
    assertThat(Tapes.lines(file)).anyMatch(line -> line.contains("\"status\":\"DEADLINE\""));
    ReplayResult result = Replay.run(file);
    assertThat(result.found()).isNull();
    assertThat(result.decisions()).isGreaterThan(40);
  }

  /** In between the plan is followed; a replay asks the policy at the same moments. */
  @Test
  void aSessionWhosePolicyDecidesLessOftenReplays() throws IOException {
    Session session = new Session(5);
    session.decideEveryNanos = 5 * SECOND;
    Path file = session.run(70, folder);
    assertThat(Tapes.lines(file))
        .anyMatch(line -> line.contains("\"decideEveryNanos\":5000000000"));
    ReplayResult result = Replay.run(file);
    assertThat(result.found()).isNull();
    assertThat(result.decisions()).isEqualTo(session.decisions).isGreaterThan(40);
  }

  /** A plant by the clock: decisions take parts of a period, or several. */
  private static final class Session {
    private final Random random;
    private final ChargeSetup setup = Tapes.setup("mpc", "physics", 0.8);
    private final ChargingPlant plant;
    private @Nullable Measurement last;
    @Nullable DecisionTape tape;
    long decideEveryNanos;
    int decisions;
    int commands;

    Session(long seed) {
      random = new Random(seed);
      plant = new ChargingPlant(PlantConfig.of(setup.cell()).withInitialSoc(0.3).withSeed(seed));
    }

    Path run(int periods, Path folder) throws IOException {
      DecisionTape clock = tape;
      long deadline = clock == null ? 0 : DEADLINE;
      ChargeRecording recording = ChargeRecording.of(setup, "lgm50", null, deadline, clock);
      try (ChargeLoop loop =
          new ChargeLoop(
              ClosedLoopRun.sessionSettings(setup),
              Parts.estimator(setup, plant::truth),
              Parts.policy(setup, clock == null ? NanoClock.SYSTEM : clock, deadline),
              new Guard(ClosedLoopRun.guardSettings(setup)))) {
        loop.listen(recording);
        CurrentCommand command = loop.recheck(image(), now());
        loop.start(now());
        if (decideEveryNanos > 0) {
          loop.change(loop.settings().decidingEvery(decideEveryNanos));
        }
        for (int i = 0; i < periods; i++) {
          command = period(loop, command, i);
        }
        loop.stop("The end.", now());
        var unused = loop.recheck(image(), now());
        commands++;
      }
      recording.write(folder);
      return folder.resolve(ChargeRecording.FILE);
    }

    private CurrentCommand period(ChargeLoop loop, CurrentCommand before, int number) {
      ChargerStatus status = image();
      CurrentCommand command = before;
      if (random.nextInt(10) == 0 && number > 0) {
        command = command(loop.withoutDecision(status, now()));
      } else {
        decisions++;
        Proposal proposal = loop.decide(status, now());
        step(command);
        if (random.nextInt(4) == 0 && number > 0) {
          command = loop.recheck(image(), now());
          commands++;
        }
        command = command(loop.conclude(proposal, image(), now()));
      }
      for (int k = 0; k < 2; k++) {
        step(command);
        ChargerStatus seen = image();
        // Between two samples the guard looks at the same image again and again.
        for (int look = 0; look < 3; look++) {
          command = loop.recheck(seen, now() + look * LOOK);
          commands++;
        }
      }
      if (number == 20) {
        loop.change(loop.settings().withTargetSoc(0.7));
      }
      if (number == 30) {
        loop.change(Parts.policy(setup.with("rider", "physics")), "rider");
      }
      return command;
    }

    private CurrentCommand command(LoopRecord record) {
      commands++;
      return record.command();
    }

    private void step(CurrentCommand command) {
      plant.step(1.0 / 3, command, now());
    }

    private long now() {
      return Math.round(plant.timeSeconds() * SECOND);
    }

    private ChargerStatus image() {
      Measurement m = plant.measure(now());
      Measurement shown =
          switch (random.nextInt(24)) {
            case 0 -> m.withQuality(Quality.BAD);
            case 1 -> Measurement.ofCell(m.timeNanos(), Double.NaN, 3.7, 298.15, Quality.GOOD);
            case 2 -> last == null ? m : last;
            default -> m;
          };
      last = shown;
      LinkState link = random.nextInt(40) == 0 ? LinkState.DOWN : LinkState.UP;
      BatteryLimits limits = plant.batteryLimits();
      double asked = random.nextInt(15) == 0 ? 2.0 / 3.0 : limits.targetCurrentAmps();
      return new ChargerStatus(
          link,
          shown,
          plant.capabilities(),
          new BatteryLimits(
              asked,
              limits.maxVoltageVolts(),
              limits.maxCellVoltageVolts(),
              limits.maxTemperatureKelvin(),
              Double.POSITIVE_INFINITY),
          true,
          random.nextInt(60) == 0
              ? Set.of(ChargerFault.VENDOR_WARNING, ChargerFault.values()[0])
              : Set.of(),
          link == LinkState.UP ? "" : "Unplugged.");
    }
  }
}
