package dev.anodyne.hil.fault;

import dev.anodyne.hil.fault.FaultKind.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All kinds of faults that the bench can make. */
public final class FaultCatalogue {
  private static final double ANY = 1e9;
  private static final String ON_TARGET = "target";

  private static final List<FaultKind> KINDS = all();

  private FaultCatalogue() {}

  /** All kinds, by what they sit on. */
  public static List<FaultKind> kinds() {
    return KINDS;
  }

  /**
   * The kind of this name.
   *
   * @throws IllegalArgumentException when there is none; lists those of the same group
   */
  public static FaultKind named(String name) {
    return KINDS.stream()
        .filter(kind -> kind.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private static IllegalArgumentException unknown(String name) {
    String group = name.contains(".") ? name.substring(0, name.indexOf('.') + 1) : "";
    List<String> alike =
        KINDS.stream().map(FaultKind::name).filter(kind -> kind.startsWith(group)).toList();
    List<String> allowed = alike.isEmpty() ? KINDS.stream().map(FaultKind::name).toList() : alike;
    return new IllegalArgumentException(
        "Fault '" + name + "' is not known; allowed: " + String.join(", ", allowed) + ".");
  }

  private static List<FaultKind> all() {
    List<FaultKind> kinds = new ArrayList<>();
    sensors(kinds);
    network(kinds);
    actuators(kinds);
    cells(kinds);
    return List.copyOf(kinds);
  }

  private static void sensors(List<FaultKind> kinds) {
    Target on = Target.SENSOR;
    add(kinds, on, "sensor.bias", ON_TARGET, -ANY, ANY, 0.02, "offset, with its sign");
    add(kinds, on, "sensor.gain", "1", -1, 10, 0.02, "share by which readings are too large");
    add(kinds, on, "sensor.drift", "target/s", -ANY, ANY, 1e-4, "offset that grows with time");
    onOff(kinds, on, "sensor.stuck", "stays at the reading it had");
    add(kinds, on, "sensor.noise", ON_TARGET, 0, ANY, 0.02, "more white noise, 1 σ");
    add(kinds, on, "sensor.spike", ON_TARGET, -ANY, ANY, 0.5, "offset on one reading in ten");
    add(kinds, on, "sensor.dropOut", "1", 0, 1, 1, "share of readings that are lost");
    add(kinds, on, "sensor.delay", "s", 0, 600, 2, "readings are this old");
    add(kinds, on, "sensor.quantise", ON_TARGET, 0, ANY, 0.05, "coarser resolution");
    add(
        kinds,
        on,
        "sensor.bitFlip",
        "1",
        0,
        15,
        13,
        "this bit of the 16-bit code over the sensor's range is flipped");
    add(
        kinds,
        on,
        "sensor.ntcOpen",
        "Ohm",
        0,
        1e12,
        1e9,
        "resistance in series with the thermistor: reads too cold");
    add(
        kinds,
        on,
        "sensor.ntcShort",
        "Ohm",
        1e-3,
        1e12,
        0.1,
        "resistance across the thermistor: reads too hot");
  }

  private static void network(List<FaultKind> kinds) {
    Target on = Target.TAG;
    onOff(kinds, on, "opcua.badStatus", "status Bad_SensorFailure");
    onOff(kinds, on, "opcua.uncertainStatus", "status Uncertain_SensorNotAccurate");
    onOff(kinds, on, "opcua.frozenTimestamp", "values move, their source timestamps do not");
    onOff(kinds, on, "opcua.frozenValues", "values and heartbeat stand still");
    onOff(kinds, on, "opcua.publishStall", "connections stay, nothing is answered");
    add(
        kinds,
        on,
        "opcua.sessionDrop",
        "s",
        0,
        3600,
        0,
        "cuts all connections, refuses new ones for this long");
    onOff(kinds, on, "opcua.serverDown", "the server's process is gone");
    onOff(kinds, on, "opcua.writeIgnored", "set-points are accepted and forgotten");
    add(kinds, on, "opcua.writeLate", "s", 0, 600, 2, "set-points count this much later");
  }

  private static void actuators(List<FaultKind> kinds) {
    Target on = Target.PLANT;
    onOff(kinds, on, "actuator.contactorWeld", "closed contactors stay closed");
    onOff(kinds, on, "actuator.contactorStuckOpen", "contactors open and do not close");
    onOff(kinds, on, "actuator.feedbackMismatch", "auxiliary contacts say the opposite");
    add(
        kinds,
        on,
        "actuator.prechargeFailure",
        "1",
        1,
        1e9,
        1e6,
        "factor on the pre-charge resistance, from the next closing on");
    add(
        kinds,
        on,
        "actuator.overDelivery",
        "1",
        -1,
        9,
        0.2,
        "share of current too much; below 0 too little");
    onOff(kinds, on, "actuator.ignoredStop", "goes on when told zero and when commands expire");
    add(kinds, on, "actuator.slowRamp", "1", 1, 1e4, 10, "times slower, up and down");
    onOff(kinds, on, "actuator.stuckOutput", "holds the present current");
    onOff(kinds, on, "actuator.ignoredCeiling", "regulates to its own highest voltage only");
    add(
        kinds,
        on,
        "actuator.insulationLeak",
        "Ohm",
        1,
        1e9,
        1e4,
        "between battery circuit and earth");
  }

  private static void cells(List<FaultKind> kinds) {
    Target on = Target.CELL;
    add(kinds, on, "plant.softShort", "Ohm", 1, 1e6, 500, "inside the cell; ramps its conductance");
    add(kinds, on, "plant.hardShort", "Ohm", 1e-3, 1e3, 0.1, "the same, 0.1 Ω");
    add(
        kinds,
        on,
        "plant.imbalance",
        "1",
        -0.9,
        0.9,
        0.05,
        "state of charge that the cell is ahead of the others; stays");
    add(kinds, on, "plant.resistance", "Ohm", 0, 1, 0.01, "more series resistance");
    add(kinds, on, "plant.capacity", "1", 0, 0.9, 0.2, "share of capacity that is gone");
    add(
        kinds,
        on,
        "plant.platingProne",
        "1",
        0,
        0.95,
        0.5,
        "share of the anode's exchange current and diffusivity that is gone");
    onOff(kinds, on, "plant.openCell", "its connection is open");
    add(
        kinds,
        Target.PLANT,
        "plant.externalShort",
        "Ohm",
        1e-4,
        0.1,
        0.005,
        "across the battery's terminals until its fuse melts; ends with a new fuse");
    add(
        kinds,
        Target.PLANT,
        "plant.coolingLoss",
        "1",
        0,
        1,
        1,
        "share of the heat transfer to the surroundings that is gone");
  }

  private static void onOff(List<FaultKind> kinds, Target on, String name, String meaning) {
    add(kinds, on, name, "1", 1, 1, 1, meaning);
  }

  private static void add(
      List<FaultKind> kinds,
      Target on,
      String name,
      String unit,
      double lowest,
      double highest,
      double usual,
      String meaning) {
    kinds.add(new FaultKind(name, unit, lowest, highest, usual, on, meaning));
  }

  /** The kinds as a table for people: name, unit, range, usual severity, meaning. */
  public static String describe() {
    StringBuilder text = new StringBuilder();
    for (FaultKind kind : KINDS) {
      String range =
          kind.isSwitch()
              ? "on or off"
              : String.format(Locale.ROOT, "%g to %g", kind.lowest(), kind.highest());
      text.append(
          String.format(
              Locale.ROOT,
              "%-28s %-9s %-28s %s%n",
              kind.name(),
              kind.unit(),
              range,
              kind.meaning()));
    }
    return text.toString();
  }
}
