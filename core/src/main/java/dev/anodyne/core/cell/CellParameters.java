package dev.anodyne.core.cell;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Everything the model needs to know about a cell. Immutable; share it between threads. */
public final class CellParameters {
  private final CellData d;

  CellParameters(CellData data) {
    this.d = data;
  }

  /**
   * A shipped set by name ({@code lgm50}, {@code chen2020}, {@code okane2022} …) or a BPX file's
   * path.
   *
   * @throws BadCellException when neither exists; names the allowed ones
   * @throws dev.anodyne.core.bpx.BpxException when the file is wrong; names path, value, allowed
   */
  public static CellParameters load(String nameOrPath) {
    return CellLoader.load(nameOrPath);
  }

  /** Names of the shipped sets. */
  public static List<String> shippedNames() {
    return CellLoader.NAMES;
  }

  /** The shipped set's name or the file's name. */
  public String name() {
    return d.name();
  }

  /** What the maker calls its capacity; C-rates refer to it, A·h. */
  public double nominalCapacityAmpHours() {
    return d.nominalCapacityAmpHours();
  }

  public double lowerCutOffVolts() {
    return d.lowerCutOffVolts();
  }

  public double upperCutOffVolts() {
    return d.upperCutOffVolts();
  }

  /** Electrode area of all pairs in parallel, m². */
  public double electrodeAreaM2() {
    return d.areaM2();
  }

  public Electrode anode() {
    return d.anode();
  }

  public Electrode cathode() {
    return d.cathode();
  }

  public Separator separator() {
    return d.separator();
  }

  public Electrolyte electrolyte() {
    return d.electrolyte();
  }

  /** Heat data; empty when the set has none (isothermal only). */
  public Optional<ThermalData> thermal() {
    return Optional.ofNullable(d.thermal());
  }

  /** SEI data of the chosen model, if the set has them all. */
  public Optional<SeiData> sei() {
    return d.ageing().sei();
  }

  /** Plating data of the chosen model, if the set has them all. */
  public Optional<PlatingData> plating() {
    return d.ageing().plating();
  }

  /** What limits the growth of the SEI: the file's choice, else what its constants are for. */
  public SeiModel seiModel() {
    return d.ageing().seiModel();
  }

  /** Which lithium plating: the file's choice, else partially reversible. */
  public PlatingModel platingModel() {
    return d.ageing().platingModel();
  }

  /** User-defined keys that the chosen SEI model needs and the set lacks. */
  public List<String> missingSeiKeys() {
    return d.ageing().missingSei();
  }

  /** User-defined keys that the chosen plating model needs and the set lacks. */
  public List<String> missingPlatingKeys() {
    return d.ageing().missingPlating();
  }

  /**
   * This cell with another SEI model, whose constants its set must hold.
   *
   * @throws BadCellException naming the missing keys
   */
  public CellParameters withSeiModel(SeiModel model) {
    return checked(d.ageing().with(model), "SEI model " + model, a -> a.missingSei());
  }

  /**
   * This cell with another plating model, whose constants its set must hold.
   *
   * @throws BadCellException naming the missing keys
   */
  public CellParameters withPlatingModel(PlatingModel model) {
    return checked(d.ageing().with(model), "plating model " + model, a -> a.missingPlating());
  }

  private CellParameters checked(
      AgeingData ageing, String what, Function<AgeingData, List<String>> missing) {
    List<String> keys = missing.apply(ageing);
    if (!keys.isEmpty()) {
      throw new BadCellException(AgeingData.lacks(name(), what, keys));
    }
    return new CellParameters(d.withAgeing(ageing));
  }

  /** Ohmic resistance outside the electrodes, Ω. */
  public double seriesResistanceOhm() {
    return d.seriesResistanceOhm();
  }

  /** Temperature at which the properties hold, K. */
  public double referenceKelvin() {
    return d.referenceKelvin();
  }

  /** The set's own ambient temperature, K. */
  public double ambientKelvin() {
    return d.ambientKelvin();
  }

  /** Anode stoichiometry at a state of charge. */
  public double anodeStoichiometry(double soc) {
    return d.anode().stoichiometryAtEmpty()
        + soc * (d.anode().stoichiometryAtFull() - d.anode().stoichiometryAtEmpty());
  }

  /** Cathode stoichiometry at a state of charge. */
  public double cathodeStoichiometry(double soc) {
    return d.cathode().stoichiometryAtEmpty()
        + soc * (d.cathode().stoichiometryAtFull() - d.cathode().stoichiometryAtEmpty());
  }

  /** State of charge of a mean anode stoichiometry. */
  public double socOfAnode(double stoichiometry) {
    return (stoichiometry - d.anode().stoichiometryAtEmpty())
        / (d.anode().stoichiometryAtFull() - d.anode().stoichiometryAtEmpty());
  }

  /** Open-circuit voltage at a state of charge and the reference temperature, V. */
  public double openCircuitVolts(double soc) {
    return ElectrodeBalance.openCircuitVolts(
        d.anode(), d.cathode(), anodeStoichiometry(soc), cathodeStoichiometry(soc));
  }

  /** Charge between state of charge 0 and 1 at vanishing current (electrode balance), A·h. */
  public double capacityAmpHours() {
    return d.anode().siteCapacityAmpHours(d.areaM2())
        * (d.anode().stoichiometryAtFull() - d.anode().stoichiometryAtEmpty());
  }

  /**
   * This cell made a little different: production spread, ageing, model mismatch. Lost lithium is a
   * share of {@link #capacityAmpHours()}. Active material is lost at half charge with the lithium
   * it then holds. The stoichiometry window is found anew from the cut-off voltages whenever
   * lithium or material is lost. The nominal capacity, a label, stays.
   */
  public CellParameters with(CellVariation variation) {
    return new CellParameters(Variations.apply(this, d, variation));
  }

  /**
   * This cell with another heat transfer coefficient, W/m²K over its cooling area.
   *
   * @throws BadCellException when the set has no thermal data
   */
  public CellParameters withHeatTransfer(double wattsPerM2Kelvin) {
    @Nullable ThermalData t = d.thermal();
    if (t == null) {
      throw new BadCellException(
          "Cell "
              + d.name()
              + " has no thermal data; allowed: isothermal."
              + "\nMaybe choose a cell with External surface area, Volume and heat capacity.");
    }
    if (!(wattsPerM2Kelvin >= 0 && Double.isFinite(wattsPerM2Kelvin))) {
      throw new BadCellException(
          "heat transfer of " + wattsPerM2Kelvin + " W/m²K; allowed: a number ≥ 0.");
    }
    return new CellParameters(
        d.withThermal(
            new ThermalData(t.heatCapacityJPerKelvin(), t.coolingAreaM2(), wattsPerM2Kelvin)));
  }

  /**
   * This cell with a thicker SEI from the start: its film resists more and fills some of the
   * anode's pores. The lithium that it binds is not taken from the cell: that is {@link
   * CellVariation#lossOfLithiumInventory()}.
   *
   * @param growthM how much thicker than the set's initial SEI, m, ≥ 0
   * @throws BadCellException when the set has no SEI data or the pores are too small
   */
  public CellParameters withSeiGrowth(double growthM) {
    return growthM == 0 ? this : new CellParameters(Variations.growSei(this, d, growthM));
  }

  @Override
  public String toString() {
    return d.name();
  }
}
