package dev.anodyne.core.p2d;

/**
 * Physics and resolution of a model.
 *
 * @param thermal lumped energy balance, or temperature held at ambient
 * @param ageing side reactions
 * @param anodeNodes nodes over the anode
 * @param separatorNodes nodes over the separator
 * @param cathodeNodes nodes over the cathode
 * @param radialUnknowns unknowns a particle
 */
public record P2dOptions(
    Thermal thermal,
    Ageing ageing,
    int anodeNodes,
    int separatorNodes,
    int cathodeNodes,
    int radialUnknowns) {

  /** Energy balance. */
  public enum Thermal {
    ISOTHERMAL,
    LUMPED
  }

  /** Side reactions at the anode. */
  public enum Ageing {
    NONE,
    /** SEI with its film resistance, by {@link dev.anodyne.core.cell.CellParameters#seiModel}. */
    SEI,
    /** Lithium plating, by {@link dev.anodyne.core.cell.CellParameters#platingModel}. */
    PLATING,
    /** Both, with porosity change. */
    FULL
  }

  /** The truth: fine, thermal, all side reactions. */
  public static final P2dOptions PLANT = new P2dOptions(Thermal.LUMPED, Ageing.FULL, 20, 2, 20, 10);

  /** The controller's model: as fine as a control period allows. */
  public static final P2dOptions CONTROL =
      new P2dOptions(Thermal.LUMPED, Ageing.NONE, 12, 3, 12, 8);

  public P2dOptions withThermal(Thermal t) {
    return new P2dOptions(t, ageing, anodeNodes, separatorNodes, cathodeNodes, radialUnknowns);
  }

  public P2dOptions withAgeing(Ageing a) {
    return new P2dOptions(thermal, a, anodeNodes, separatorNodes, cathodeNodes, radialUnknowns);
  }
}
