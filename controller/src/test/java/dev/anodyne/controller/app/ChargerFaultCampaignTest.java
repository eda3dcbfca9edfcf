package dev.anodyne.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.controller.config.ChargerMappingReader;
import dev.anodyne.controller.config.ChargerModel;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.hil.bench.BenchModel;
import dev.anodyne.hil.bench.BenchServer;
import dev.anodyne.hil.bench.BenchSettings;
import dev.anodyne.hil.bench.Pacing;
import dev.anodyne.opcua.client.OpcUaCharger;
import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PkiDirectory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Chargers of both shipped models are killed, frozen, cut off and reset at random times while they
 * charge. Their values must be known to be old in time, no command may be acted on after its
 * expiry, and every link must come back by itself. Prints what it has seen.
 */
class ChargerFaultCampaignTest {
  private static final Duration STALENESS = Duration.ofMillis(900);

  /**
   * How old a value may be while it counts as good, as it is promised to operators. A value counts
   * for the staleness limit after the heartbeat that came with it. When it arrived it was as old as
   * a plant step (0.05 s), a publication (0.1 s) and its way; a value without a heartbeat of its
   * own adds the time to the next one. The rest of the second limit is for a machine with twenty
   * benches that does not run at once.
   */
  private static final Duration OLDEST = STALENESS.multipliedBy(2);

  private static final Duration BACK = Duration.ofSeconds(10);
  private static final Duration CONNECT = Duration.ofSeconds(60);

  /** Between two decisions. */
  private static final Duration PERIOD = Duration.ofMillis(500);

  /**
   * By how much a command may outlive its expiry. The bench begins to count a validity once in a
   * step of 0.05 s, looks at it once in a step, and what it draws flows for a step: 0.15 s. The
   * rest is for a machine that does not run at once.
   */
  private static final Duration STEPS = Duration.ofMillis(250);

  @TempDir Path folder;

  /** What is done to a charger. */
  private enum Fault {
    KILL,
    FREEZE,
    DROP,
    RESET
  }

  /** What was seen in one lane, s. */
  private record Seen(
      int faults, double oldest, double slowestBack, double latest, int commands, int notBack) {
    static final Seen NOTHING = new Seen(0, 0, 0, Double.NEGATIVE_INFINITY, 0, 0);

    Seen and(Seen other) {
      return new Seen(
          faults + other.faults,
          Math.max(oldest, other.oldest),
          Math.max(slowestBack, other.slowestBack),
          Math.max(latest, other.latest),
          commands + other.commands,
          notBack + other.notBack);
    }
  }

  @Test
  void aDozenFaults() throws Exception {
    run(12, 1, new int[] {1, 5});
  }

  @Test
  @Tag("slow")
  void twoHundredFaults() throws Exception {
    run(20, 10, new int[] {1, 5, 30});
  }

  private void run(int lanes, int faultsEach, int[] seconds) throws Exception {
    try (PkiDirectory bench = PkiDirectory.open(folder.resolve("bench"), benchIdentity());
        PkiDirectory controller = PkiDirectory.open(folder.resolve("controller"), identity())) {
      PkiDirectory.trustEachOther(bench, controller);
    }
    ExecutorService pool = Executors.newFixedThreadPool(lanes);
    List<Future<Seen>> all = new ArrayList<>();
    for (int i = 0; i < lanes; i++) {
      int lane = i;
      Callable<Seen> work = () -> new Lane(lane, seconds).run(faultsEach);
      all.add(pool.submit(work));
    }
    Seen seen = Seen.NOTHING;
    for (Future<Seen> one : all) {
      seen = seen.and(one.get());
    }
    pool.shutdown();
    System.out.printf(
        Locale.ROOT,
        "%d faults: values at most %.2f s old while they counted as good, back within %.2f s;"
            + " %d commands, the latest acted on %.2f s before its expiry%n",
        seen.faults(),
        seen.oldest(),
        seen.slowestBack(),
        seen.commands(),
        -seen.latest());
    assertThat(seen.faults()).isEqualTo(lanes * faultsEach);
    assertThat(seen.oldest()).isLessThanOrEqualTo(OLDEST.toMillis() * 1e-3);
    assertThat(seen.notBack()).as("links that did not come back").isZero();
    assertThat(seen.slowestBack()).isLessThanOrEqualTo(BACK.toMillis() * 1e-3);
    assertThat(seen.latest()).isLessThanOrEqualTo(STEPS.toMillis() * 1e-3);
  }

  private static ApplicationIdentity identity() {
    return ApplicationIdentity.onThisHost("Anodyne controller", "urn:anodyne:controller");
  }

  private static ApplicationIdentity benchIdentity() {
    return ApplicationIdentity.onThisHost("Anodyne bench", BenchServer.APPLICATION_URI)
        .reachableAt("127.0.0.1");
  }

