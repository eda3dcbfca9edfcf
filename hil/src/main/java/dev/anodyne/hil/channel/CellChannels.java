package dev.anodyne.hil.channel;

import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.plantsim.ChargingPlant;
import dev.anodyne.plantsim.pack.Pack;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One cell: the truth, and what can be done to it. */
final class CellChannels {
  private final Pack pack;
  private final int cell;
  private final String prefix;
  private final List<Channel> all;

  private CellChannels(Pack pack, int cell, List<Channel> all) {
    this.pack = pack;
    this.cell = cell;
    this.prefix = "pack.cell[" + cell + "].";
    this.all = all;
  }

  static void add(ChargingPlant plant, int cell, List<Channel> all) {
    CellChannels made = new CellChannels(plant.pack(), cell, all);
    made.electrical();
    made.states();
    made.ageing();
    made.settings();
  }

  private void electrical() {
    result("current", "A", "into the cell", o -> o.chargeCurrentAmps);
    result("voltage", "V", "at the cell's terminals", o -> o.voltageVolts);
    result(
        "anodePotential",
        "V",
        "φ_s − φ_e at the anode/separator interface",
        o -> o.anodePotentialVolts);
    result("anodeSurfaceStoichiometry", "1", "electrode mean", o -> o.anodeSurfaceStoichiometry);
    result(
        "anodeSurfaceStoichiometryAtSeparator",
        "1",
        "at the separator",
        o -> o.anodeSurfaceStoichiometryAtSeparator);
    result(
        "cathodeSurfaceStoichiometry", "1", "electrode mean", o -> o.cathodeSurfaceStoichiometry);
    result("anodeStoichiometry", "1", "volume mean", o -> o.anodeStoichiometry);
    result("cathodeStoichiometry", "1", "volume mean", o -> o.cathodeStoichiometry);
    result(
        "electrolyteAtAnodeCollector",
        "mol/m3",
        "salt concentration",
        o -> o.electrolyteAtAnodeCollectorMolPerM3);
    result(
        "electrolyteAtCathodeCollector",
        "mol/m3",
        "salt concentration",
        o -> o.electrolyteAtCathodeCollectorMolPerM3);
  }

  private void states() {
    all.add(
        Channel.state(
                prefix + "soc",
                "1",
                "state of charge on the cell's own scale",
                () -> pack.outputs(cell).soc,
                value -> pack.shiftSoc(cell, value - pack.trueSoc(cell)))
            .within(0, 1));
    all.add(
        Channel.state(
                prefix + "temperature",
                "K",
                "of the cell",
                () -> pack.outputs(cell).temperatureKelvin,
                value -> pack.setTemperature(cell, value))
            .within(200, 500));
  }

  private void ageing() {
    result("lossToSei", "A.h", "capacity lost to the SEI", o -> o.lossToSeiAmpHours);
    result(
        "platedLithium",
        "A.h",
        "lithium as metal, reversible and dead",
        o -> o.lossToPlatingAmpHours);
    result("deadLithium", "A.h", "metal that is cut off for good", o -> o.deadLithiumAmpHours);
    all.add(
        Channel.result(
            prefix + "filmThickness",
            "m",
            "mean thickness of the SEI",
            () -> pack.seiThicknessM(cell)));
    all.add(
        Channel.result(
            prefix + "platingExposure",
            "V.s",
            "∫ max(0, −anode potential) dt",
            () -> pack.platingExposureVoltSeconds(cell)));
  }

  private void settings() {
    all.add(
        Channel.setting(
                prefix + "connected",
                "1",
                "0 when its connection is open",
                () -> pack.isConnected(cell) ? 1 : 0,
                value -> pack.setConnected(cell, value >= 0.5))
            .within(0, 1));
    all.add(
        Channel.setting(
                prefix + "shortResistance",
                "Ohm",
                "of an internal short; infinite for none",
                () -> pack.internalShortOhms(cell),
                value -> pack.setInternalShort(cell, value))
            .within(1e-3, Double.POSITIVE_INFINITY));
    all.add(
        Channel.setting(
                prefix + "addedResistance",
                "Ohm",
                "series resistance beyond the parameter set's",
                () -> pack.variation(cell).seriesResistanceOhm(),
                this::setResistance)
            .within(0, 10));
    all.add(
        Channel.setting(
                prefix + "capacityFactor",
                "1",
                "capacity over the parameter set's",
                () -> pack.variation(cell).capacityFactor(),
                this::setCapacity)
            .within(0.05, 2));
    all.add(
        Channel.readOnly(
            prefix + "ambientOffset",
            "K",
            ChannelKind.SETTING,
            "how much warmer its surroundings are than the battery's",
            () -> pack.ambientOffsetKelvin(cell)));
  }

  private void setResistance(double ohms) {
    CellVariation v = pack.variation(cell);
    pack.setVariation(cell, v.withSeriesResistance(ohms));
  }

  private void setCapacity(double factor) {
    CellVariation v = pack.variation(cell);
    pack.setVariation(cell, v.withCapacityFactor(factor));
  }

  private void result(
      String name, String unit, String meaning, ToDoubleFunction<P2dOutputs> value) {
    all.add(
        Channel.result(
            prefix + name, unit, meaning, () -> value.applyAsDouble(pack.outputs(cell))));
  }
}
