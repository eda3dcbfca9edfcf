package dev.anodyne.core.p2d;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dOptions.Ageing;
import dev.anodyne.core.p2d.P2dOptions.Thermal;

/** Every shipped set with the physics that its data allow, on the controller's mesh. */
enum ShippedCells {
  CHEN2020("chen2020", Thermal.LUMPED, Ageing.NONE),
  CHEN2020_SEI("chen2020", Thermal.LUMPED, Ageing.SEI),
  OKANE2022_FULL("okane2022", Thermal.LUMPED, Ageing.FULL),
  LGM50("lgm50", Thermal.LUMPED, Ageing.NONE),
  LGM50_PLATING("lgm50", Thermal.LUMPED, Ageing.PLATING),
  LGM50_FULL("lgm50", Thermal.LUMPED, Ageing.FULL),
  ECKER2015("ecker2015", Thermal.LUMPED, Ageing.NONE),
  MARQUIS2019("marquis2019", Thermal.LUMPED, Ageing.NONE),
  PRADA2013("prada2013", Thermal.ISOTHERMAL, Ageing.NONE);

  private final P2dModel model;
  private final P2dModel adiabatic;

  ShippedCells(String name, Thermal thermal, Ageing ageing) {
    CellParameters cell = CellParameters.load(name);
    P2dOptions options = P2dOptions.CONTROL.withThermal(thermal).withAgeing(ageing);
    model = P2dModel.of(cell, options);
    // Eight modes leave 1e-3 of the energy where D varies 45-fold; fourteen a fiftieth of that.
    boolean varies = !cell.anode().diffusivity().isConstant();
    P2dOptions fine =
        new P2dOptions(
            thermal,
            ageing,
            options.anodeNodes(),
            options.separatorNodes(),
            options.cathodeNodes(),
            varies ? 14 : options.radialUnknowns());
    adiabatic = thermal == Thermal.LUMPED ? P2dModel.of(cell.withHeatTransfer(0), fine) : model;
  }

  P2dModel model() {
    return model;
  }

  /** No heat leaves it, so that its temperature tells its heat. */
  P2dModel adiabatic() {
    return adiabatic;
  }
}