  /** One charger and its controller, on a network of their own. */
  private final class Lane {
    private final int number;
    private final int[] seconds;
    private final Random random;
    private final Fault[] kinds = Fault.values();
    private final CampaignPlant plant = new CampaignPlant();
    private int commands;
    private long oldestNanos;
    private long slowestNanos;
    private int notBack;

    Lane(int number, int[] seconds) {
      this.number = number;
      this.seconds = seconds;
      this.random = new Random(number);
    }

    Seen run(int faults) throws Exception {
      boolean vendor = number % 3 == 0;
      BenchSettings settings =
          BenchSettings.onLoopback(
                  0,
                  "controller",
                  "secret",
                  folder.resolve("bench"),
                  new Pacing(Pacing.Mode.REALTIME, 1, 0.05, 1))
              .withModel(vendor ? BenchModel.CENTIAMP : BenchModel.ANODYNE);
      ChargerModel model =
          ChargerMappingReader.read(
              Path.of(
                  "../examples/chargers", vendor ? "vendor-centiamp.yaml" : "anodyne-bench.yaml"),
              "CH01");
      try (BenchServer bench = BenchServer.start(settings, plant);
          CuttableNetwork network = new CuttableNetwork(URI.create(bench.endpointUrl()).getPort());
          OpcUaCharger charger = OpcUaCharger.start(config(model, network), NanoClock.SYSTEM)) {
        Duration validity = PERIOD.multipliedBy(7).dividedBy(4);
        Driver driver = new Driver(charger, validity.plus(model.mapping().link().reserve()));
        assertThat(driver.goesOn(CONNECT)).as("the first connection").isTrue();
        for (int i = 0; i < faults; i++) {
          driver.passes(Duration.ofMillis(random.nextInt(2000)));
          fault(i, bench, network, driver);
        }
      }
      assertThat(plant.violation()).isEmpty();
      return new Seen(
          faults,
          oldestNanos * 1e-9,
          slowestNanos * 1e-9,
          plant.latestNanos() * 1e-9,
          commands,
          notBack);
    }

    private void fault(int index, BenchServer bench, CuttableNetwork network, Driver driver)
        throws InterruptedException {
      Fault kind = kinds[(number + index) % kinds.length];
      Duration outage =
          Duration.ofSeconds(seconds[(number / kinds.length + index) % seconds.length]);
      switch (kind) {
        case KILL -> bench.stopServer();
        case FREEZE -> bench.freezeValues();
        case DROP -> network.drop();
        case RESET -> network.reset();
      }
      driver.passes(outage);
      switch (kind) {
        case KILL -> bench.startServer();
        case FREEZE -> bench.unfreezeValues();
        case DROP, RESET -> network.heal();
      }
      long healed = System.nanoTime();
      if (driver.goesOn(BACK.plusSeconds(20))) {
        slowestNanos = Math.max(slowestNanos, System.nanoTime() - healed);
      } else {
        notBack++;
      }
    }

    private OpcUaChargerConfig config(ChargerModel model, CuttableNetwork network) {
      return OpcUaChargerConfig.of(
              "opc.tcp://127.0.0.1:" + network.port() + "/anodyne",
              identity(),
              folder.resolve("controller"),
              "controller",
              "secret",
              model.mapping())
          .withStaleness(STALENESS);
    }

    /** Decides as a controller does, and watches what it is told. */
    private final class Driver {
      private final OpcUaCharger charger;
      private final Duration validity;
      private long nextNanos = System.nanoTime();

      Driver(OpcUaCharger charger, Duration validity) {
        this.charger = charger;
        this.validity = validity;
      }

      /** Lets time pass. */
      void passes(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
          look();
        }
      }

      /** Waits until values are good and a new command is drawn. */
      boolean goesOn(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() - end < 0) {
          if (look() && plant.drawnAmps() > 0) {
            return true;
          }
        }
        return false;
      }

      /** True when the charger's values count as good. */
      private boolean look() throws InterruptedException {
        // Before it is asked: what a busy machine does in between is none of the sample's age.
        long asked = System.nanoTime();
        ChargerStatus status = charger.status();
        boolean good = status.link() == LinkState.UP && status.measurement().isUsable();
        if (good) {
          oldestNanos = Math.max(oldestNanos, plant.ageNanos(status.measurement(), asked));
        }
        long now = System.nanoTime();
        if (now - nextNanos >= 0) {
          nextNanos = now + PERIOD.toNanos();
          long validUntil = now + validity.toNanos();
          if (good) {
            commands++;
            CurrentCommand command = new CurrentCommand(1 + commands * 0.01, 16.8, validUntil);
            plant.expect(command);
            charger.apply(command);
          } else {
            charger.apply(CurrentCommand.zero(validUntil));
          }
        }
        Thread.sleep(5);
        return good;
      }
    }
  }
}
