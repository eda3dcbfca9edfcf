package dev.anodyne.controller.station;

import dev.anodyne.controller.safety.GuardReason;
import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.controller.session.SessionState;
import dev.anodyne.controller.station.sharing.PowerBudget;
import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.Charger;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.mpc.spec.PolicyIdentity;
import dev.anodyne.opcua.server.station.ChargerSnapshot;
import dev.anodyne.opcua.server.station.SessionPhase;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connector between its session and the station: holds what operators have asked for, shows it
 * to the session in the charger's status image, and tells the station what the session reports.
 * Thread-safe; nothing here blocks.
 */
public final class ConnectorSupervision {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectorSupervision.class);
  private static final Consumer<ChargerSnapshot> NOBODY = snapshot -> {};

  /** Trips for what is not there, or what the charger itself reports. */
  private static final Set<GuardReason> TOLD_ELSEWHERE =
      EnumSet.of(
          GuardReason.LINK_DOWN,
          GuardReason.LINK_STALE,
          GuardReason.CAPABILITIES_UNKNOWN,
          GuardReason.BATTERY_LIMITS_UNKNOWN,
          GuardReason.NOT_CONNECTED,
          GuardReason.CHARGER_FAULT);

  private final String id;
  private final double maxPowerWatts;
  private final HeldStops stops;
  private volatile Orders orders;
  private volatile Consumer<ChargerSnapshot> listener = NOBODY;
  private volatile @Nullable ChargerStatus heard;
  private volatile @Nullable Heard last;
  private volatile @Nullable SessionState heldFor;
  private volatile @Nullable PowerBudget budget;
  private volatile long shownBudget;
  private volatile Acted acted = new Acted(0, 0);

  /**
   * By which budget the session acts.
   *
   * @param sequence the newest that it has seen before a command
   * @param sinceNanos when that command went out; all later ones rest on this budget or a newer one
   */
  record Acted(long sequence, long sinceNanos) {}

  /**
   * A report and when it came in.
   *
   * @param nanos of the machine's monotonic clock
   */
  private record Heard(SessionReport report, long nanos) {}

  /**
   * Of one connector.
   *
   * @param maxPowerWatts a power limit of this much or more is none, W
   */
  public ConnectorSupervision(String id, double maxPowerWatts) {
    this(id, maxPowerWatts, HeldStops.inMemory());
  }

  /**
   * The same of a connector that may have been stopped before.
   *
   * @param stops knows, and keeps what is asked from now on
   */
  public ConnectorSupervision(String id, double maxPowerWatts, HeldStops stops) {
    this.id = id;
    this.maxPowerWatts = maxPowerWatts;
    this.stops = stops;
    this.orders = stops.of(id);
  }

  /** The connector's id. */
  public String id() {
    return id;
  }

  /** Whether the guard has stopped the current for what it sees in the measurements. */
  private static boolean isOfMeasurements(GuardReason reason) {
    return reason.isTrip() && !TOLD_ELSEWHERE.contains(reason);
  }

  /** A power limit of this much or more is none, W. */
  double maxPowerWatts() {
    return maxPowerWatts;
  }

  /** The way to the charger that a session of this connector uses. */
  public Charger supervise(Charger charger) {
    return new SupervisedCharger(charger, this);
  }

  /** Tells somebody every snapshot from now on; it must not block. */
  public void listen(Consumer<ChargerSnapshot> newListener) {
    listener = newListener;
  }

  /** Takes in what the session reports; called on its event loop. */
  public synchronized void told(SessionReport report) {
    Heard now = new Heard(report, NanoClock.SYSTEM.nanoTime());
    last = now;
    SessionState state = report.record().state();
    boolean fault = state instanceof SessionState.Faulted f && f.needsPerson();
    if (fault && !state.equals(heldFor)) {
      // Once for each fault: it stays the session's state after it has been reset.
      heldFor = state;
      change(o -> o.held(false, true));
    } else if (!state.isOver()) {
      // A new charge runs: whatever held the last one has been dealt with at the charger.
      change(o -> o.faultHeld() && !o.emergencyStopped() ? o.reset() : o);
    }
    publish(now);
  }

  /**
   * Caps the battery's power from now on, until the budget runs out; from then on its fall-back
   * counts. A budget with a lower number than the one before has come late and is ignored.
   */
  public synchronized void budget(PowerBudget newBudget) {
    PowerBudget before = budget;
    if (before == null || newBudget.sequence() >= before.sequence()) {
      budget = newBudget;
    }
  }

  /** The share of the station's power that counts now; null when nothing is shared. */
  public @Nullable PowerBudget budget() {
    return budget;
  }

  /** A command goes out: it rests on the newest image that the session has seen. */
  void commanded() {
    long shown = shownBudget;
    if (shown > acted.sequence()) {
      acted = new Acted(shown, NanoClock.SYSTEM.nanoTime());
    }
  }

  /** By which budget the session acts. */
  Acted acted() {
    return acted;
  }

  /** What the session has reported last; null before it has. */
  @Nullable SessionReport newestReport() {
    Heard newest = last;
    return newest == null ? null : newest.report();
  }

  /** The charger's own image, as the session has seen it last; null before it has. */
  @Nullable ChargerStatus heard() {
    return heard;
  }

  /** The battery's power that is not to be passed, W. */
  private double capWatts(Orders now) {
    PowerBudget share = budget;
    if (share == null) {
      return now.capWatts();
    }
    double watts = share.wattsAt(NanoClock.SYSTEM.nanoTime());
    shownBudget = share.sequence();
    return Math.min(now.capWatts(), watts);
  }

  /** What has been asked for, for those who show it. */
  public OperatorOrders asked() {
    Orders now = orders;
    Heard newest = last;
    return new OperatorOrders(
        now.powerLimitWatts(),
        now.stationLimitWatts(),
        departure(newest == null ? null : newest.report(), now),
        now.emergencyStopped(),
        now.faultHeld(),
        now.acknowledgedBy());
  }

  /** Of the charge that runs; while none does, of the next one, as far as somebody has said. */
  private static @Nullable Instant departure(@Nullable SessionReport report, Orders now) {
    SessionState state = report == null ? null : report.record().state();
    boolean runs = state != null && !state.isOver() && !(state instanceof SessionState.Idle);
    Instant planned = runs && report != null ? report.departure() : null;
    return planned == null ? now.departure() : planned;
  }

  /** What has been asked for. */
  Orders orders() {
    return orders;
  }

  /**
   * Changes it; the station is told at once, with the session's last report, which gets no newer by
   * that. Never beside {@link #told}: an old report must not follow a new one.
   */
  synchronized void order(UnaryOperator<Orders> next) {
    change(next);
    Heard newest = last;
    if (newest != null) {
      publish(newest);
    }
  }

  /** Where the session stands; idle before it has reported. */
  SessionPhase phase() {
    Heard newest = last;
    return newest == null ? SessionPhase.IDLE : phase(newest.report().record().state());
  }

  /** True when nothing would be lost if the session ended now: it is over, or has not begun. */
  public boolean isQuiet() {
    return switch (phase()) {
      case IDLE, WAITING, CONNECTED, AUTHORISED -> true;
      default -> isOver();
    };
  }

  /**
   * How much the charger gives, A of the whole battery, as it was heard last; 0 when it cannot be
   * heard, since then nobody can wait for it.
   */
  public double flowingAmps() {
    ChargerStatus status = heard;
    return status == null || status.link() != ChargerStatus.LinkState.UP
        ? 0
        : Math.abs(status.measurement().chargeCurrentAmps());
  }

  /** Whether a charge can be started: nothing has come of the one that is there. */
  boolean mayStart() {
    return switch (phase()) {
      case IDLE, CONNECTED, STOPPING -> true;
      default -> isOver();
    };
  }

  /** Whether the session has reported anything yet. */
  boolean isHeard() {
    return last != null;
  }

  /** True when only a new session can charge. */
  public boolean isOver() {
    Heard newest = last;
    return newest != null && newest.report().record().state().isOver();
  }

  /** Whether the charger itself reports a fault that stops the charge. */
  boolean hasFault() {
    ChargerStatus status = heard;
    return status != null
        && status.faults().stream().anyMatch(f -> f != ChargerFault.VENDOR_WARNING);
  }

  /** A status image with what operators have asked for. */
  ChargerStatus supervised(ChargerStatus status) {
    heard = status;
    Orders now = orders;
    BatteryLimits limits = status.batteryLimits();
    double capWatts = capWatts(now);
    boolean caps = capWatts < limits.maxPowerWatts();
    boolean stops = now.emergencyStopped();
    if (!caps && !stops) {
      return status;
    }
    Set<ChargerFault> faults = status.faults();
    if (stops) {
      EnumSet<ChargerFault> more = EnumSet.of(ChargerFault.EMERGENCY_STOP);
      more.addAll(faults);
      faults = more;
    }
    BatteryLimits capped =
        new BatteryLimits(
            limits.targetCurrentAmps(),
            limits.maxVoltageVolts(),
            limits.maxCellVoltageVolts(),
            limits.maxTemperatureKelvin(),
            Math.min(limits.maxPowerWatts(), capWatts));
    return new ChargerStatus(
        status.link(),
        status.measurement(),
        status.capabilities(),
        capped,
        status.vehicleConnected(),
        faults,
        status.reason(),
        status.thermal());
  }

  private synchronized void change(UnaryOperator<Orders> next) {
    Orders before = orders;
    Orders now = next.apply(before);
    orders = now;
    if (before.emergencyStopped() || now.emergencyStopped()) {
      stops.keep(id, now);
    }
  }

  /** When the stops asked for are on the disk; fails with why they are not. */
  CompletionStage<@Nullable Void> kept() {
    return stops.written();
  }

  /** A listener that fails must not disturb the session. */
  private void publish(Heard newest) {
    if (listener == NOBODY) {
      return;
    }
    try {
      listener.accept(snapshot(newest.report(), orders, newest.nanos()));
    } catch (RuntimeException e) {
      listener = NOBODY;
      LOG.error("Connector {}: the station hears nothing any more.", id, e);
    }
  }

  private ChargerSnapshot snapshot(SessionReport report, Orders now, long heardNanos) {
    LoopRecord r = report.record();
    ChargerStatus status = Objects.requireNonNullElse(heard, r.status());
    return new ChargerSnapshot(
        id,
        report.utc().apply(r.timeNanos()),
        report.utc().apply(status.measurement().timeNanos()),
        status,
        report.settings().layout(),
        r.estimate(),
        r.limits(),
        r.command(),
        report.utc().apply(r.command().validUntilNanos()),
        r.thermal().heatWatts(),
        r.decision(),
        new ChargerSnapshot.Reasons(
            r.activeConstraint(),
            why(report.record(), report.why()),
            r.verdict().reason().name(),
            r.verdict().text(),
            isOfMeasurements(r.verdict().reason())),
        session(report),
        report.progress(),
        policy(report.policy()),
        new ChargerSnapshot.Orders(
            now.powerLimitWatts(),
            now.stationLimitWatts(),
            report.settings().targetSoc(),
            departure(report, now),
            now.emergencyStopped(),
            now.acknowledgedBy()),
        report.timing(),
        heardNanos);
  }

  /**
   * Why the current is what it is. The session only sees a battery that allows less; here it is
   * known who wants that.
   */
  public String why(LoopRecord record, String otherwise) {
    ChargerStatus own = heard;
    PowerBudget share = budget;
    boolean byPower =
        record.verdict().reason() == GuardReason.VEHICLE_POWER
            || (record.verdict().reason() == GuardReason.NONE
                && record.activeConstraint() == ActiveConstraint.POWER);
    if (!byPower || own == null || !record.state().reason().isEmpty()) {
      return otherwise;
    }
    double ordered = orders.capWatts();
    long now = NanoClock.SYSTEM.nanoTime();
    double shared = share == null ? Double.POSITIVE_INFINITY : share.wattsAt(now);
    double charger = own.capabilities().maxPowerWatts();
    double others = Math.min(own.batteryLimits().maxPowerWatts(), charger > 0 ? charger : shared);
    if (share != null && shared <= Math.min(ordered, others)) {
      return share.isExpiredAt(now)
          ? "The station's sharing of power is not heard of: this connector has its fall-back."
          : share.why();
    }
    return ordered < others ? "An operator's power limit caps the charge." : otherwise;
  }

  private static ChargerSnapshot.Session session(SessionReport report) {
    SessionState state = report.record().state();
    Instant since = report.utc().apply(state.sinceNanos());
    return new ChargerSnapshot.Session(phase(state), state.reason(), since, state.isOver());
  }

  private static ChargerSnapshot.Policy policy(@Nullable PolicyIdentity identity) {
    return identity == null
        ? new ChargerSnapshot.Policy("", "", "")
        : new ChargerSnapshot.Policy(identity.name(), identity.version(), identity.digest());
  }

  private static SessionPhase phase(SessionState state) {
    if (state instanceof SessionState.Connected) {
      return SessionPhase.CONNECTED;
    } else if (state instanceof SessionState.Authorised) {
      return SessionPhase.AUTHORISED;
    } else if (state instanceof SessionState.PreCharge) {
      return SessionPhase.PRE_CHARGE;
    } else if (state instanceof SessionState.Charging) {
      return SessionPhase.CHARGING;
    } else if (state instanceof SessionState.Suspended) {
      return SessionPhase.SUSPENDED;
    } else if (state instanceof SessionState.Stopping) {
      return SessionPhase.STOPPING;
    } else if (state instanceof SessionState.Finished) {
      return SessionPhase.FINISHED;
    }
    return state instanceof SessionState.Faulted ? SessionPhase.FAULTED : SessionPhase.IDLE;
  }
}
