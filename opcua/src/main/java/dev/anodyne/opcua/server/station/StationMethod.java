package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.model.ValueRange;
import dev.anodyne.opcua.server.station.Authorization.Action;
import java.time.Instant;
import java.util.Arrays;
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
  START_ORDER(
      TypesNamespace.CHARGER_TYPE,
      "StartOrder",
      Action.OPERATE,
      "Begins a new charge of a named battery, with a target and a departure of its own.",
      List.of(
          Input.text("OrderId", "Given again, the order begins nothing twice; empty without."),
          new Input("Departure", Kind.UTC_TIME, null, "UTC; the null time: as configured."),
          Input.number("TargetSoc", 0, 1, "State of charge at its end, 0 to 1; 0: as configured."),
          Input.text("Goal", "fastest, ageing, cost, cost+ageing:PRICE; empty: as configured."),
          Input.text("BatteryId", "Whose record counts; empty: the configured battery."),
          Input.text("Cell", "Name of a cell that comes with the software; empty: as configured."),
          Input.text("Layout", "Series and parallel cells such as 4s1p; empty: as configured."),
          Input.number("AgeYears", -1, 100, "Since it was made, years; below 0: not known."),
          Input.number(
              "EquivalentFullCycles", -1, 100_000, "Charged wholly so often; below 0: not known.")),
      (id, in) ->
          new StationCommand.StartOrder(
              id,
              new StationCommand.Order(
                  (String) in[0],
                  instant((DateTime) in[1]),
                  (Double) in[2],
                  (String) in[3],
                  battery(in, 4)))),
  AUTHORISE(
      TypesNamespace.CHARGER_TYPE,
      "Authorise",
      Action.OPERATE,
      "Allows the vehicle that is there, or comes within 3 minutes, to charge.",
      List.of(
          Input.text("User", "Who charges, for people; empty: who is logged in."),
          Input.text("BatteryId", "Whose record counts; empty: the configured battery."),
          Input.text("Cell", "Name of a cell that comes with the software; empty: as configured."),
          Input.text("Layout", "Series and parallel cells such as 4s1p; empty: as configured."),
          Input.number("AgeYears", -1, 100, "Since it was made, years; below 0: not known."),
          Input.number(
              "EquivalentFullCycles", -1, 100_000, "Charged wholly so often; below 0: not known.")),
      (id, in) -> new StationCommand.Authorise(id, (String) in[0], battery(in, 1))),
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
  SET_STATION_POWER_LIMIT_FOR(
      StationModel.ENERGY_MANAGEMENT.typeName(),
      "SetPowerLimitFor",
      Action.OPERATE,
      "The same for a while; then what the site is configured to fall back to counts.",
      List.of(
          Input.number("PowerLimit", 0, ChargerModel.MOST_WATTS, "W."),
          Input.number("ValidFor", 1, 2_678_400, "s.")),
      (id, in) -> new StationCommand.SetStationPowerLimit((Double) in[0], (Double) in[1])),
  TELL_SITE_BATTERY(
      StationModel.ENERGY_MANAGEMENT.typeName(),
      "TellSiteBattery",
      Action.OPERATE,
      "Says what the site's own battery holds; it is believed for 15 minutes.",
      List.of(Input.number("StateOfCharge", 0, 1, "0 to 1.")),
      (id, in) -> new StationCommand.TellSiteBattery((Double) in[0])),
  TELL_GENERATION(
      StationModel.ENERGY_MANAGEMENT.typeName(),
      "TellGeneration",
      Action.OPERATE,
      "Says what the site itself generates now; it is believed for a while.",
      List.of(Input.number("Power", 0, ChargerModel.MOST_WATTS, "W.")),
      (id, in) -> new StationCommand.TellGeneration((Double) in[0])),
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

  /** All that a type has. */
  static List<StationMethod> of(String ownerType) {
    return Arrays.stream(values()).filter(m -> m.ownerType.equals(ownerType)).toList();
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

  /** Id, cell, layout, age and cycles from one argument on; null when none of them is said. */
  private static StationCommand.@Nullable Battery battery(Object[] in, int from) {
    StationCommand.Battery battery =
        new StationCommand.Battery(
            (String) in[from],
            (String) in[from + 1],
            (String) in[from + 2],
            (Double) in[from + 3],
            (Double) in[from + 4]);
    return battery.isUnsaid() ? null : battery;
  }

  private static @Nullable Instant instant(DateTime time) {
    return time.isNull() ? null : time.getJavaInstant();
  }
}
