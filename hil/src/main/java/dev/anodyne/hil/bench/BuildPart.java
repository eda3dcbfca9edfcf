package dev.anodyne.hil.bench;

import static dev.anodyne.hil.bench.BenchConfig.checked;
import static dev.anodyne.hil.bench.BenchConfig.or;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.plantsim.pack.AgeingSpread;
import dev.anodyne.plantsim.pack.AgeingSpread.Share;
import dev.anodyne.plantsim.pack.PackBuild;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bench.yaml} says about how the battery is put together: ageing, conductors, heat. A
 * value that the battery could not show is refused rather than ignored.
 */
final class BuildPart {
  private BuildPart() {}

  static PackBuild of(
      Path path,
      CellParameters cell,
      PackLayout layout,
      BenchFile.@Nullable AgeingPart ageing,
      BenchFile.@Nullable PackPart pack) {
    AgeingSpread aged = checked(path, "ageing", () -> ageing(cell, ageing));
    return checked(path, "pack", () -> build(cell, layout, pack)).withAgeing(aged);
  }

  private static AgeingSpread ageing(CellParameters cell, BenchFile.@Nullable AgeingPart part) {
    if (part == null) {
      return AgeingSpread.FRESH;
    }
    AgeingSpread aged =
        new AgeingSpread(
            share(part.lossOfLithium(), part.lossOfLithiumSigma()),
            share(part.lossOfAnode(), part.lossOfAnodeSigma()),
            share(part.lossOfCathode(), part.lossOfCathodeSigma()),
            share(part.seiGrowthM(), part.seiGrowthSigmaM()),
            share(part.resistanceOhm(), part.resistanceSigmaOhm()));
    Share sei = aged.seiGrowthM();
    if (!sei.equals(Share.ZERO)) {
      cell.withSeiGrowth(sei.mean() + 3 * sei.sigma()); // throws where the thickest does not fit
    }
    return aged;
  }

  private static Share share(@Nullable Double mean, @Nullable Double sigma) {
    return new Share(or(mean, 0.0), or(sigma, 0.0));
  }

  private static PackBuild build(
      CellParameters cell, PackLayout layout, BenchFile.@Nullable PackPart part) {
    if (part == null) {
      return PackBuild.IDEAL;
    }
    PackBuild build =
        PackBuild.IDEAL
            .withConductors(or(part.busbarOhms(), 0.0), or(part.linkOhms(), 0.0))
            .withHeat(
                or(part.ambientGradientKelvin(), 0.0), or(part.neighbourWattsPerKelvin(), 0.0));
    require(
        build.busbarOhms() == 0 || layout.parallel() > 1,
        "busbarOhms " + build.busbarOhms() + " has nothing to connect in " + layout,
        "a layout with cells in parallel, such as 4s2p, is meant; linkOhms counts in all.");
    require(
        build.ambientGradientKelvin() == 0 || layout.series() > 1,
        "ambientGradientKelvin " + build.ambientGradientKelvin() + " has no way along " + layout,
        "a layout with groups in series, such as 4s1p, is meant.");
    require(
        build.neighbourWattsPerKelvin() == 0 || cell.thermal().isPresent(),
        "neighbourWattsPerKelvin "
            + build.neighbourWattsPerKelvin()
            + " needs cells with a heat balance; "
            + cell.name()
            + " has no thermal data",
        "lgm50 is meant, which has.");
    return build;
  }

  private static void require(boolean met, String problem, String maybe) {
    if (!met) {
      throw new IllegalArgumentException(problem + ".\nMaybe " + maybe);
    }
  }
}
