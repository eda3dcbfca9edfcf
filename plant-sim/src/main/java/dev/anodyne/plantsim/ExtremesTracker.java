package dev.anodyne.plantsim;

import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.plantsim.pack.Pack;

/** Watches the battery after every step of the physics. */
final class ExtremesTracker {
  private double minAnodePotential;
  private double maxCellVolts;
  private double maxKelvin;
  private double maxAmps;
  private double maxVolts;
  private int anodeCell;
  private int voltsCell;
  private int hotCell;

  ExtremesTracker() {
    reset();
  }

  void reset() {
    minAnodePotential = Double.POSITIVE_INFINITY;
    maxCellVolts = Double.NEGATIVE_INFINITY;
    maxKelvin = Double.NEGATIVE_INFINITY;
    maxAmps = Double.NEGATIVE_INFINITY;
    maxVolts = Double.NEGATIVE_INFINITY;
  }

  void observe(Pack pack) {
    for (int i = 0; i < pack.cellCount(); i++) {
      P2dOutputs cell = pack.outputs(i);
      if (cell.anodePotentialVolts < minAnodePotential) {
        minAnodePotential = cell.anodePotentialVolts;
        anodeCell = i;
      }
      if (cell.voltageVolts > maxCellVolts) {
        maxCellVolts = cell.voltageVolts;
        voltsCell = i;
      }
      if (cell.temperatureKelvin > maxKelvin) {
        maxKelvin = cell.temperatureKelvin;
        hotCell = i;
      }
    }
    maxAmps = Math.max(maxAmps, pack.chargeCurrentAmps());
    maxVolts = Math.max(maxVolts, pack.voltageVolts());
  }

  PlantExtremes extremes() {
    return new PlantExtremes(
        minAnodePotential,
        maxCellVolts,
        maxKelvin,
        maxAmps,
        maxVolts,
        anodeCell,
        voltsCell,
        hotCell);
  }
}
