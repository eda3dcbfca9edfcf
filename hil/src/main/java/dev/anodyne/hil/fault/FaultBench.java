package dev.anodyne.hil.fault;

import dev.anodyne.core.signal.Sensor;
import dev.anodyne.plantsim.ChargingPlant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes faults of a plant's components and steps those that were made. For the plant's thread only.
 */
public final class FaultBench {
  private static final Pattern CELL_SENSOR =
      Pattern.compile("sensor\\.cell\\[(\\d+|\\*)]\\.(voltage|temperature)");
  private static final Pattern CELL = Pattern.compile("pack\\.cell\\[(\\d+)]");

  private final ChargingPlant plant;
  private final @Nullable Wire wire;
  private final ActuatorFaults actuators;
  private final CellFaults cells;
  private final List<Fault> made = new ArrayList<>();

  /**
   * Faults of a plant.
   *
   * @param wire its OPC UA link; null for a plant in process, which then has no such faults
   */
  public FaultBench(ChargingPlant plant, @Nullable Wire wire) {
    this.plant = plant;
    this.wire = wire;
    actuators = new ActuatorFaults(plant);
    cells = new CellFaults(plant);
  }

  /**
   * Makes a fault; it is not active yet.
   *
   * @param kind name of a {@link FaultKind}
   * @param target what it sits on; see {@link FaultKind.Target}
   * @param seed fixes whatever is random about it
   * @throws IllegalArgumentException in one line that names what is allowed
   */
  public Fault make(String kind, String target, long seed) {
    FaultKind known = FaultCatalogue.named(kind);
    Fault fault =
        switch (known.target()) {
          case SENSOR -> sensorFault(known, target, seed);
          case CELL -> new ComponentFault(known, target, cells.of(kind, cell(kind, target)));
          case PLANT -> new ComponentFault(known, "", ofPlant(kind, target));
          case TAG -> new ComponentFault(known, target, WireFaults.of(kind, target, wire(kind)));
        };
    made.add(fault);
    return fault;
  }

  /** Moves all ramps on; the plant's owner calls it before each step. */
  public void step(long nowNanos) {
    for (Fault fault : made) {
      fault.step(nowNanos);
    }
  }

  /** Ends all faults. */
  public void stopAll() {
    made.forEach(Fault::stop);
  }

  private ComponentFault.Component ofPlant(String kind, String target) {
    if (!target.isEmpty() && !target.equals("pack") && !target.equals("charger")) {
      throw new IllegalArgumentException(
          "Fault "
              + kind
              + " on '"
              + target
              + "': it is of the whole plant; leave the target out.");
    }
    return kind.startsWith("plant.") ? cells.ofBattery(kind) : actuators.of(kind);
  }

  private Wire wire(String kind) {
    Wire known = wire;
    if (known == null) {
      throw new IllegalArgumentException(
          "Fault " + kind + " needs a controller over OPC UA; this run is in process.");
    }
    return known;
  }

  private int cell(String kind, String target) {
    Matcher matcher = CELL.matcher(target);
    int count = plant.pack().cellCount();
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) >= count) {
      throw new IllegalArgumentException(
          "Fault "
              + kind
              + " on '"
              + target
              + "' is not possible; allowed: pack.cell[0] to pack.cell["
              + (count - 1)
              + "].");
    }
    return Integer.parseInt(matcher.group(1));
  }

  private Fault sensorFault(FaultKind kind, String target, long seed) {
    List<Sensor> sensors = new ArrayList<>();
    double[] range = find(kind.name(), target, sensors);
    SplittableRandom seeds = new SplittableRandom(seed);
    List<SensorDistortion> distortions = new ArrayList<>();
    for (int i = 0; i < sensors.size(); i++) {
      distortions.add(SensorDistortion.of(kind.name(), range[0], range[1], seeds.nextLong()));
    }
    return new SensorFault(kind, target, sensors, distortions);
  }

  /** The sensors of a target, and the range of their codes. */
  private double[] find(String kind, String target, List<Sensor> found) {
    boolean thermal = kind.startsWith("sensor.ntc");
    double volts = plant.config().charger().capabilities().maxVoltageVolts();
    double amps = plant.config().charger().capabilities().maxCurrentAmps();
    if (target.equals("sensor.current") && !thermal) {
      found.add(plant.sensors().current());
      return new double[] {-2 * amps, 2 * amps};
    }
    if (target.equals("sensor.voltage") && !thermal) {
      found.add(plant.sensors().voltage());
      return new double[] {0, 2 * volts};
    }
    Matcher matcher = CELL_SENSOR.matcher(target);
    int count = plant.pack().cellCount();
    if (matcher.matches() && (!thermal || matcher.group(2).equals("temperature"))) {
      boolean isVoltage = matcher.group(2).equals("voltage");
      for (int i = 0; i < count; i++) {
        if (matcher.group(1).equals("*") || Integer.parseInt(matcher.group(1)) == i) {
          found.add(
              isVoltage ? plant.sensors().cellVoltage(i) : plant.sensors().cellTemperature(i));
        }
      }
    }
    if (found.isEmpty()) {
      throw noSensor(kind, target, thermal, count);
    }
    return matcher.group(2).equals("voltage") ? new double[] {0, 5} : new double[] {233.15, 423.15};
  }

  private static IllegalArgumentException noSensor(
      String kind, String target, boolean thermal, int count) {
    return new IllegalArgumentException(
        "Fault "
            + kind
            + " on '"
            + target
            + "' is not possible; allowed: "
            + (thermal ? "" : "sensor.current, sensor.voltage, sensor.cell[i].voltage, ")
            + "sensor.cell[i].temperature with i from 0 to "
            + (count - 1)
            + " or * for all.");
  }
}
