package dev.anodyne.controller.station;

import dev.anodyne.controller.station.StationControl.Caller;
import dev.anodyne.opcua.server.station.CommandAnswer;
import dev.anodyne.opcua.server.station.CommandResult;
import dev.anodyne.opcua.server.station.StationCommand;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Commands and answers as they go from node to node. */
final class PeerMessage {
  private PeerMessage() {}

  /**
   * A command that another node may carry out.
   *
   * @throws IllegalArgumentException for one that no node takes from another
   */
  static JsonObject of(StationCommand command, Caller caller) {
    JsonObject json =
        new JsonObject()
            .put("command", command.getClass().getSimpleName())
            .put("charger", command.charger())
            .put("user", caller.user())
            .put("way", caller.way());
    if (command instanceof StationCommand.StationEmergencyStopRequest stop) {
      return json.put("text", stop.reason());
    } else if (command instanceof StationCommand.SetStationPowerLimit limit) {
      return json.put("number", limit.watts());
    } else if (command instanceof StationCommand.StopCharging stop) {
      return json.put("text", stop.reason());
    } else if (command instanceof StationCommand.SetPolicy policy) {
      return json.put("text", policy.policy());
    } else if (command instanceof StationCommand.SetPowerLimit limit) {
      return json.put("number", limit.watts());
    } else if (command instanceof StationCommand.SetTargetSoc target) {
      return json.put("number", target.soc());
    } else if (command instanceof StationCommand.SetDeparture departure) {
      Instant at = departure.departure();
      return json.put("number", departure.targetSoc())
          .put("millis", at == null ? null : at.toEpochMilli());
    } else if (command instanceof StationCommand.Acknowledge seen) {
      return json.put("text", seen.comment());
    } else if (command instanceof StationCommand.Reset) {
      return json;
    } else if (command instanceof StationCommand.EmergencyStopRequest stop) {
      return json.put("text", stop.reason());
    }
    throw new IllegalArgumentException("No node takes " + command + " from another.");
  }

  /**
   * Reads a command.
   *
   * @param charger for whom; a command for all becomes one for it
   * @return null for one that this release does not know
   */
  static @Nullable StationCommand command(JsonObject json, String charger) {
    String text = json.getString("text", "");
    double number = json.getDouble("number", Double.NaN);
    Long millis = json.getLong("millis");
    return switch (json.getString("command", "")) {
      case "StationEmergencyStopRequest", "EmergencyStopRequest" ->
          new StationCommand.EmergencyStopRequest(charger, text);
      case "SetStationPowerLimit" -> new StationCommand.SetStationPowerLimit(number);
      case "StopCharging" -> new StationCommand.StopCharging(charger, text);
      case "SetPolicy" -> new StationCommand.SetPolicy(charger, text);
      case "SetPowerLimit" -> new StationCommand.SetPowerLimit(charger, number);
      case "SetTargetSoc" -> new StationCommand.SetTargetSoc(charger, number);
      case "SetDeparture" ->
          new StationCommand.SetDeparture(
              charger, millis == null ? null : Instant.ofEpochMilli(millis), number);
      case "Acknowledge" -> new StationCommand.Acknowledge(charger, text);
      case "Reset" -> new StationCommand.Reset(charger);
      default -> null;
    };
  }

  /** Who gave a command. */
  static Caller caller(JsonObject json) {
    return new Caller(json.getString("user", ""), json.getString("way", ""));
  }

  /** An answer of one connector. */
  static JsonObject of(String connector, CommandAnswer answer) {
    return new JsonObject()
        .put("connector", connector)
        .put("result", answer.result().name())
        .put("message", answer.message());
  }

  /** Reads an answer. */
  static CommandAnswer answer(JsonObject json) {
    return new CommandAnswer(
        CommandResult.valueOf(json.getString("result", CommandResult.FAILED.name())),
        json.getString("message", ""));
  }
}
