package dev.anodyne.test.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.test.system.WatchedCharger.Flow;
import dev.anodyne.test.system.WatchedCharger.Order;
import dev.anodyne.test.system.WatchedCharger.Sample;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A station whose server is killed again and again while its charger is watched from outside. After
 * each kill it judges what the next server did; see {@link KillTest} for the promises.
 */
final class KilledStation implements AutoCloseable {
  /** Loading, connecting and the first decisions; a shared machine is slow. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /**
   * The last command before a kill is valid for 1.75 s and what the link takes; then the charger
   * comes down from at most 5 A with 15 A/s or faster: 2.5 s. The rest is for a machine that does
   * not run at once.
   */
  private static final long OFF_NANOS = Duration.ofMillis(4500).toNanos();

  /** How long bytes of a dead process may still be under way on the loopback. */
  private static final Duration LAST_BYTES = Duration.ofMillis(300);

  /** Below this no current flows, A. */
  private static final double NO_CURRENT_AMPS = 0.05;

  /** When a server is killed. */
  enum Moment {
    /** At any time of a charge. */
    CHARGING,
    /** While it starts. */
    STARTING,
    /** While it stops in order. */
    STOPPING
  }

  /**
   * What a server told about a charge before it died.
   *
   * @param life which server, counted from 0
   */
  record Told(int life, String charge, long sequence, double packVolts) {}

  /** States in which no charge runs, or none yet. */
  private static final Set<String> NO_CHARGE = Set.of("Idle", "Finished", "Faulted");

  /** A sample of the last batch, or one that was on its way into it. */
  private static final int LOST_SAMPLES = 1;

  private final StationFolder station;
  private final WatchedCharger charger;
  private final Random random;
  private final Set<Told> told = new LinkedHashSet<>();
  private ServerProcess server;
  private int kills;
  private int lives;
  private String charge = "";

  /** Makes station, charger and their certificates; nothing runs yet but the charger. */
  KilledStation(Path folder, String policy, long seed) throws IOException {
    this.random = new Random(seed);
    station = new StationFolder(folder, policy, "");
    charger = station.charger();
  }

  int kills() {
    return kills;
  }

  /** Starts a server and waits until it charges. */
  void start() throws Exception {
    server = station.serve();
    server.awaitReady();
    awaitCharging(server.startedNanos());
  }

  /** Kills it at a moment, starts it again, and judges. */
  void killAndRestart(Moment moment) throws Exception {
    watch(Duration.ofMillis(random.nextInt(2500)));
    String before = charge;
    if (moment == Moment.STOPPING) {
      server.process().terminate();
      Thread.sleep(random.nextInt(1500));
    }
    kill();
    if (moment == Moment.STARTING) {
      Thread.sleep(LAST_BYTES.toMillis());
      server = station.serve();
      Thread.sleep(random.nextInt(4000));
      long started = server.startedNanos();
      kill();
      assertNothingBeforeAFreshMeasurement(started);
    }
    long killed = System.nanoTime();
    Thread.sleep(LAST_BYTES.toMillis());
    server = station.serve();
    server.awaitReady();
    awaitCharging(server.startedNanos());
    assertNothingBeforeAFreshMeasurement(server.startedNanos());
    assertOffMeanwhile(killed, server.startedNanos());
    if (moment != Moment.STOPPING) {
      assertThat(charge).as("the charge that was under way goes on").isEqualTo(before);
    }
  }

  private void kill() throws Exception {
    server.process().kill();
    assertThat(server.process().endsWithin(Duration.ofSeconds(20))).isTrue();
    kills++;
    lives++;
    KeptData.assertSound(station.folder());
  }

