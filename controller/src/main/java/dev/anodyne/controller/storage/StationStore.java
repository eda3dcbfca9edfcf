package dev.anodyne.controller.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions about what is kept. Every call blocks, for milliseconds as a rule: never call
 * one on an event loop. What happened in the last half second may still be on its way.
 *
 * <p>Every method throws {@link StorageUnavailableException} when the database cannot be reached,
 * and {@link IllegalArgumentException} for a cursor that is none.
 */
public final class StationStore {
  private final Database database;

  StationStore(Database database) {
    this.database = database;
  }

  /** Charges, the newest first. Those that run come without figures: ask for one of them. */
  public Page<ChargeRow> charges(ChargeQuery query) {
    Conditions where = new Conditions();
    where.equal("connector", query.connector());
    where.equal("battery_id", query.batteryId());
    where.atLeast("begun_us", query.from());
    where.below("begun_us", query.to());
    Cursor cursor = Cursor.of(query.page().cursor());
    if (cursor != null) {
      where.behind("begun_us", "charge_no", cursor.micros(), number(cursor.key()));
    }
    return page(
        "SELECT " + Rows.CHARGE + " FROM charges",
        where,
        "begun_us DESC, charge_no DESC",
        query.page().limit(),
        (row, context) -> Rows.charge(row),
        c -> new Cursor(Micros.of(c.row().begun()), Long.toString(c.number())),
        Rows.NumberedCharge::row);
  }

  /** One charge; if it runs, with the figures that it has come to. */
  public Optional<ChargeRow> charge(String id) {
    return ask(
        handle ->
            find(handle, id)
                .map(
                    found ->
                        found.row().ended() != null
                            ? found.row()
                            : Rows.with(found.row(), figures(handle, found.number()))));
  }

  /** Changes of a charge's state, the oldest first. */
  public List<StateRow> states(String chargeId) {
    return ask(
        handle ->
            handle
                .createQuery(
                    "SELECT connector, charge_id, time_us, state, reason FROM state_changes"
                        + " WHERE charge_id = :id ORDER BY time_us LIMIT 10000")
                .bind("id", chargeId)
                .map((row, context) -> Rows.state(row))
                .list());
  }

  /**
   * A charge's telemetry, the oldest first; empty when there is no such charge.
   *
   * @param from at or after; null: from its begin
   * @param to before; null: to its end
   * @param resolution rows at most so close; zero: as closely as it is kept
   */
  public Optional<Telemetry> telemetry(
      String chargeId, @Nullable Instant from, @Nullable Instant to, Duration resolution) {
    long fromMicros = Micros.of(from, Long.MIN_VALUE);
    long toMicros = Micros.of(to, Long.MAX_VALUE);
    return ask(
        handle ->
            find(handle, chargeId)
                .map(
                    c ->
                        new TelemetryReader(handle.getConnection(), c)
                            .read(fromMicros, toMicros, resolution)));
  }

  /** Who did what, the newest first. */
  public Page<AuditRow> audit(PageRequest request) {
    return audit(new EventQuery(null, null, null, request));
  }

  /** Who did what in some time, the newest first. */
  public Page<AuditRow> audit(EventQuery query) {
    return page(
        "SELECT * FROM audit",
        within(query, "audit_id"),
        "time_us DESC, audit_id DESC",
        query.page().limit(),
        (row, context) -> Rows.audit(row),
        a -> new Cursor(Micros.of(a.time()), a.id()),
        a -> a);
  }

  /** What happened to alarms, the newest first. */
  public Page<AlarmRow> alarms(PageRequest request) {
    return alarms(new EventQuery(null, null, null, request));
  }

  /** What happened to some alarms in some time, the newest first. */
  public Page<AlarmRow> alarms(EventQuery query) {
    Conditions where = within(query, "event_id");
    where.equal("owner", query.owner());
    return page(
        "SELECT * FROM alarms",
        where,
        "time_us DESC, event_id DESC",
        query.page().limit(),
        (row, context) -> Rows.alarm(row),
        a -> new Cursor(Micros.of(a.time()), a.eventId()),
        a -> a);
  }

  private static Conditions within(EventQuery query, String keyColumn) {
    Conditions where = new Conditions();
    where.atLeast("time_us", query.from());
    where.below("time_us", query.to());
    Cursor cursor = Cursor.of(query.page().cursor());
    if (cursor != null) {
      where.behind("time_us", keyColumn, cursor.micros(), cursor.key());
    }
    return where;
  }

  private static final String BATTERIES =
      "SELECT b.*,"
          + " (SELECT COUNT(*) FROM charges c WHERE c.battery_id = b.battery_id) AS charges,"
          + " (SELECT SUM(c.energy_wh) FROM charges c WHERE c.battery_id = b.battery_id)"
          + " AS energy_wh FROM batteries b";

  /** All batteries that were charged here, those seen last first; at most 10 000. */
  public List<BatteryRow> batteries() {
    return ask(
        handle ->
            handle
                .createQuery(BATTERIES + " ORDER BY b.last_seen_us DESC LIMIT 10000")
                .map((row, context) -> Rows.battery(row))
                .list());
  }

  /** One battery. */
  public Optional<BatteryRow> battery(String id) {
    return ask(
        handle ->
            handle
                .createQuery(BATTERIES + " WHERE b.battery_id = :id")
                .bind("id", id)
                .map((row, context) -> Rows.battery(row))
                .findOne());
  }

  /** Asks over a connection of the pool. */
  <T> T ask(Function<Handle, T> question) {
    try {
      return database.reads().withHandle(question::apply);
    } catch (JdbiException e) {
      throw database.unavailable(e);
    }
  }

  static Optional<Rows.NumberedCharge> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT " + Rows.CHARGE + " FROM charges WHERE charge_id = :id")
        .bind("id", id)
        .map((row, context) -> Rows.charge(row))
        .findOne();
  }

  private ChargeFigures figures(Handle handle, long number) {
    try {
      return ChargeMeter.figures(handle.getConnection(), number);
    } catch (java.sql.SQLException e) {
      throw database.unavailable(e);
    }
  }

  private <R, T> Page<T> page(
      String select,
      Conditions where,
      String order,
      int limit,
      RowMapper<R> mapper,
      Function<R, Cursor> cursor,
      Function<R, T> item) {
    String sql = select + where.sql() + " ORDER BY " + order + " LIMIT " + (limit + 1);
    List<R> rows =
        ask(
            handle -> {
              Query query = handle.createQuery(sql);
              where.values().forEach(query::bind);
              return query.map(mapper).list();
            });
    boolean more = rows.size() > limit;
    List<R> shown = more ? rows.subList(0, limit) : rows;
    List<T> items = new ArrayList<>();
    shown.forEach(row -> items.add(item.apply(row)));
    return new Page<>(items, more ? cursor.apply(shown.get(limit - 1)).word() : null);
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("cursor belongs to another list.", e);
    }
  }
}
