package dev.anodyne.core.protocol;

import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.VoltageParts;
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

  /** Parts of the voltage; their sum is {@link #VOLTAGE}. See {@link VoltageParts}. */
  private static final List<String> PARTS =
      List.of(
          "Open-circuit voltage [V]",
          "Anode particle overpotential [V]",
          "Cathode particle overpotential [V]",
          "Anode reaction overpotential [V]",
          "Cathode reaction overpotential [V]",
          "Film overpotential [V]",
          "Electrolyte concentration overpotential [V]",
          "Electrolyte ohmic overpotential [V]",
          "Solid ohmic overpotential [V]",
          "Contact overpotential [V]");

  /** Where some of them are in every row. */
  static final int TIME_INDEX = 0;

  static final int CURRENT_INDEX = 1;
  static final int VOLTAGE_INDEX = 2;
  static final int ANODE_POTENTIAL_INDEX = 5;

  private final boolean withAgeing;
  private final boolean withParts;
  private final List<String> names;

  SimulationColumns(P2dOptions.Ageing ageing, boolean withParts) {
    withAgeing = ageing != P2dOptions.Ageing.NONE;
    this.withParts = withParts;
    List<String> all = new ArrayList<>(of(ageing));
    if (withParts) {
      all.addAll(PARTS);
    }
    names = List.copyOf(all);
  }

  /** The columns a simulation with these side reactions has. */
  public static List<String> of(P2dOptions.Ageing ageing) {
    if (ageing == P2dOptions.Ageing.NONE) {
      return ALWAYS;
    }
    List<String> all = new ArrayList<>(ALWAYS);
    all.addAll(List.of(LOSS_TO_SEI, LOSS_TO_PLATING, CAPACITY));
    return List.copyOf(all);
  }

  /** The columns that the voltage's parts are in, when they were asked for. */
  public static List<String> voltageParts() {
    return PARTS;
  }

  List<String> names() {
    return names;
  }

  int count() {
    return names.size();
  }

  boolean withAgeing() {
    return withAgeing;
  }

  Reading newReading() {
    return Reading.empty(withParts);
  }

  /** Where the capacity goes, which the model does not know. */
  int capacityIndex() {
    return ALWAYS.size() + 2;
  }

  /** Lithium lost to the side reactions, A·h, of a row with ageing. */
  double loss(double[] row) {
    return row[ALWAYS.size()] + row[ALWAYS.size() + 1];
  }

  /**
   * The model's values of a row; time and capacity are left 0.
   *
   * @param row Modified.
   */
  void fill(Reading reading, double[] row) {
    P2dOutputs o = reading.outputs();
    row[0] = 0;
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
    int at = ALWAYS.size();
    if (withAgeing) {
      row[at++] = o.lossToSeiAmpHours;
      row[at++] = o.lossToPlatingAmpHours;
      row[at++] = 0;
    }
    VoltageParts parts = reading.parts();
    if (parts != null) {
      row[at++] = parts.openCircuitVolts;
      row[at++] = parts.anodeParticleVolts;
      row[at++] = parts.cathodeParticleVolts;
      row[at++] = parts.anodeReactionVolts;
      row[at++] = parts.cathodeReactionVolts;
      row[at++] = parts.filmVolts;
      row[at++] = parts.electrolyteConcentrationVolts;
      row[at++] = parts.electrolyteOhmicVolts;
      row[at++] = parts.solidOhmicVolts;
      row[at] = parts.contactVolts;
    }
  }
}
