package dev.anodyne.core.p2d;

/**
 * What a cell has come to the end of when its equations have no solution beyond, or none that means
 * anything. Told by {@link P2dWorkspace#limit()} after a step that ended with {@link
 * SolveStatus#CELL_LIMIT}.
 */
public enum CellLimit {
  /** Nothing is at its end. */
  NONE("nothing is at its end"),
  /** The anode's particles are empty at the surface: no lithium is left to leave them. */
  ANODE_EMPTY("the anode's surface is empty"),
  /** The anode's particles are full at the surface, and nothing plates. */
  ANODE_FULL("the anode's surface is full"),
  /** The cathode's particles are empty at the surface. */
  CATHODE_EMPTY("the cathode's surface is empty"),
  /** The cathode's particles are full at the surface. */
  CATHODE_FULL("the cathode's surface is full"),
  /** The electrolyte in the anode has run out of salt (charging). */
  SALT_IN_ANODE("the electrolyte is depleted in the anode"),
  /** The electrolyte in the cathode has run out of salt (discharging). */
  SALT_IN_CATHODE("the electrolyte is depleted in the cathode"),
  /** SEI and plated lithium fill the anode's pores. */
  PORES_FILLED("the anode's pores are filled by side reactions"),
  /** No current up to 40C gives the power, voltage or anode potential that is held. */
  UNREACHABLE("no current that the cell carries gives what is held"),
  /**
   * The terminal voltage is beyond ±10 V while no phase is at its end: the load is far above what
   * the cell conducts.
   */
  VOLTAGE("the voltage is beyond 10 V in size"),
  /** The temperature has left 150–500 K. */
  TEMPERATURE("the temperature is outside 150–500 K");

  private final String words;

  CellLimit(String words) {
    this.words = words;
  }

  /** The limit in words that end a sentence. */
  public String describe() {
    return words;
  }
}
