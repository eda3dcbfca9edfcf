package dev.anodyne.opcua.server.alarm;

/** Which limit a value has passed: the states of ExclusiveLimitStateMachineType. */
public enum LimitLevel {
  /** Far too low. */
  LOW_LOW("LowLow"),
  /** Too low. */
  LOW("Low"),
  /** Too high. */
  HIGH("High"),
  /** Far too high. */
  HIGH_HIGH("HighHigh");

  private final String stateName;

  LimitLevel(String stateName) {
    this.stateName = stateName;
  }

  /** The state's name in OPC UA. */
  public String stateName() {
    return stateName;
  }

  /** True for the two upper limits. */
  public boolean isHigh() {
    return this == HIGH || this == HIGH_HIGH;
  }

  /** True for the two outer limits. */
  public boolean isOuter() {
    return this == LOW_LOW || this == HIGH_HIGH;
  }
}
