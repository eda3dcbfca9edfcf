package dev.anodyne.core.cell;

import dev.anodyne.core.bpx.BpxException;
import dev.anodyne.core.bpx.BpxFile;
import dev.anodyne.core.bpx.BpxReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds a set by name or path and turns the file into {@link CellParameters}. */
final class CellLoader {
  static final List<String> NAMES =
      List.of("lgm50", "chen2020", "okane2022", "marquis2019", "ecker2015", "prada2013");

  private static final long MOST_BYTES = 20_000_000;

  private CellLoader() {}

  static CellParameters load(String nameOrPath) {
    if (NAMES.contains(nameOrPath)) {
      return of(nameOrPath, BpxReader.read(nameOrPath + ".json", shipped(nameOrPath)));
    }
    Path path = path(nameOrPath);
    if (path == null || !Files.isRegularFile(path)) {
      throw new BadCellException(
          "cell \""
              + nameOrPath
              + "\" is unknown; allowed: "
              + String.join(", ", NAMES)
              + ", or the path of a BPX file."
              + "\nMaybe you meant "
              + nearest(nameOrPath)
              + ".");
    }
    try {
      if (Files.size(path) > MOST_BYTES) {
        throw new BpxException(
            nameOrPath + ": / has " + Files.size(path) + " bytes; allowed: " + MOST_BYTES);
      }
      return of(
          path.getFileName().toString(),
          BpxReader.read(nameOrPath, Files.readString(path, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new BadCellException(
          "cell file "
              + nameOrPath
              + " cannot be read ("
              + e.getMessage()
              + "); allowed: a readable UTF-8 BPX file.");
    }
  }

  private static @Nullable Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static String shipped(String name) {
    String resource = "cells/" + name + ".json";
    try (InputStream in = CellLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("The build lacks " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("The build's " + resource + " cannot be read", e);
    }
  }

  private static String nearest(String text) {
    String lower = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    String best = NAMES.get(0);
    int bestScore = -1;
    for (String name : NAMES) {
      int score = 0;
      while (score < Math.min(name.length(), lower.length())
          && name.charAt(score) == lower.charAt(score)) {
        score++;
      }
      if (score > bestScore) {
        bestScore = score;
        best = name;
      }
    }
    return best;
  }

  static CellParameters of(String name, BpxFile f) {
    CellParameters cell = fresh(name, f);
    WindowCheck.check(f, cell);
    BpxFile.Degradation lost = f.state().degradation();
    if (lost.equals(BpxFile.Degradation.NONE)) {
      return cell;
    }
    return cell.with(
        new CellVariation(
            1, 0, 1, 1, 1, 1, 1, 1, lost.lithiumInventory(), lost.negative(), lost.positive(), 1));
  }

  private static CellParameters fresh(String name, BpxFile f) {
    BpxFile.Cell c = f.cell();
    return new CellParameters(
        new CellData(
            name,
            c.nominalCapacityAmpHours(),
            c.lowerCutOffVolts(),
            c.upperCutOffVolts(),
            c.electrodeAreaM2() * c.parallelPairs(),
            electrode(f, f.negative(), "Negative electrode", true),
            electrode(f, f.positive(), "Positive electrode", false),
            new Separator(
                f.separator().thicknessM(),
                f.separator().porosity(),
                f.separator().transportEfficiency()),
            electrolyte(f),
            thermal(f),
            AgeingData.of(f),
            contactResistance(f),
            c.referenceTemperatureKelvin(),
            f.state().ambientTemperatureKelvin()));
  }

  private static Electrode electrode(BpxFile f, BpxFile.Electrode e, String path, boolean anode) {
    return new Electrode(
        e.thicknessM(),
        e.porosity(),
        e.transportEfficiency(),
        e.conductivity(),
        e.surfaceAreaPerM() * e.particleRadiusM() / 3,
        e.maximumConcentration(),
        e.particleRadiusM(),
        CellCurves.positive(f, path + "/Diffusivity [m2.s-1]", e.diffusivity()),
        e.diffusivityActivation(),
        CellCurves.ofStoichiometry(f, path + "/OCP [V]", e.ocp()),
        CellCurves.ofStoichiometry(
            f, path + "/Entropic change coefficient [V.K-1]", e.entropicChange()),
        e.reactionRate(),
        e.reactionRateActivation(),
        anode ? e.minimumStoichiometry() : e.maximumStoichiometry(),
        anode ? e.maximumStoichiometry() : e.minimumStoichiometry());
  }

  private static Electrolyte electrolyte(BpxFile f) {
    BpxFile.Electrolyte e = f.electrolyte();
    String path = "Electrolyte/";
    return new Electrolyte(
        e.transferenceNumber(),
        thermodynamicFactor(f),
        CellCurves.ofConcentration(f, path + "Diffusivity [m2.s-1]", e.diffusivity()),
        e.diffusivityActivation(),
        CellCurves.ofConcentration(f, path + "Conductivity [S.m-1]", e.conductivity()),
        e.conductivityActivation(),
        f.user("Conductivity temperature exponent").orElse(0),
        f.state().electrolyteConcentration());
  }

  private static @Nullable ThermalData thermal(BpxFile f) {
    BpxFile.Cell c = f.cell();
    if (c.externalSurfaceAreaM2().isEmpty()
        || c.volumeM3().isEmpty()
        || c.densityKgPerM3().isEmpty()
        || c.specificHeatJPerKgKelvin().isEmpty()) {
      return null;
    }
    return new ThermalData(
        c.densityKgPerM3().getAsDouble()
            * c.specificHeatJPerKgKelvin().getAsDouble()
            * c.volumeM3().getAsDouble(),
        c.externalSurfaceAreaM2().getAsDouble(),
        f.state().heatTransferWPerM2Kelvin().orElse(10));
  }

  private static double thermodynamicFactor(BpxFile f) {
    double factor = f.user("Thermodynamic factor").orElse(1);
    if (!(factor > 0)) {
      throw wrong(f, "User-defined/Thermodynamic factor", "is " + factor, "a number > 0");
    }
    return factor;
  }

  private static double contactResistance(BpxFile f) {
    double ohm = f.user("Contact resistance [Ohm]").orElse(0);
    if (!(ohm >= 0)) {
      throw wrong(f, "User-defined/Contact resistance [Ohm]", "is " + ohm, "a number ≥ 0");
    }
    return ohm;
  }

  private static BpxException wrong(BpxFile f, String path, String what, String allowed) {
    return new BpxException(
        f.source() + ": /Parameterisation/" + path + " " + what + "; allowed: " + allowed);
  }
}
