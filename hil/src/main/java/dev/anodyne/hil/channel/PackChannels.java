package dev.anodyne.hil.channel;

import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.plantsim.ChargingPlant;
import dev.anodyne.plantsim.pack.Pack;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The battery as a whole: the truth. */
final class PackChannels {
  private PackChannels() {}

  static void add(ChargingPlant plant, List<Channel> all) {
    Pack pack = plant.pack();
    all.add(Channel.result("pack.current", "A", "into the battery", pack::chargeCurrentAmps));
    all.add(Channel.result("pack.voltage", "V", "at the terminals", pack::voltageVolts));
    all.add(
        Channel.result(
            "pack.power",
            "W",
            "into the battery",
            () -> pack.chargeCurrentAmps() * pack.voltageVolts()));
    all.add(Channel.result("pack.soc", "1", "state of charge, mean of the cells", pack::soc));
    extremes(pack, all);
    all.add(
        Channel.result(
            "pack.platingExposure",
            "V.s",
            "∫ max(0, −anode potential) dt of the worst cell",
            () -> worstExposure(pack)));
    all.add(
        Channel.result(
            "pack.resistance", "Ohm", "rise of the voltage with the current", pack::ohms));
    all.add(
        Channel.result(
            "pack.atCeiling",
            "1",
            "1 while the voltage regulator holds the ceiling",
            () -> pack.isAtCeiling() ? 1 : 0));
    all.add(
        Channel.setting(
                "pack.connected",
                "1",
                "1 while a battery is plugged in",
                () -> plant.isConnected() ? 1 : 0,
                value -> plant.setConnected(value >= 0.5))
            .within(0, 1));
  }

  private static void extremes(Pack pack, List<Channel> all) {
    extreme(pack, all, "AnodePotential", "V", "anode potential", o -> o.anodePotentialVolts);
    extreme(pack, all, "CellVoltage", "V", "cell voltage", o -> o.voltageVolts);
    extreme(pack, all, "Temperature", "K", "cell temperature", o -> o.temperatureKelvin);
    extreme(pack, all, "Soc", "1", "state of charge of a cell", o -> o.soc);
  }

  private static void extreme(
      Pack pack,
      List<Channel> all,
      String name,
      String unit,
      String words,
      ToDoubleFunction<P2dOutputs> of) {
    all.add(Channel.result("pack.min" + name, unit, "lowest " + words, () -> lowest(pack, of)));
    all.add(Channel.result("pack.max" + name, unit, "highest " + words, () -> highest(pack, of)));
  }

  private static double lowest(Pack pack, ToDoubleFunction<P2dOutputs> of) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < pack.cellCount(); i++) {
      least = Math.min(least, of.applyAsDouble(pack.outputs(i)));
    }
    return least;
  }

  private static double highest(Pack pack, ToDoubleFunction<P2dOutputs> of) {
    double most = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < pack.cellCount(); i++) {
      most = Math.max(most, of.applyAsDouble(pack.outputs(i)));
    }
    return most;
  }

  private static double worstExposure(Pack pack) {
    double most = 0;
    for (int i = 0; i < pack.cellCount(); i++) {
      most = Math.max(most, pack.platingExposureVoltSeconds(i));
    }
    return most;
  }
}
