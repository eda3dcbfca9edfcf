package dev.anodyne.opcua.client;

import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.ThermalCommand;
import dev.anodyne.opcua.model.ChargerTag;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/** Commands as the values a charger takes, and what it said to them in words. */
final class SetpointWriter {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** The part of a status code that says what happened. */
  private static final long CODE = 0xFFFF_0000L;

  /** With these a value has not reached the device; a gateway's time-out does not say so. */
  private static final Set<Long> SURELY_REFUSED =
      Set.of(
          StatusCodes.Bad_OutOfRange,
          StatusCodes.Bad_TypeMismatch,
          StatusCodes.Bad_InvalidState,
          StatusCodes.Bad_NotWritable,
          StatusCodes.Bad_WriteNotSupported,
          StatusCodes.Bad_UserAccessDenied,
          StatusCodes.Bad_NodeIdUnknown,
          StatusCodes.Bad_NodeIdInvalid);

  private SetpointWriter() {}

  /** Whether a charger acts on a command. */
  enum Taken {
    /** On all of it; or it is no current, and that has been taken. */
    YES,
    /** Surely not on its current. */
    NO,
    /** On its current without the rest, or nobody knows. */
    IN_DOUBT
  }

  /** What a charger's answer to a write means for its current. */
  static Taken taken(CurrentCommand command, Map<ChargerTag, StatusCode> refused) {
    StatusCode current = refused.get(ChargerTag.SETPOINT_CURRENT);
    if (current != null) {
      return SURELY_REFUSED.contains(current.value() & CODE) ? Taken.NO : Taken.IN_DOUBT;
    }
    return refused.isEmpty() || command.chargeCurrentAmps() == 0 ? Taken.YES : Taken.IN_DOUBT;
  }

  /** How long a command still holds, rounded down to milliseconds; 0 when it has expired. */
  static long remainingMillis(CurrentCommand command, long nowNanos) {
    return Math.max(0, Math.floorDiv(command.validUntilNanos() - nowNanos, NANOS_PER_MILLI));
  }

  /**
   * An expired command must not be written, unless it is no current: that is always safe, and it
   * ends an older command which may still hold.
   */
  static boolean mayBeWritten(CurrentCommand command, long remainingMillis) {
    return remainingMillis > 0 || command.chargeCurrentAmps() == 0;
  }

  /**
   * The three set-points; the current comes last because writing it makes the command on chargers
   * that take one value at a time.
   */
  static Map<ChargerTag, Double> values(CurrentCommand command, long remainingMillis) {
    Map<ChargerTag, Double> values = new LinkedHashMap<>();
    double longest = ChargerTag.SETPOINT_VALID_FOR.range().high();
    values.put(ChargerTag.SETPOINT_VALID_FOR, Math.min(remainingMillis, longest));
    values.put(ChargerTag.SETPOINT_VOLTAGE_CEILING, command.voltageCeilingVolts());
    values.put(ChargerTag.SETPOINT_CURRENT, command.chargeCurrentAmps());
    return values;
  }

  /**
   * The same for a charger with a heater or cooler.
   *
   * @param heat counts as none when it has expired
   */
  static Map<ChargerTag, Double> values(
      CurrentCommand command, long remainingMillis, ThermalCommand heat, long nowNanos) {
    Map<ChargerTag, Double> values = new LinkedHashMap<>();
    // Before the current, which makes the command.
    values.put(ChargerTag.SETPOINT_HEAT, heat.isExpiredAt(nowNanos) ? 0.0 : heat.heatWatts());
    values.putAll(values(command, remainingMillis));
    return values;
  }

  /**
   * Leaves out what a charger has no node for. One that stops is told nothing about its voltage:
   * many refuse a ceiling of 0 V.
   */
  static void keep(Map<ChargerTag, Double> values, Set<ChargerTag> writable) {
    values.keySet().retainAll(writable);
    if (isZero(values, ChargerTag.SETPOINT_CURRENT)
        && isZero(values, ChargerTag.SETPOINT_VOLTAGE_CEILING)) {
      values.remove(ChargerTag.SETPOINT_VOLTAGE_CEILING);
    }
  }

  private static boolean isZero(Map<ChargerTag, Double> values, ChargerTag tag) {
    return values.getOrDefault(tag, Double.NaN) == 0;
  }

  /** Empty when everything was taken. */
  static String problem(Map<ChargerTag, Double> values, Map<ChargerTag, StatusCode> refused) {
    if (refused.isEmpty()) {
      return "";
    }
    return refused.entrySet().stream()
        .map(
            entry ->
                entry.getKey().path()
                    + " = "
                    + values.get(entry.getKey())
                    + " "
                    + entry.getKey().unit().symbol()
                    + " ("
                    + Words.nameOf(entry.getValue())
                    + ")")
        .collect(Collectors.joining(", ", "The charger refused ", "."));
  }
}
