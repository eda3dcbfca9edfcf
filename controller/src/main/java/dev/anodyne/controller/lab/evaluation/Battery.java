package dev.anodyne.controller.lab.evaluation;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.signal.SensorErrors;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.environment.AmbientTemperature;
import dev.anodyne.plantsim.environment.Environment;
import dev.anodyne.plantsim.pack.CellMismatch;
import dev.anodyne.plantsim.pack.CellSpread;
import dev.anodyne.plantsim.pack.Pack;
import dev.anodyne.plantsim.pack.PackBuild;
import java.util.random.RandomGenerator;

/**
 * One battery of a stratum with its sensors: the same in all its sessions.
 *
 * @param stratum where it belongs
 * @param number its number there
 * @param cell what its maker says, heat transfer included; all that an estimator is told
 * @param layout how its cells are wired
 * @param common what all its cells differ in from {@code cell}
 * @param build how aged each cell is
 * @param sensors what is wrong with them
 */
record Battery(
    Stratum stratum,
    int number,
    CellParameters cell,
    PackLayout layout,
    CellVariation common,
    PackBuild build,
    SensorErrors sensors) {
  private static final double BIAS_VOLTS = 5e-3;
  private static final double BIAS_GAIN = 5e-3;
  private static final double BIAS_KELVIN = 1;

  /** Draws a battery of a stratum; always the same for the same number. */
  static Battery of(Stratum stratum, int number, CellParameters cell) {
    RandomGenerator random = Draws.of(stratum.name(), number, 0);
    int series = stratum.series().get(number % stratum.series().size());
    CellVariation rates = stratum.health().rates(random);
    PackBuild build =
        PackBuild.IDEAL.withAgeing(stratum.health().losses(cell.nominalCapacityAmpHours(), random));
    double fraction = stratum.mismatched() ? CellMismatch.DEFAULT_FRACTION : 0;
    CellVariation mismatch = CellMismatch.draw(fraction, random.nextLong());
    return new Battery(
        stratum,
        number,
        cell,
        new PackLayout(series, 1),
        CellMismatch.combine(rates, mismatch),
        build,
        stratum.biased() ? biased(number % 2 == 0, random) : SensorErrors.STANDARD);
  }

  /** Standard noise with constant biases: every second battery at the edges, the others inside. */
  private static SensorErrors biased(boolean edge, RandomGenerator random) {
    return new SensorErrors(
        SensorErrors.STANDARD.voltage().withBias(BIAS_VOLTS * even(edge, random)),
        SensorErrors.STANDARD.current().withGain(1 + BIAS_GAIN * even(edge, random)),
        SensorErrors.STANDARD.temperature().withBias(BIAS_KELVIN * even(edge, random)));
  }

  private static double even(boolean edge, RandomGenerator random) {
    double drawn = Draws.between(random, -1, 1);
    return edge ? Math.signum(drawn) : drawn;
  }

  /** The true battery at rest; its cells are the same each time. */
  Pack pack(double soc, double ambientKelvin) {
    double heat = cell.thermal().isPresent() ? Environment.LIQUID_COOLED_W_PER_M2K : Double.NaN;
    return new Pack(
        cell,
        PlantConfig.fullestPhysics(cell),
        layout,
        common,
        stratum.spread() ? CellSpread.PRODUCTION : CellSpread.NONE,
        build,
        soc,
        new Environment(AmbientTemperature.constant(ambientKelvin), heat),
        Draws.of(stratum.name(), number, 0).split());
  }
}
