package dev.anodyne.core.protocol;

import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import java.util.ArrayList;
import java.util.List;

/** Names of a simulation's columns, and their values from the model's outputs. */
public final class SimulationColumns {
  public static final String TIME = "Time [s]";
  public static final String CURRENT = "Current [A]";
  public static final String VOLTAGE = "Voltage [V]";
  public static final String TEMPERATURE = "Temperature [K]";
  public static final String SOC = "State of charge";
  public static final String ANODE_POTENTIAL = "Anode potential [V]";
  public static final String ANODE_SURFACE_AT_SEPARATOR =
      "Anode surface stoichiometry at separator";
  public static final String ANODE_SURFACE = "Anode surface stoichiometry";
  public static final String CATHODE_SURFACE = "Cathode surface stoichiometry";
  public static final String ANODE_STOICHIOMETRY = "Anode stoichiometry";
  public static final String CATHODE_STOICHIOMETRY = "Cathode stoichiometry";
  public static final String ELECTROLYTE_AT_ANODE =
      "Electrolyte concentration at anode collector [mol.m-3]";
  public static final String ELECTROLYTE_AT_CATHODE =
      "Electrolyte concentration at cathode collector [mol.m-3]";
  public static final String LOSS_TO_SEI = "Loss of capacity to SEI [A.h]";
  public static final String LOSS_TO_PLATING = "Loss of capacity to plating [A.h]";
  public static final String CAPACITY = "Capacity [A.h]";

  private static final List<String> ALWAYS =
      List.of(
          TIME,
          CURRENT,
          VOLTAGE,
          TEMPERATURE,
          SOC,
          ANODE_POTENTIAL,
          ANODE_SURFACE_AT_SEPARATOR,
          ANODE_SURFACE,
          CATHODE_SURFACE,
          ANODE_STOICHIOMETRY,
          CATHODE_STOICHIOMETRY,
          ELECTROLYTE_AT_ANODE,
          ELECTROLYTE_AT_CATHODE);

  private SimulationColumns() {}

  /** The columns a simulation with these side reactions has. */
  public static List<String> of(P2dOptions.Ageing ageing) {
    if (ageing == P2dOptions.Ageing.NONE) {
      return ALWAYS;
    }
    List<String> all = new ArrayList<>(ALWAYS);
    all.addAll(List.of(LOSS_TO_SEI, LOSS_TO_PLATING, CAPACITY));
    return List.copyOf(all);
  }

  /** One row; the capacity is used only with ageing. */
  static double[] row(
      double timeSeconds, P2dOutputs o, boolean withAgeing, double capacityAmpHours) {
    double[] row = new double[withAgeing ? ALWAYS.size() + 3 : ALWAYS.size()];
    row[0] = timeSeconds;
    row[1] = o.chargeCurrentAmps;
    row[2] = o.voltageVolts;
    row[3] = o.temperatureKelvin;
    row[4] = o.soc;
    row[5] = o.anodePotentialVolts;
    row[6] = o.anodeSurfaceStoichiometryAtSeparator;
    row[7] = o.anodeSurfaceStoichiometry;
    row[8] = o.cathodeSurfaceStoichiometry;
    row[9] = o.anodeStoichiometry;
    row[10] = o.cathodeStoichiometry;
    row[11] = o.electrolyteAtAnodeCollectorMolPerM3;
    row[12] = o.electrolyteAtCathodeCollectorMolPerM3;
    if (withAgeing) {
      row[13] = o.lossToSeiAmpHours;
      row[14] = o.lossToPlatingAmpHours;
      row[15] = capacityAmpHours;
    }
    return row;
  }
}
