package dev.anodyne.core.cell;

import org.jspecify.annotations.Nullable;

/** Applies a {@link CellVariation}. */
final class Variations {
  /** Below it nothing is left of an anode that the model describes. */
  private static final double LEAST_POROSITY = 0.02;

  /** Sets are measured on one cell; another of its kind may hold this share more. */
  private static final double MOST_GAIN = 0.2;

  private Variations() {}

  static CellData apply(CellParameters cell, CellData d, CellVariation v) {
    check(v);
    double area = d.areaM2() * v.capacityFactor();
    Electrode anode = d.anode().withKinetics(v.anodeDiffusivityFactor(), v.anodeExchangeFactor());
    Electrode cathode =
        d.cathode().withKinetics(v.cathodeDiffusivityFactor(), v.cathodeExchangeFactor());
    if (v.lossOfLithiumInventory() != 0
        || v.lossOfAnodeMaterial() != 0
        || v.lossOfCathodeMaterial() != 0) {
      double lithium = lithiumLeft(cell, v) * v.capacityFactor();
      anode = anode.withActive(anode.activeFraction() * (1 - v.lossOfAnodeMaterial()));
      cathode = cathode.withActive(cathode.activeFraction() * (1 - v.lossOfCathodeMaterial()));
      ElectrodeBalance.Window w =
          ElectrodeBalance.window(
              anode, cathode, area, lithium, d.lowerCutOffVolts(), d.upperCutOffVolts());
      anode = anode.withWindow(w.anodeEmpty(), w.anodeFull());
      cathode = cathode.withWindow(w.cathodeEmpty(), w.cathodeFull());
    }
    return d.with(
        area,
        anode,
        cathode,
        electrolyte(d.electrolyte(), v),
        thermal(d.thermal(), v),
        d.seriesResistanceOhm() / v.capacityFactor() + v.seriesResistanceOhm());
  }

  /** A thicker film, and the pores that it leaves: ε − a ΔL, with Bruggeman's exponent kept. */
  static CellData growSei(CellParameters cell, CellData d, double growthM) {
    SeiData sei = cell.sei().orElse(null);
    Electrode anode = d.anode();
    double porosity = anode.porosity() - anode.surfaceAreaPerM() * growthM;
    if (sei == null || !(growthM >= 0) || !(porosity > LEAST_POROSITY)) {
      throw new BadCellException(
          "SEI growth of "
              + growthM
              + " m on cell "
              + d.name()
              + (sei == null ? ", which has no SEI data" : " leaves a porosity of " + porosity)
              + "; allowed: 0 m or more, with SEI data and a porosity above "
              + LEAST_POROSITY
              + ".");
    }
    double exponent =
        anode.porosity() < 1
            ? Math.log(anode.transportEfficiency()) / Math.log(anode.porosity())
            : 1;
    double efficiency =
        anode.transportEfficiency() * Math.pow(porosity / anode.porosity(), exponent);
    CellData grown =
        d.with(
            d.areaM2(),
            anode.withPores(porosity, efficiency),
            d.cathode(),
            d.electrolyte(),
            d.thermal(),
            d.seriesResistanceOhm());
    return grown.withAgeing(d.ageing().withInitialSei(sei.initialThicknessM() + growthM));
  }

  /** Lithium in both electrodes after the losses, of a cell of the old area, A·h. */
  private static double lithiumLeft(CellParameters cell, CellVariation v) {
    double qn = cell.anode().siteCapacityAmpHours(cell.electrodeAreaM2());
    double qp = cell.cathode().siteCapacityAmpHours(cell.electrodeAreaM2());
    double inAnode = qn * cell.anodeStoichiometry(0.5);
    double inCathode = qp * cell.cathodeStoichiometry(0.5);
    return inAnode * (1 - v.lossOfAnodeMaterial())
        + inCathode * (1 - v.lossOfCathodeMaterial())
        - v.lossOfLithiumInventory() * cell.capacityAmpHours();
  }

  private static Electrolyte electrolyte(Electrolyte e, CellVariation v) {
    return new Electrolyte(
        e.transferenceNumber(),
        e.thermodynamicFactor(),
        e.diffusivity().times(v.electrolyteDiffusivityFactor()),
        e.diffusivityActivation(),
        e.conductivity().times(v.electrolyteConductivityFactor()),
        e.conductivityActivation(),
        e.conductivityTemperatureExponent(),
        e.initialConcentration());
  }

  private static @Nullable ThermalData thermal(@Nullable ThermalData t, CellVariation v) {
    return t == null
        ? null
        : new ThermalData(
            t.heatCapacityJPerKelvin() * v.capacityFactor(),
            t.coolingAreaM2() * v.capacityFactor(),
            t.heatTransferWPerM2Kelvin() * v.heatTransferFactor());
  }

  private static void check(CellVariation v) {
    positive("capacityFactor", v.capacityFactor());
    positive("anodeDiffusivityFactor", v.anodeDiffusivityFactor());
    positive("cathodeDiffusivityFactor", v.cathodeDiffusivityFactor());
    positive("anodeExchangeFactor", v.anodeExchangeFactor());
    positive("cathodeExchangeFactor", v.cathodeExchangeFactor());
    positive("electrolyteConductivityFactor", v.electrolyteConductivityFactor());
    positive("electrolyteDiffusivityFactor", v.electrolyteDiffusivityFactor());
    share("lossOfLithiumInventory", v.lossOfLithiumInventory());
    share("lossOfAnodeMaterial", v.lossOfAnodeMaterial());
    share("lossOfCathodeMaterial", v.lossOfCathodeMaterial());
    if (!(v.heatTransferFactor() >= 0) || !(v.seriesResistanceOhm() >= 0)) {
      throw new BadCellException(
          "heatTransferFactor "
              + v.heatTransferFactor()
              + " or seriesResistanceOhm "
              + v.seriesResistanceOhm()
              + " of a cell variation; allowed: numbers ≥ 0.");
    }
  }

  private static void positive(String name, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new BadCellException(
          name + " of a cell variation is " + value + "; allowed: a number > 0.");
    }
  }

  private static void share(String name, double value) {
    if (!(value >= -MOST_GAIN && value < 1)) {
      throw new BadCellException(
          name
              + " of a cell variation is "
              + value
              + "; allowed: a share in [-"
              + MOST_GAIN
              + ", 1).");
    }
  }
}
