package dev.anodyne.controller.storage;

import static dev.anodyne.controller.storage.Samples.BEGIN;
import static dev.anodyne.controller.storage.Samples.begun;
import static dev.anodyne.controller.storage.Samples.ended;
import static dev.anodyne.controller.storage.Samples.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.controller.config.StorageConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every database must do; each has a test class of its own below this one. */
abstract class StorageContract {
  private Database database;
  private EntrySql sql;
  private StationStore store;

  /** An empty database. */
  abstract StorageConfig.Target target(String name) throws Exception;

  @BeforeEach
  void open() throws Exception {
    database = new Database(target("station"));
    sql = new EntrySql(database.writer());
    store = new StationStore(database);
  }

  @AfterEach
  void close() {
    sql.close();
    database.close();
  }

  @Test
  void aChargeIsSummedUpByItsTelemetry() throws Exception {
    List<Entry> batch = new ArrayList<>();
    batch.add(begun("a", BEGIN));
    for (int i = 0; i <= 3600; i++) {
      batch.add(sample("a", BEGIN + i * Micros.SECOND, 1000 + i, 0.1 + i / 3600.0 * 0.5));
    }
    sql.write(batch);
    ChargeRow open = store.charge("a").orElseThrow();
    assertThat(open.ended()).isNull();
    assertThat(open.figures().energyWattHours())
        .as("the trapezoidal rule is exact for a line")
        .isEqualTo(2800, within(1e-6));
    sql.write(List.of(ended("a", BEGIN + 3600 * Micros.SECOND)));
    ChargeRow over = store.charge("a").orElseThrow();
    assertThat(over.figures()).isEqualTo(open.figures());
    assertThat(over.figures().startSoc()).isEqualTo(0.1);
    assertThat(over.figures().endSoc()).isEqualTo(0.6);
    assertThat(over.figures().maxPowerWatts()).isEqualTo(4600);
    assertThat(over.figures().minAnodePotentialVolts()).isEqualTo(0.05 - 0.006, within(1e-12));
    assertThat(over.figures().fallbackShare()).isZero();
    assertThat(over.figures().samples()).isEqualTo(3601);
    assertThat(over.figures().maxTemperatureKelvin()).as("never measured").isNull();
    assertThat(over.begun()).isEqualTo(Micros.instant(BEGIN));
    assertThat(over.ended()).isEqualTo(Micros.instant(BEGIN + 3600 * Micros.SECOND));
    assertThat(over.targetReached()).isTrue();
    assertThat(over.state()).isEqualTo("Finished");
    assertThat(over.policy()).isEqualTo("mpc");
    assertThat(over.startedBy()).isEqualTo("vehicle");
  }

  @Test
  void nothingChangesWhenABatchIsWrittenTwice() throws Exception {
    Entry.Audited audited = new Entry.Audited(Samples.audit(1));
    List<Entry> batch =
        List.of(
            begun("a", BEGIN),
            sample("a", BEGIN, 1000, 0.1),
            sample("a", BEGIN + Micros.SECOND, 1000, 0.1),
            new Entry.StateChanged("C1", "a", BEGIN, "Charging", ""),
            new HistoryValue("CH01.Current", BEGIN, 3.5, 0),
            audited,
            ended("a", BEGIN + 2 * Micros.SECOND));
    sql.write(batch);
    ChargeRow once = store.charge("a").orElseThrow();
    sql.write(batch);
    assertThat(store.charge("a")).hasValue(once);
    assertThat(store.charges(ChargeQuery.newest(10)).items()).hasSize(1);
    assertThat(telemetry("a", 0).rows()).hasSize(2);
    assertThat(store.states("a")).hasSize(1);
    assertThat(store.audit(PageRequest.first(10)).items()).containsExactly(audited.row());
    assertThat(count("history")).isEqualTo(1);
  }

  @Test
  void aBatchIsWrittenAsAWholeOrNotAtAll() throws Exception {
    Entry.Audited broken =
        new Entry.Audited(
            new AuditRow(
                "x", Instant.EPOCH, "api", "CALL", true, "Good", null, null, null, null, ""));
    List<Entry> batch = List.of(begun("a", BEGIN), sample("a", BEGIN, 1, 0.1), broken);
    assertThatThrownBy(() -> sql.write(batch))
        .isInstanceOfSatisfying(
            java.sql.SQLException.class, e -> assertThat(Dialect.isAboutData(e)).isTrue());
    assertThat(store.charge("a")).isEmpty();
    sql.write(batch.subList(0, 2));
    assertThat(telemetry("a", 0).rows()).hasSize(1);
  }

