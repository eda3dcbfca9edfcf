package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.model.ValueRange;
import dev.anodyne.opcua.server.station.Authorization.Action;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.jspecify.annotations.Nullable;

/** The methods of a station, with their arguments and the commands that they become. */
enum StationMethod {
  START_CHARGING(
      TypesNamespace.CHARGER_TYPE,
      "StartCharging",
      Action.OPERATE,
      "Begins a new charge once the last one is over.",
      List.of(),
      (id, in) -> new StationCommand.StartCharging(id)),
  STOP_CHARGING(
      TypesNamespace.CHARGER_TYPE,
      "StopCharging",
      Action.OPERATE,
      "Ends the charge: the current goes to zero.",
      List.of(Input.text("Reason", "Why, for the log and for people.")),
      (id, in) -> new StationCommand.StopCharging(id, (String) in[0])),
  SET_POLICY(
      TypesNamespace.CHARGER_TYPE,
      "SetPolicy",
      Action.CONFIGURE,
      "Lets another policy decide, without a jump of the current.",
      List.of(Input.text("Policy", "Name of a policy that the station offers.")),
      (id, in) -> new StationCommand.SetPolicy(id, (String) in[0])),
  SET_POWER_LIMIT(
      TypesNamespace.CHARGER_TYPE,
      "SetPowerLimit",
      Action.OPERATE,
      "Sets the power into the battery that is not to be passed.",
      List.of(
          Input.number("PowerLimit", 0, ChargerModel.MOST_WATTS, "W; the highest is no limit.")),
      (id, in) -> new StationCommand.SetPowerLimit(id, (Double) in[0])),
  SET_DEPARTURE(
      TypesNamespace.CHARGER_TYPE,
      "SetDeparture",
      Action.OPERATE,
      "Says when the vehicle leaves, and with which state of charge.",
      List.of(
          new Input("Departure", Kind.UTC_TIME, null, "UTC; the null time takes it back."),
          Input.number("TargetSoc", 0.01, 1, "State of charge at departure, 0 to 1.")),
      (id, in) -> new StationCommand.SetDeparture(id, instant((DateTime) in[0]), (Double) in[1])),
  ACKNOWLEDGE(
      TypesNamespace.CHARGER_TYPE,
      "Acknowledge",
      Action.ACKNOWLEDGE,
      "Says that somebody has seen the fault or the emergency stop.",
      List.of(Input.text("Comment", "For the log.")),
      (id, in) -> new StationCommand.Acknowledge(id, (String) in[0])),
  RESET(
      TypesNamespace.CHARGER_TYPE,
      "Reset",
      Action.ACKNOWLEDGE,
      "Undoes an emergency stop, or leaves a fault that is gone and acknowledged.",
      List.of(),
      (id, in) -> new StationCommand.Reset(id)),
  EMERGENCY_STOP_REQUEST(
      TypesNamespace.CHARGER_TYPE,
      "EmergencyStopRequest",
      Action.EMERGENCY_STOP,
      "Asks for a stop until Reset. A request over a network, never a safety function.",
      List.of(Input.text("Reason", "Why, for the log and for people.")),
      (id, in) -> new StationCommand.EmergencyStopRequest(id, (String) in[0])),
  SET_STATION_POWER_LIMIT(
      StationModel.ENERGY_MANAGEMENT.typeName(),
      "SetPowerLimit",
      Action.OPERATE,
      "Sets the power of all chargers together that is not to be passed.",
      List.of(
          Input.number("PowerLimit", 0, ChargerModel.MOST_WATTS, "W; the highest is no limit.")),
      (id, in) -> new StationCommand.SetStationPowerLimit((Double) in[0])),
  STATION_EMERGENCY_STOP_REQUEST(
      TypesNamespace.STATION_TYPE,
      "EmergencyStopRequest",
      Action.EMERGENCY_STOP,
      "Asks every charger for a stop until its Reset. Never a safety function.",
      List.of(Input.text("Reason", "Why, for the log and for people.")),
      (id, in) -> new StationCommand.StationEmergencyStopRequest((String) in[0]));

  /** Longest text that a client may give. */
  static final int LONGEST_TEXT = 200;

  private final String ownerType;
  private final String methodName;
  private final Action action;
  private final String description;
  private final List<Input> inputs;
  private final BiFunction<String, Object[], StationCommand> command;

  /**
   * An argument.
   *
   * @param range values that it may have; null for what is no number
   */
  record Input(String name, Kind kind, @Nullable ValueRange range, String description) {
    static Input text(String name, String description) {
      return new Input(name, Kind.STRING, null, description);
    }

    static Input number(String name, double low, double high, String description) {
      return new Input(name, Kind.DOUBLE, new ValueRange(low, high), description);
    }
  }

  StationMethod(
      String ownerType,
      String methodName,
      Action action,
      String description,
      List<Input> inputs,
      BiFunction<String, Object[], StationCommand> command) {
    this.ownerType = ownerType;
    this.methodName = methodName;
    this.action = action;
    this.description = description;
    this.inputs = inputs;
    this.command = command;
  }

  /** Name of the type that has it. */
  String ownerType() {
    return ownerType;
  }

  String methodName() {
    return methodName;
  }

  Action action() {
    return action;
  }

  String description() {
    return description;
  }

  List<Input> inputs() {
    return inputs;
  }

  /**
   * The command that a call becomes.
   *
   * @param charger the charger's id; without meaning for the station's own methods
   * @param inputs checked values, in the order of the arguments
   */
  StationCommand command(String charger, Object[] inputs) {
    return command.apply(charger, inputs);
  }

  private static @Nullable Instant instant(DateTime time) {
    return time.isNull() ? null : time.getJavaInstant();
  }
}
