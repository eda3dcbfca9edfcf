package dev.anodyne.test.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A running server whose storage fails: the charge goes on, the operator is told, and what happened
 * meanwhile is kept as soon as it can be.
 */
@Timeout(300)
class StorageFaultTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** A storage that is back is tried again after seconds; the rest is for a machine under load. */
  private static final Duration CAUGHT_UP = Duration.ofSeconds(60);

  /** How long the storage fails; several batches and tries of its writer. */
  private static final Duration OUTAGE = Duration.ofSeconds(8);

  private static final Duration END = Duration.ofSeconds(30);
  private static final String TOLD = "Data waits until it can be written";

  /** A charge at 0.5C draws 2.5 A; a stop would bring it to zero. */
  private static final double CHARGING_AMPS = 1;

  @TempDir Path folder;

  private record Told(String charge, double packVolts) {}

  /** No byte can be written to any file, as on a full disk: database, spool, recording. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskStopsNoChargeAndNothingIsMissingAfterwards() throws Exception {
    assumeThat(Files.isExecutable(Path.of("/usr/bin/prlimit"))).isTrue();
    try (StationFolder station = new StationFolder(folder, "cccv:0.5", "");
        ServerProcess server = charging(station)) {
      limitFileSize(server, "1024:unlimited");
      Set<Told> told = passes(station, server);
      await().atMost(PATIENCE).until(() -> server.process().err().contains(TOLD));
      limitFileSize(server, "unlimited:unlimited");
      assertCaughtUp(told);
      assertEnds(server);
    }
  }

  /** Another process holds the database; a copy that takes hours, for example. */
  @Test
  @Tag("slow")
  void aLockedDatabaseStopsNoChargeAndNothingIsMissingAfterwards() throws Exception {
    try (StationFolder station = new StationFolder(folder, "cccv:0.5", "");
        ServerProcess server = charging(station)) {
      Set<Told> told;
      try (Connection other = connect();
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN EXCLUSIVE");
        told = passes(station, server);
        statement.execute("ROLLBACK");
      }
      assertCaughtUp(told);
      assertEnds(server);
    }
  }

  /** A stop does not wait for a database that hangs; what waits is written by the next server. */
  @Test
  @Tag("slow")
  void aStopWithADatabaseThatHangsIsInTimeAndLosesNothing() throws Exception {
    try (StationFolder station = new StationFolder(folder, "cccv:0.5", "")) {
      Set<Told> told;
      try (ServerProcess server = charging(station);
          Connection other = connect();
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN EXCLUSIVE");
        told = passes(station, server);
        assertEnds(server);
        assertThat(station.charger().amps()).isLessThan(0.2);
        statement.execute("ROLLBACK");
      }
      try (ServerProcess next = station.serve()) {
        next.awaitReady();
        assertCaughtUp(told);
      }
    }
  }

  /** A file that is no database at all. */
  @Test
  @Tag("slow")
  void aDatabaseThatIsDestroyedIsSaidAndStopsNoCharge() throws Exception {
    try (StationFolder station = new StationFolder(folder, "cccv:0.5", "")) {
      Files.writeString(folder.resolve("station.db"), "no database ".repeat(1000));
      try (ServerProcess server = charging(station)) {
        await().atMost(PATIENCE).until(() -> server.process().err().contains(TOLD));
        assertThat(station.charger().amps()).isGreaterThan(CHARGING_AMPS);
        assertEnds(server);
      }
    }
  }

  private ServerProcess charging(StationFolder station) throws Exception {
    ServerProcess server = station.serve();
    server.awaitReady();
    await().atMost(PATIENCE).until(() -> station.charger().amps() > CHARGING_AMPS);
    return server;
  }

  /** Lets the outage pass while it is charged; gives what was told meanwhile. */
  private static Set<Told> passes(StationFolder station, ServerProcess server)
      throws InterruptedException {
    Set<Told> told = new LinkedHashSet<>();
    long begin = System.nanoTime();
    long end = begin + OUTAGE.toNanos();
    while (System.nanoTime() - end < 0) {
      JsonObject record = server.record(StationFolder.CONNECTOR);
      if (record != null && record.getDouble("packVoltageVolts") != null) {
        told.add(new Told(record.getString("charge"), record.getDouble("packVoltageVolts")));
      }
      Thread.sleep(100);
    }
    assertThat(told).as("what the server told meanwhile").hasSizeGreaterThan(3);
    // Not for a moment: the charger itself says so.
    assertThat(station.charger().flowsSince(begin))
        .allMatch(flow -> flow.packAmps() > CHARGING_AMPS);
    return told;
  }

  private void assertCaughtUp(Set<Told> told) {
    await()
        .atMost(CAUGHT_UP)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              try (KeptData kept = KeptData.open(folder)) {
                for (Told one : told) {
                  assertThat(kept.holds(one.charge(), one.packVolts())).as("%s", one).isTrue();
                }
              }
            });
  }

  private static void assertEnds(ServerProcess server) throws Exception {
    server.process().terminate();
    assertThat(server.process().endsWithin(END)).as(server.process().err()).isTrue();
    assertThat(server.process().exitCode()).as(server.process().err()).isZero();
  }

  private Connection connect() throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("station.db"));
  }

  private static void limitFileSize(ServerProcess server, String bytes) throws Exception {
    String pid = Long.toString(server.process().pid());
    Process process =
        new ProcessBuilder("/usr/bin/prlimit", "--pid", pid, "--fsize=" + bytes)
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
  }
}