  /** Ends the last server in order; then nothing but the promised sample may be missing. */
  void judgeWhatIsKept() throws Exception {
    server.process().terminate();
    assertThat(server.process().exitCode()).as(server.process().err()).isZero();
    KeptData.assertSound(station.folder());
    try (KeptData kept = KeptData.open(station.folder())) {
      kept.assertEveryChargeGoesOnOrHasEndedWithAReason();
      for (int life = 0; life <= lives; life++) {
        // Whatever was told counts, also a change of state between two decisions.
        List<Told> missing = new ArrayList<>();
        for (Told one : told) {
          if (one.life() == life && !kept.holds(one.charge(), one.packVolts())) {
            missing.add(one);
          }
        }
        assertThat(missing)
            .as("samples of server %d that were told, but not kept", life)
            .hasSizeLessThanOrEqualTo(LOST_SAMPLES);
      }
      kept.assertRecordingsReplay();
    }
  }

  /** Takes down what the server tells while time passes. */
  private void watch(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    do {
      JsonObject record = server.record(StationFolder.CONNECTOR);
      if (record != null && record.getDouble("packVoltageVolts") != null) {
        note(record);
      }
      Thread.sleep(50);
    } while (System.nanoTime() - end < 0);
  }

  private void note(JsonObject record) {
    if (!NO_CHARGE.contains(record.getJsonObject("state").getString("name"))) {
      charge = record.getString("charge");
      told.add(
          new Told(
              lives, charge, record.getLong("sequence"), record.getDouble("packVoltageVolts")));
    }
  }

  /** Until a command of the server that started then is followed; its first record is judged. */
  private void awaitCharging(long startedNanos) throws InterruptedException, IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() - end < 0) {
      JsonObject record = server.record(StationFolder.CONNECTOR);
      if (record != null && record.getDouble("commandAmps") > 0) {
        note(record);
        assertDecidedOnAFreshMeasurement(record.getDouble("packVoltageVolts"), startedNanos);
        boolean ordered = charger.ordersSince(startedNanos).stream().anyMatch(o -> o.amps() > 0);
        if (ordered && charger.amps() > 1) {
          return;
        }
      }
      Thread.sleep(50);
    }
    throw new AssertionError("No charge within " + PATIENCE + ": " + server.process().err());
  }

  /** The measurement of the record was made after the server had connected. */
  private void assertDecidedOnAFreshMeasurement(double packVolts, long startedNanos) {
    long connected = charger.relay().firstAfter(startedNanos);
    List<Sample> since = charger.samplesSince(connected);
    assertThat(since)
        .as("measurements since the server connected, one of which it decided on")
        .anyMatch(sample -> sample.packVolts() == packVolts);
  }

  /**
   * No command above zero before a measurement that was made after the new server's first
   * connection could have reached it.
   */
  private void assertNothingBeforeAFreshMeasurement(long startedNanos) {
    long connected = charger.relay().firstAfter(startedNanos);
    if (connected == Long.MAX_VALUE) {
      assertThat(charger.ordersSince(startedNanos)).as("commands without a connection").isEmpty();
      return;
    }
    List<Sample> samples = charger.samplesSince(connected);
    long fresh = samples.isEmpty() ? Long.MAX_VALUE : samples.get(0).nanos();
    List<Order> early =
        charger.ordersSince(startedNanos).stream()
            .filter(order -> order.nanos() < fresh && order.amps() > 0)
            .toList();
    assertThat(early).as("commands before a fresh measurement").isEmpty();
  }

  /** Between the expiry of the last command and the new server's first one nothing flows. */
  private void assertOffMeanwhile(long killed, long startedNanos) {
    long first =
        charger.ordersSince(startedNanos).stream()
            .filter(order -> order.amps() > 0)
            .mapToLong(Order::nanos)
            .findFirst()
            .orElseThrow();
    List<Flow> flowing =
        charger.flowsSince(killed + OFF_NANOS).stream()
            .filter(flow -> flow.nanos() < first && flow.packAmps() > NO_CURRENT_AMPS)
            .toList();
    assertThat(flowing).as("current between expiry and the new server's first command").isEmpty();
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    station.close();
  }
}
