package dev.anodyne.opcua.server.station;

import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargerStatus;
import java.time.Instant;
import org.eclipse.milo.opcua.stack.core.StatusCodes;

/**
 * Where a value comes from: that decides its status and its source timestamp.
 *
 * <p>A value from a charger that is quiet is {@code Uncertain_LastUsableValue}, from one that is
 * gone {@code Bad_NoCommunication}, and before the first one {@code Bad_WaitingForInitialData}.
 */
enum Origin {
  /** A measurement. */
  MEASURED,
  /** Anything else that the charger tells. */
  CHARGER,
  /** What the charger can do; unknown until all of it has been told. */
  CAPABILITY,
  /** What the battery allows; unknown until all of it has been told. */
  BATTERY,
  /** Combined from charger, battery and settings. */
  LIMIT,
  /** The estimator's belief. */
  ESTIMATE,
  /** The controller's own: always known while its loop runs. */
  CONTROLLER,
  /** Fixed while the server runs; never stale. */
  FIXED;

  /** The status that a value of this origin has, before the value itself is looked at. */
  long status(ChargerSnapshot s, Freshness freshness) {
    if (this == FIXED) {
      return StatusCodes.Good;
    }
    if (freshness == Freshness.GONE) {
      return StatusCodes.Bad_NoCommunication;
    }
    long own = this == CONTROLLER ? StatusCodes.Good : told(s);
    return own == StatusCodes.Good && freshness == Freshness.STALE
        ? StatusCodes.Uncertain_LastUsableValue
        : own;
  }

  /** The source timestamp of a value of this origin. */
  Instant time(ChargerSnapshot s) {
    return this == MEASURED || this == ESTIMATE ? s.measuredAt() : s.time();
  }

  private long told(ChargerSnapshot s) {
    ChargerStatus status = s.status();
    return switch (status.link()) {
      case CONNECTING -> StatusCodes.Bad_WaitingForInitialData;
      case DOWN -> StatusCodes.Bad_NoCommunication;
      case STALE ->
          isKnown(s) ? StatusCodes.Uncertain_LastUsableValue : StatusCodes.Bad_NoCommunication;
      case UP -> connected(s);
    };
  }

  private long connected(ChargerSnapshot s) {
    if (!isKnown(s)) {
      return this == ESTIMATE && s.estimate() != null
          ? StatusCodes.Bad_DataUnavailable
          : StatusCodes.Bad_WaitingForInitialData;
    }
    CellEstimate e = s.estimate();
    return switch (this) {
      case MEASURED ->
          switch (s.status().measurement().quality()) {
            case GOOD -> StatusCodes.Good;
            case UNCERTAIN -> StatusCodes.Uncertain_LastUsableValue;
            case BAD -> StatusCodes.Bad_SensorFailure;
          };
      case ESTIMATE ->
          e != null && e.inRange() ? StatusCodes.Good : StatusCodes.Uncertain_SubNormal;
      default -> StatusCodes.Good;
    };
  }

  private boolean isKnown(ChargerSnapshot s) {
    ChargerStatus status = s.status();
    boolean capable = status.capabilities().isKnown();
    boolean allowed = status.batteryLimits().maxCellVoltageVolts() > 0;
    CellEstimate e = s.estimate();
    return switch (this) {
      case MEASURED -> Double.isFinite(status.measurement().voltageVolts());
      case CAPABILITY -> capable;
      case BATTERY -> allowed;
      case LIMIT -> capable && allowed;
      case ESTIMATE -> e != null && e.valid();
      case CHARGER, CONTROLLER, FIXED -> true;
    };
  }
}
