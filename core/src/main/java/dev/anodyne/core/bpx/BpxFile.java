package dev.anodyne.core.bpx;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The content of a BPX file for a DFN model, values as written (SI units).
 *
 * @param source the file's name, for messages
 * @param title the header's title, empty when absent
 * @param references the header's references, empty when absent
 * @param userDefined the numbers of the User-defined section by name
 * @param userTexts its texts by name, and whatever else is no number, as written
 */
public record BpxFile(
    String source,
    String title,
    String references,
    Cell cell,
    Electrolyte electrolyte,
    Electrode negative,
    Electrode positive,
    Separator separator,
    State state,
    Map<String, Double> userDefined,
    Map<String, String> userTexts) {

  /** The Cell section. Areas in m², volume in m³. */
  public record Cell(
      double electrodeAreaM2,
      int parallelPairs,
      double lowerCutOffVolts,
      double upperCutOffVolts,
      double nominalCapacityAmpHours,
      double referenceTemperatureKelvin,
      OptionalDouble externalSurfaceAreaM2,
      OptionalDouble volumeM3,
      OptionalDouble densityKgPerM3,
      OptionalDouble specificHeatJPerKgKelvin) {}

  /** The Electrolyte section; functions of concentration in mol/m³; energies in J/mol. */
  public record Electrolyte(
      double transferenceNumber,
      BpxFunction diffusivity,
      BpxFunction conductivity,
      double diffusivityActivation,
      double conductivityActivation) {}

  /** An electrode section; functions of stoichiometry; conductivity is the effective one, S/m. */
  public record Electrode(
      double thicknessM,
      double porosity,
      double transportEfficiency,
      double conductivity,
      double minimumStoichiometry,
      double maximumStoichiometry,
      double maximumConcentration,
      double particleRadiusM,
      double surfaceAreaPerM,
      BpxFunction diffusivity,
      double diffusivityActivation,
      BpxFunction ocp,
      BpxFunction entropicChange,
      double reactionRate,
      double reactionRateActivation) {}

  /** The Separator section. */
  public record Separator(double thicknessM, double porosity, double transportEfficiency) {}

  /** The State section, or what older versions kept elsewhere. */
  public record State(
      double electrolyteConcentration,
      double initialSoc,
      double initialTemperatureKelvin,
      double ambientTemperatureKelvin,
      OptionalDouble heatTransferWPerM2Kelvin,
      Degradation degradation) {}

  /** What the cell has lost before it is used: shares in [0, 1). */
  public record Degradation(double lithiumInventory, double negative, double positive) {
    /** A fresh cell. */
    public static final Degradation NONE = new Degradation(0, 0, 0);
  }

  /** A text of the User-defined section. */
  public Optional<String> userText(String name) {
    return Optional.ofNullable(userTexts.get(name));
  }

  /**
   * A number of the User-defined section.
   *
   * @throws BpxException when the entry is there but is no number
   */
  public OptionalDouble user(String name) {
    Double value = userDefined.get(name);
    String text = userTexts.get(name);
    if (text != null) {
      throw new BpxException(
          source
              + ": /Parameterisation/User-defined/"
              + name
              + " is "
              + text
              + "; allowed: a finite number");
    }
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
