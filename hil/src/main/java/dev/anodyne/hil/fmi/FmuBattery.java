package dev.anodyne.hil.fmi;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.hil.bench.BenchPlant;
import dev.anodyne.opcua.model.ChargerImage;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.charger.ChargerElectronics;
import java.util.EnumSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A battery that is a unit of somebody else's behind the bench's own charger electronics: ramps,
 * expiry, delay, limits and the voltage ceiling are the charger's, everything behind the terminals
 * is the unit's. Its readings go out as they come: noise is the unit's affair.
 */
public final class FmuBattery implements BenchPlant, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FmuBattery.class);

  /** A change smaller than this says nothing about the resistance, A. */
  private static final double TELLING_AMPS = 0.05;

  private final Fmu fmu;
  private final FmuMapping mapping;
  private final ChargerElectronics charger;
  private final int cellsInSeries;
  private final double ambientKelvin;
  private final int[] input;
  private final int[] outputs;
  private final double[] current = new double[1];
  private final double[] values;
  private final EnumSet<ChargerFault> faults = EnumSet.noneOf(ChargerFault.class);
  private BatteryLimits limits;
  private boolean connected = true;
  private boolean failed;
  private double amps;
  private double ohms;

  /**
   * Starts the unit.
   *
   * @param config charger, limits and layout; its cells are not used
   * @throws FmiException when a mapped variable is not there
   */
  public FmuBattery(Fmu fmu, FmuMapping mapping, PlantConfig config) {
    this.fmu = fmu;
    this.mapping = mapping;
    charger = new ChargerElectronics(config.charger());
    limits = config.batteryLimits();
    cellsInSeries = config.layout().series();
    ambientKelvin = config.environment().ambient().kelvinAt(0);
    input = new int[] {fmu.input(mapping.currentInput())};
    outputs =
        new int[] {
          fmu.output(mapping.voltage()),
          fmu.output(or(mapping.minCellVoltage(), mapping.voltage())),
          fmu.output(or(mapping.maxCellVoltage(), mapping.voltage())),
          fmu.output(or(mapping.temperature(), mapping.voltage()))
        };
    values = new double[outputs.length];
    mapping.parameters().forEach(fmu::parameter);
    fmu.set(input, current);
    fmu.start();
    fmu.get(outputs, values);
    // Rather too much, so that the first rise stops early; the unit's answers correct it.
    ohms = 0.2 * values[0] / Math.max(1e-3, config.charger().capabilities().maxCurrentAmps());
  }

  private static String or(String name, String otherwise) {
    return name.isEmpty() ? otherwise : name;
  }

  @Override
  public void step(double dtSeconds, CurrentCommand command, long nowNanos) {
    if (failed) {
      return;
    }
    charger.advanceTo(fmu.timeSeconds());
    boolean mayDeliver = connected && faults.isEmpty();
    double wanted = charger.prepare(command, nowNanos, dtSeconds, values[0], ohms, mayDeliver);
    double drawn = connected ? underCeiling(wanted) : 0;
    double before = values[0];
    try {
      current[0] = mapping.currentSign() * drawn;
      fmu.set(input, current);
      fmu.step(dtSeconds);
      fmu.get(outputs, values);
    } catch (FmiException e) {
      failed = true;
      faults.add(ChargerFault.VENDOR_ERROR);
      charger.cutOff();
      LOG.error("The plant stands still: {}", e.getMessage());
      return;
    }
    learnResistance(drawn - amps, values[0] - before);
    amps = drawn;
    charger.settle(drawn, values[0], dtSeconds);
  }

  /** The regulator works on the last step's voltage and on how it rose with the current. */
  private double underCeiling(double wanted) {
    double room = (charger.ceilingVolts() - values[0]) / ohms;
    return wanted <= 0 ? wanted : Math.max(0, Math.min(wanted, amps + room));
  }

  private void learnResistance(double changeAmps, double changeVolts) {
    if (Math.abs(changeAmps) > TELLING_AMPS && changeVolts / changeAmps > 0) {
      ohms = Math.max(0.5 * ohms, changeVolts / changeAmps);
    }
  }

  @Override
  public ChargerImage image(long nowNanos) {
    double volts = values[0];
    double perCell = volts / cellsInSeries;
    double low = mapping.minCellVoltage().isEmpty() ? perCell : values[1];
    double high = mapping.maxCellVoltage().isEmpty() ? perCell : values[2];
    double kelvin =
        mapping.temperature().isEmpty() ? ambientKelvin : values[3] + mapping.temperatureOffset();
    Quality quality = failed ? Quality.BAD : Quality.GOOD;
    return new ChargerImage(
        new Measurement(nowNanos, amps, volts, kelvin, low, high, kelvin, kelvin, quality),
        charger.capabilities(),
        limits,
        connected,
        Set.copyOf(faults));
  }

  /** What stopped the unit, if it did. */
  public boolean hasFailed() {
    return failed;
  }

  @Override
  public void setBatteryLimits(BatteryLimits newLimits) {
    limits = newLimits;
  }

  @Override
  public void setCapabilities(ChargerCapabilities capabilities) {
    charger.setCapabilities(capabilities);
  }

  @Override
  public void setFault(ChargerFault fault, boolean present) {
    if (present) {
      faults.add(fault);
    } else {
      faults.remove(fault);
    }
  }

  @Override
  public void setConnected(boolean isConnected) {
    connected = isConnected;
    if (!isConnected) {
      charger.cutOff();
    }
  }

  @Override
  public void close() {
    fmu.close();
  }
}
