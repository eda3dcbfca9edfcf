package dev.anodyne.opcua.server.history;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/**
 * A value of the past.
 *
 * @param epochMicros its source timestamp, µs since 1970 UTC
 * @param value the number; NaN when the status is bad
 * @param status its OPC UA status code
 */
public record HistoryPoint(long epochMicros, double value, long status) {
  /** A point at a time of OPC UA. */
  public static HistoryPoint at(DateTime time, double value, long status) {
    return new HistoryPoint(micros(time), value, status);
  }

  /** True when the number may be used without doubt. */
  public boolean isGood() {
    return new StatusCode(status).isGood();
  }

  /** A time of OPC UA as µs since 1970 UTC. */
  static long micros(DateTime time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time.getJavaInstant());
  }

  static DateTime dateTime(long epochMicros) {
    return new DateTime(Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS));
  }

  /** As OPC UA shows it: no number under a bad status. */
  DataValue toDataValue() {
    Variant shown = Double.isNaN(value) ? Variant.NULL_VALUE : new Variant(value);
    DateTime time = dateTime(epochMicros);
    return new DataValue(shown, new StatusCode(status), time, time);
  }
}
