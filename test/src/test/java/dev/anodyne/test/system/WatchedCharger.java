package dev.anodyne.test.system;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.hil.bench.BenchPlant;
import dev.anodyne.hil.bench.BenchServer;
import dev.anodyne.hil.bench.BenchSettings;
import dev.anodyne.hil.bench.Pacing;
import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.opcua.model.ChargerImage;
import dev.anodyne.plantsim.PlantConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A charger of this test's own: a simulated pack behind an OPC UA server that takes down when each
 * command arrived, what each measurement said and when it was made, and the true current. A server
 * process reaches it through a {@link Relay}, which knows when it connected. All times are {@link
 * System#nanoTime} of this process.
 */
final class WatchedCharger implements BenchPlant, AutoCloseable {
  static final String USER = "controller";
  static final String PASSWORD = "secret";

  /** A command that arrived. */
  record Order(long nanos, double amps) {}

  /** A measurement that was handed out. */
  record Sample(long nanos, double packVolts, double packAmps) {}

  /** What really flowed. */
  record Flow(long nanos, double packAmps) {}

  private final SimulatedPack pack;
  private final List<Order> orders = new CopyOnWriteArrayList<>();
  private final Journal<Sample> samples = new Journal<>();
  private final Journal<Flow> flows = new Journal<>();
  private final BenchServer server;
  private final Relay relay;
  private long lastValidUntil = Long.MIN_VALUE;
  private volatile double amps;

  /**
   * Starts one.
   *
   * @param pki its folder with certificates; the server process's has to be trusted there
   */
  WatchedCharger(PlantConfig plant, Path pki) throws IOException {
    pack = new SimulatedPack(plant);
    pack.addTruthListener(
        truth -> {
          amps = truth.chargeCurrentAmps();
          flows.add(new Flow(System.nanoTime(), amps));
        });
    server =
        BenchServer.start(
            BenchSettings.onLoopback(0, USER, PASSWORD, pki, Pacing.byClock(1)), this);
    relay = new Relay(URI.create(server.endpointUrl()).getPort());
  }

  /** Where a server process finds it. */
  String endpointUrl() {
    return Wire.url(relay.port());
  }

  BenchServer server() {
    return server;
  }

  Relay relay() {
    return relay;
  }

  /** What flows now, A. */
  double amps() {
    return amps;
  }

  /** Commands that arrived from then on, oldest first. */
  List<Order> ordersSince(long nanos) {
    return orders.stream().filter(order -> order.nanos() - nanos >= 0).toList();
  }

  /** Measurements from then on. */
  List<Sample> samplesSince(long nanos) {
    return samples.since(sample -> sample.nanos() - nanos >= 0);
  }

  /** True currents from then on. */
  List<Flow> flowsSince(long nanos) {
    return flows.since(flow -> flow.nanos() - nanos >= 0);
  }

  @Override
  public void step(double dtSeconds, CurrentCommand command, long nowNanos) {
    // A command that arrives is valid from its arrival on: its end is its name.
    if (command.validUntilNanos() != lastValidUntil) {
      lastValidUntil = command.validUntilNanos();
      orders.add(new Order(System.nanoTime(), command.chargeCurrentAmps()));
    }
    pack.step(dtSeconds, command, nowNanos);
  }

  @Override
  public ChargerImage image(long nowNanos) {
    ChargerImage image = pack.image(nowNanos);
    Measurement m = image.measurement();
    samples.add(new Sample(System.nanoTime(), m.voltageVolts(), m.chargeCurrentAmps()));
    return image;
  }

  @Override
  public void setBatteryLimits(BatteryLimits limits) {
    pack.setBatteryLimits(limits);
  }

  @Override
  public void setCapabilities(ChargerCapabilities capabilities) {
    pack.setCapabilities(capabilities);
  }

  @Override
  public void setFault(ChargerFault fault, boolean present) {
    pack.setFault(fault, present);
  }

  @Override
  public void setConnected(boolean connected) {
    pack.setConnected(connected);
  }

  @Override
  public void close() {
    relay.close();
    server.close();
  }
}
