package dev.anodyne.opcua.server.station;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.EstimateIntervals;
import dev.anodyne.core.charging.Interval;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PlanAhead;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.jspecify.annotations.Nullable;

/**
 * What the values of a charger are taken from: its newest snapshot, and what the server itself
 * remembers of the snapshots before.
 *
 * @param bay which charger it is
 * @param now its newest snapshot
 * @param last the session's last transition; null when there was none since the server began
 * @param changedAt when that was
 * @param types index of the types namespace
 */
record ChargerView(
    StationLayout.Bay bay,
    ChargerSnapshot now,
    @Nullable SessionTransition last,
    @Nullable Instant changedAt,
    UShort types) {
  /** DI's DeviceHealthEnumeration (OPC 10000-100 §4.5.4). */
  enum DeviceHealth {
    NORMAL,
    FAILURE,
    CHECK_FUNCTION,
    OFF_SPEC,
    MAINTENANCE_REQUIRED
  }

  Measurement measured() {
    return now.status().measurement();
  }

  ChargerCapabilities charger() {
    return now.status().capabilities();
  }

  BatteryLimits battery() {
    return now.status().batteryLimits();
  }

  double batteryWatts(double cellWatts) {
    return cellWatts * now.layout().series() * now.layout().parallel();
  }

  /** A number of the estimate; NaN without one. */
  double estimated(ToDoubleFunction<CellEstimate> value) {
    CellEstimate e = now.estimate();
    return e == null ? Double.NaN : value.applyAsDouble(e);
  }

  /** Both ends of an interval; null when the estimator says nothing about how sure it is. */
  double @Nullable [] interval(Function<EstimateIntervals, Interval> which) {
    CellEstimate e = now.estimate();
    if (e == null || e.intervals().equals(EstimateIntervals.UNKNOWN)) {
      return null;
    }
    Interval interval = which.apply(e.intervals());
    return new double[] {interval.low(), interval.high()};
  }

  /** Share of instants at which the truth is to lie within the intervals; NaN when unknown. */
  double confidence() {
    CellEstimate e = now.estimate();
    boolean unknown = e == null || e.intervals().equals(EstimateIntervals.UNKNOWN);
    return unknown || e == null ? Double.NaN : e.intervals().coverage();
  }

  PlanAhead plan() {
    return now.decision().plan();
  }

  List<String> faults() {
    return now.status().faults().stream().map(Enum::name).sorted().toList();
  }

  DeviceHealth health() {
    Set<ChargerFault> faults = now.status().faults();
    if (faults.stream().anyMatch(f -> f != ChargerFault.VENDOR_WARNING)) {
      return DeviceHealth.FAILURE;
    }
    if (now.status().link() != LinkState.UP) {
      return DeviceHealth.OFF_SPEC;
    }
    return faults.isEmpty() ? DeviceHealth.NORMAL : DeviceHealth.MAINTENANCE_REQUIRED;
  }

  /** A power limit as it can be shown and written: nobody's limit is the range's upper end. */
  double powerLimitWatts() {
    return Math.min(now.orders().powerLimitWatts(), bay.maxPowerWatts());
  }

  /** The null time of OPC UA when nobody has said. */
  DateTime departure() {
    Instant departure = now.orders().departure();
    return departure == null ? DateTime.MIN_VALUE : Kind.dateTime(departure);
  }

  NodeId phaseId() {
    return new NodeId(types, now.session().phase().nodeId());
  }

  NodeId transitionId() {
    return last == null ? NodeId.NULL_VALUE : new NodeId(types, last.nodeId());
  }

  String transitionName() {
    return last == null ? "" : last.transitionName();
  }

  long transitionNumber() {
    return last == null ? 0 : last.number();
  }

  DateTime transitionTime() {
    return changedAt == null ? DateTime.MIN_VALUE : Kind.dateTime(changedAt);
  }
}
