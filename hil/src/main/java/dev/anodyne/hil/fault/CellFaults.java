package dev.anodyne.hil.fault;

import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.plantsim.ChargingPlant;
import dev.anodyne.plantsim.pack.BatteryTerminals;
import dev.anodyne.plantsim.pack.CellMismatch;
import dev.anodyne.plantsim.pack.Pack;
import java.util.function.DoubleFunction;

/** Faults of a cell, of what cools all of them, and at the terminals. */
final class CellFaults {
  private final ChargingPlant plant;
  private final Pack pack;

  CellFaults(ChargingPlant plant) {
    this.plant = plant;
    pack = plant.pack();
  }

  ComponentFault.Component of(String kind, int cell) {
    return switch (kind) {
      case "plant.softShort", "plant.hardShort" -> shorted(cell);
      case "plant.imbalance" -> imbalance(cell);
      case "plant.resistance" ->
          varied(cell, ohms -> CellVariation.NONE.withSeriesResistance(ohms));
      case "plant.capacity" ->
          varied(cell, lost -> CellVariation.NONE.withCapacityFactor(1 - lost));
      case "plant.platingProne" -> varied(cell, lost -> slowAnode(1 - lost));
      case "plant.openCell" ->
          ComponentFault.of(
              () -> pack.setConnected(cell, false), () -> pack.setConnected(cell, true));
      default -> throw new IllegalArgumentException("Fault " + kind + " is not a cell's.");
    };
  }

  private static CellVariation slowAnode(double left) {
    return new CellVariation(1, 0, left, 1, left, 1, 1, 1, 0, 0, 0, 1);
  }

  /** The conductance of the short grows: nothing at the ramp's beginning. */
  private ComponentFault.Component shorted(int cell) {
    return new ComponentFault.Component() {
      private double before = Double.POSITIVE_INFINITY;

      @Override
      public void begin() {
        before = pack.internalShortOhms(cell);
      }

      @Override
      public void set(double level, double severity) {
        pack.setInternalShort(cell, severity * (severity / level));
      }

      @Override
      public void restore() {
        pack.setInternalShort(cell, before);
      }
    };
  }

  /** Moves the state of charge by what the ramp adds; it stays when the fault ends. */
  private ComponentFault.Component imbalance(int cell) {
    return new ComponentFault.Component() {
      private double moved;

      @Override
      public void begin() {
        moved = 0;
      }

      @Override
      public void set(double level, double severity) {
        pack.shiftSoc(cell, level - moved);
        moved = level;
      }

      @Override
      public void restore() {}
    };
  }

  /** Makes the cell differ more than it does by itself. */
  private ComponentFault.Component varied(int cell, DoubleFunction<CellVariation> by) {
    return new ComponentFault.Component() {
      private CellVariation before = CellVariation.NONE;

      @Override
      public void begin() {
        before = pack.variation(cell);
      }

      @Override
      public void set(double level, double severity) {
        pack.setVariation(cell, CellMismatch.combine(before, by.apply(level)));
      }

      @Override
      public void restore() {
        pack.setVariation(cell, before);
      }
    };
  }

  /** Faults of the battery as a whole. */
  ComponentFault.Component ofBattery(String kind) {
    return kind.equals("plant.coolingLoss") ? coolingLoss() : shortedOutside();
  }

  /** Across the terminals; its conductance grows. With the fault's end comes a new fuse. */
  private ComponentFault.Component shortedOutside() {
    BatteryTerminals terminals = pack.terminals();
    return new ComponentFault.Component() {
      @Override
      public void set(double level, double severity) {
        terminals.setShortOhms(severity * (severity / level));
      }

      @Override
      public void restore() {
        terminals.setShortOhms(Double.POSITIVE_INFINITY);
        terminals.replaceFuse();
      }
    };
  }

  /** The coolant stands still, or the fan does. */
  private ComponentFault.Component coolingLoss() {
    return new ComponentFault.Component() {
      private double before;

      @Override
      public void begin() {
        before = plant.heatTransferWattsPerM2Kelvin();
        if (Double.isNaN(before)) {
          throw new IllegalArgumentException(
              "Fault plant.coolingLoss needs cells with a heat balance; "
                  + plant.config().cell().name()
                  + " has none.");
        }
      }

      @Override
      public void set(double level, double severity) {
        plant.setHeatTransfer(before * (1 - level));
      }

      @Override
      public void restore() {
        plant.setHeatTransfer(before);
      }
    };
  }
}