  @Test
  void textsThatNoDatabaseTakesAreWrittenAllTheSame() throws Exception {
    String odd = "a\u0000b ' \" \u2028 \uD83D\uDD0B; DROP TABLE charges";
    sql.write(List.of(begun(odd, BEGIN), new Entry.StateChanged("C1", null, BEGIN, odd, odd)));
    assertThat(store.charges(ChargeQuery.newest(10)).items().get(0).id())
        .isEqualTo(odd.replace("\0", ""));
  }

  @Test
  void pagesLeadThroughAllChargesOnce() throws Exception {
    List<Entry> batch = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      // Five at a time begin together.
      batch.add(begun("c" + i, "C" + i % 5, BEGIN + (i / 5) * Micros.MINUTE));
    }
    sql.write(batch);
    List<String> seen = new ArrayList<>();
    String cursor = null;
    do {
      Page<ChargeRow> page =
          store.charges(new ChargeQuery(null, null, null, null, new PageRequest(7, cursor)));
      assertThat(page.items().size()).isLessThanOrEqualTo(7);
      page.items().forEach(c -> seen.add(c.id()));
      cursor = page.next();
    } while (cursor != null);
    assertThat(seen).hasSize(25).doesNotHaveDuplicates();
    assertThat(seen.get(0)).as("the newest first").isIn("c20", "c21", "c22", "c23", "c24");
    ChargeQuery one =
        new ChargeQuery(
            "C2",
            "B-7",
            Micros.instant(BEGIN + Micros.MINUTE),
            Micros.instant(BEGIN + 3 * Micros.MINUTE),
            PageRequest.first(100));
    assertThat(store.charges(one).items()).extracting(ChargeRow::id).containsExactly("c12", "c7");
    assertThatThrownBy(
            () ->
                store.charges(
                    new ChargeQuery(null, null, null, null, new PageRequest(7, "nonsense"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cursor is 'nonsense'");
  }

  @Test
  void aChargeThatWasLeftOpenEndsWhenAnotherBegins() throws Exception {
    sql.write(List.of(begun("a", BEGIN), sample("a", BEGIN + 5 * Micros.SECOND, 1000, 0.3)));
    sql.write(List.of(begun("a", BEGIN + Micros.MINUTE)));
    assertThat(store.charge("a").orElseThrow().ended()).as("resumed").isNull();
    assertThat(store.charge("a").orElseThrow().begun()).isEqualTo(Micros.instant(BEGIN));
    sql.write(List.of(begun("b", BEGIN + Micros.DAY)));
    ChargeRow left = store.charge("a").orElseThrow();
    assertThat(left.ended()).isEqualTo(Micros.instant(BEGIN + 5 * Micros.SECOND));
    assertThat(left.state()).isEqualTo("Interrupted");
    assertThat(left.figures().endSoc()).isEqualTo(0.3);
    BatteryRow battery = store.battery("B-7").orElseThrow();
    assertThat(battery.charges()).isEqualTo(2);
    assertThat(battery.firstSeen()).isEqualTo(Micros.instant(BEGIN));
    assertThat(battery.lastSeen()).isEqualTo(Micros.instant(BEGIN + Micros.DAY));
    assertThat(store.batteries()).containsExactly(battery);
  }

  @Test
  void telemetryIsPutTogetherAsAskedFor() throws Exception {
    List<Entry> batch = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      batch.add(sample("a", BEGIN + i * Micros.SECOND, i, 0.5));
    }
    sql.write(batch);
    assertThat(telemetry("a", 0).rows()).hasSize(120);
    Telemetry tens = telemetry("a", 10);
    assertThat(tens.rows()).hasSize(12);
    Telemetry.Row second = tens.rows().get(1);
    assertThat(second.timeMicros()).isEqualTo(BEGIN + 10 * Micros.SECOND);
    assertThat(second.mean(TelemetryColumn.PACK_POWER)).isEqualTo(14.5);
    assertThat(second.lowest(TelemetryColumn.PACK_POWER)).isEqualTo(10);
    assertThat(second.highest(TelemetryColumn.PACK_POWER)).isEqualTo(19);
    assertThat(second.mean(TelemetryColumn.TEMPERATURE)).isNaN();
    assertThat(second.word(TelemetryWord.DECISION)).isEqualTo("MPC");
    Telemetry part =
        store
            .telemetry(
                "a",
                Micros.instant(BEGIN + 30 * Micros.SECOND),
                Micros.instant(BEGIN + 40 * Micros.SECOND),
                Duration.ZERO)
            .orElseThrow();
    assertThat(part.rows()).hasSize(10);
    assertThat(store.telemetry("none", null, null, Duration.ZERO)).isEmpty();
  }

  @Test
  void oldTelemetryBecomesMinutesThenNothingAndChargesEnd() throws Exception {
    List<Entry> batch = new ArrayList<>();
    batch.add(begun("a", BEGIN));
    for (int i = 0; i < 7200; i++) {
      batch.add(sample("a", BEGIN + i * Micros.SECOND, i % 60, 0.5));
    }
    batch.add(ended("a", BEGIN + 7200 * Micros.SECOND));
    batch.add(begun("b", BEGIN + 9 * Micros.DAY));
    batch.add(sample("b", BEGIN + 9 * Micros.DAY, 5, 0.5));
    batch.add(new Entry.StateChanged("C1", null, BEGIN, "Idle", ""));
    for (int i = 0; i < 10; i++) {
      batch.add(new HistoryValue("v" + i % 2, BEGIN + i * Micros.DAY, i, 0));
      batch.add(new Entry.Audited(Samples.audit(i)));
    }
    sql.write(batch);
    ChargeRow before = store.charge("a").orElseThrow();
    StorageConfig.Retention kept = new StorageConfig.Retention(2, 5, 20, 3, 3, 4);

    keep(kept, 3);
    Telemetry minutes = telemetry("a", 0);
    assertThat(minutes.resolutionSeconds()).isEqualTo(60);
    assertThat(minutes.rows()).hasSize(120);
    assertThat(minutes.rows())
        .allSatisfy(
            row -> {
              assertThat(row.mean(TelemetryColumn.PACK_POWER)).isEqualTo(29.5, within(1e-12));
              assertThat(row.lowest(TelemetryColumn.PACK_POWER)).isZero();
              assertThat(row.highest(TelemetryColumn.PACK_POWER)).isEqualTo(59);
              assertThat(row.mean(TelemetryColumn.CELL_VOLTAGE)).isNaN();
            });
    assertThat(count("telemetry")).as("of the charge that runs").isEqualTo(1);

    keep(kept, 6);
    assertThat(telemetry("a", 0).rows()).isEmpty();
    ChargeRow later = store.charge("a").orElseThrow();
    assertThat(later.detail()).isEqualTo(ChargeRow.Detail.NONE);
    assertThat(later.figures()).isEqualTo(before.figures());
    assertThat(store.audit(PageRequest.first(100)).items()).isEmpty();
    assertThat(count("history")).as("of days 3 to 9").isEqualTo(7);

    keep(kept, 21);
    assertThat(store.charge("a")).isEmpty();
    assertThat(count("telemetry_minutes")).isZero();
    assertThat(count("state_changes")).isZero();
    assertThat(store.charge("b")).as("it runs").isPresent();
  }

  /** What the first release made is brought up with everything that is in it. */
  @Test
  void aDatabaseOfAnEarlierSchemaIsBroughtUp() throws Exception {
    StorageConfig.Target earlier = target("earlier");
    Flyway.configure(getClass().getClassLoader())
        .dataSource(
            Dialect.url(earlier),
            Dialect.connection(earlier, true).getProperty("user"),
            Dialect.connection(earlier, true).getProperty("password"))
        .locations("classpath:dev/anodyne/controller/storage/migration")
        .placeholders(Dialect.of(earlier).placeholders())
        .target("1")
        .load()
        .migrate();
    try (Database old = new Database(earlier)) {
      try (Connection connection =
              DriverManager.getConnection(Dialect.url(earlier), Dialect.connection(earlier, true));
          Statement statement = connection.createStatement()) {
        assertThat(Schema.version(connection)).isEqualTo(1);
        statement.executeUpdate(
            "INSERT INTO charges (charge_id, connector, begun_us, state, reason)"
                + " VALUES ('old', 'C1', 1, 'Finished', '')");
      }
      try (Connection connection = old.writer()) {
        assertThat(Schema.version(connection)).isEqualTo(Schema.KNOWN);
      }
      assertThat(new StationStore(old).charge("old")).isPresent();
    }
  }

  @Test
  void aNewerSchemaIsRefusedInOneLine() throws Exception {
    try (Connection connection = database.writer();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE flyway_schema_history SET version = '99' WHERE version IS NOT NULL");
    }
    assertThatThrownBy(() -> database.writer())
        .isInstanceOf(NewerSchemaException.class)
        .hasMessageContaining("has schema 99; this release knows schemas up to " + Schema.KNOWN)
        .hasMessageContaining(database.shown())
        .hasMessageContaining("\nMaybe ");
  }

  private void keep(StorageConfig.Retention kept, int days) throws Exception {
    Clock clock = Clock.fixed(Micros.instant(BEGIN + days * Micros.DAY + 1), ZoneOffset.UTC);
    Retention retention = new Retention(kept, clock);
    int steps = 0;
    while (retention.step(sql)) {
      assertThat(steps++).as("it ends").isLessThan(1000);
    }
  }

  private Telemetry telemetry(String charge, long seconds) {
    return store.telemetry(charge, null, null, Duration.ofSeconds(seconds)).orElseThrow();
  }

  private long count(String table) {
    return store.ask(
        handle -> handle.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Long.class).one());
  }
}
