package dev.anodyne.core.cell;

import org.jspecify.annotations.Nullable;

/** The fields of {@link CellParameters}. */
record CellData(
    String name,
    double nominalCapacityAmpHours,
    double lowerCutOffVolts,
    double upperCutOffVolts,
    double areaM2,
    Electrode anode,
    Electrode cathode,
    Separator separator,
    Electrolyte electrolyte,
    @Nullable ThermalData thermal,
    AgeingData ageing,
    double seriesResistanceOhm,
    double referenceKelvin,
    double ambientKelvin) {

  CellData withThermal(@Nullable ThermalData other) {
    return with(areaM2, anode, cathode, electrolyte, other, seriesResistanceOhm);
  }

  CellData with(
      double otherArea,
      Electrode otherAnode,
      Electrode otherCathode,
      Electrolyte otherElectrolyte,
      @Nullable ThermalData otherThermal,
      double otherResistance) {
    return new CellData(
        name,
        nominalCapacityAmpHours,
        lowerCutOffVolts,
        upperCutOffVolts,
        otherArea,
        otherAnode,
        otherCathode,
        separator,
        otherElectrolyte,
        otherThermal,
        ageing,
        otherResistance,
        referenceKelvin,
        ambientKelvin);
  }

  CellData withAgeing(AgeingData other) {
    return new CellData(
        name,
        nominalCapacityAmpHours,
        lowerCutOffVolts,
        upperCutOffVolts,
        areaM2,
        anode,
        cathode,
        separator,
        electrolyte,
        thermal,
        other,
        seriesResistanceOhm,
        referenceKelvin,
        ambientKelvin);
  }
}
