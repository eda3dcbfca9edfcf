package dev.anodyne.hil.channel;

import dev.anodyne.plantsim.ChargingPlant;
import dev.anodyne.plantsim.CommandInForce;
import java.util.List;

/** What the charger was told, as it took it up; forced, it takes up something else. */
final class CommandChannels {
  private static final double HIGHEST_AMPS = 10_000;
  private static final double HIGHEST_VOLTS = 5000;

  private CommandChannels() {}

  static void add(ChargingPlant plant, List<Channel> all) {
    CommandInForce command = plant.command();
    all.add(
        Channel.component(
                "command.current",
                "A",
                ChannelKind.COMMAND,
                "current set-point in force; a forced one does not expire",
                () -> command.taken().chargeCurrentAmps(),
                command::forceCurrent,
                () -> command.forceCurrent(Double.NaN))
            .within(0, HIGHEST_AMPS));
    all.add(
        Channel.component(
                "command.voltageCeiling",
                "V",
                ChannelKind.COMMAND,
                "voltage ceiling in force",
                () -> command.taken().voltageCeilingVolts(),
                command::forceCeiling,
                () -> command.forceCeiling(Double.NaN))
            .within(0, HIGHEST_VOLTS));
    all.add(
        Channel.readOnly(
            "command.remaining",
            "s",
            ChannelKind.COMMAND,
            "how long the command still counted at the last step's start",
            command::remainingSeconds));
    all.add(
        Channel.readOnly(
            "command.givenCurrent",
            "A",
            ChannelKind.COMMAND,
            "current set-point as the controller gave it",
            () -> command.given().chargeCurrentAmps()));
  }
}
