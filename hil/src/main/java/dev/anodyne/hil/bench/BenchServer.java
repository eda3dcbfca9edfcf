package dev.anodyne.hil.bench;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.hil.fault.Wire;
import dev.anodyne.hil.vendor.CentiampNamespace;
import dev.anodyne.opcua.model.ChargerImage;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.ValueRange;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.opcua.security.UserDirectory;
import dev.anodyne.opcua.server.SecureServer;
import dev.anodyne.opcua.server.SecureServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.jspecify.annotations.Nullable;

/**
 * A plant that any controller can charge over OPC UA. The plant runs from {@link #start} to {@link
 * #close}; its server can be stopped and started again meanwhile, as the server of a real charger
 * would be, and everything that can go wrong on the wire can be made to.
 */
public final class BenchServer implements AutoCloseable {
  /** The bench's application URI, which its certificate carries. */
  public static final String APPLICATION_URI = "urn:anodyne:bench";

  private static final String NAME = "Anodyne bench";
  private static final String EVERYWHERE = "0.0.0.0";

  private final BenchSettings settings;
  private final BenchPlant plant;
  private final PkiDirectory pki;
  private final UserDirectory users;
  private final int port;
  private final SetpointInbox inbox = new SetpointInbox();
  private final BenchWire wire = new BenchWire(this, inbox);
  private final PlantLoop loop;
  private final Map<ChargerTag, ValueRange> namePlate;
  private final List<LongConsumer> publishListeners = new CopyOnWriteArrayList<>();
  private long heartbeat;
  private volatile boolean frozen;
  private @Nullable Published newest;
  private @Nullable Face face;
  private @Nullable SecureServer server;

  /** The values of one instant as they go out. */
  private record Published(
      Map<ChargerTag, Object> values, Map<ChargerTag, StatusCode> statuses, DateTime time) {}

  /** The nodes that show them. */
  private interface Face {
    void show(Map<ChargerTag, Object> values, Map<ChargerTag, StatusCode> statuses, DateTime time);
  }

  private BenchServer(BenchSettings settings, BenchPlant plant) {
    this.settings = settings;
    this.plant = plant;
    this.pki = PkiDirectory.open(settings.pkiDirectory(), identity(settings));
    this.users = settings.security().users(settings.userName(), settings.password());
    this.port = settings.port() == 0 ? freePort(settings.bindAddress()) : settings.port();
    this.namePlate = namePlate(plant.image(0).capabilities());
    this.loop = new PlantLoop(plant, settings.pacing(), inbox, this::publish);
  }

  /**
   * Starts server and plant.
   *
   * @param settings where to listen and how time runs
   * @param plant what to charge
   * @throws dev.anodyne.opcua.server.PortInUseException when the port is taken
   * @throws dev.anodyne.opcua.security.PkiException when the certificate folder cannot be used
   */
  public static BenchServer start(BenchSettings settings, BenchPlant plant) {
    BenchServer bench = new BenchServer(settings, plant);
    try {
      bench.startServer();
    } catch (RuntimeException e) {
      bench.pki.close();
      throw e;
    }
    bench.loop.start();
    return bench;
  }

  /** What clients connect to. */
  public String endpointUrl() {
    return config().endpointUrl();
  }

  /** The bench's certificate and the clients it trusts. */
  public PkiDirectory pki() {
    return pki;
  }

  /** Is called with the plant's time, ns, after every step, on the plant's thread. */
  public void addStepListener(LongConsumer listener) {
    loop.addStepListener(listener);
  }

  /** Is called with the plant's time, ns, after its values were published, on its thread. */
  public void addPublishListener(LongConsumer listener) {
    publishListeners.add(listener);
  }

  /** How well the clock was kept. */
  public PacingStatistics statistics() {
    return loop.statistics();
  }

  /** Number of clients that are logged in. */
  public synchronized int sessionCount() {
    return server == null ? 0 : server.sessionCount();
  }

  /** Lets all values and the heartbeat stand still while the server goes on answering. */
  public void freezeValues() {
    frozen = true;
  }

  /** Lets the values move again, beginning with the newest. */
  public synchronized void unfreezeValues() {
    frozen = false;
    show();
  }

  /** Cuts all connections and lets nobody in for this long. */
  public synchronized void dropConnections(Duration refuseFor) {
    if (server != null) {
      server.dropConnections(refuseFor);
    }
  }

  /** Stops the server as if its process had died; the plant goes on. Harmless when stopped. */
  public synchronized void stopServer() {
    face = null;
    if (server != null) {
      server.close();
      server = null;
    }
  }

  /** Starts the server again on the same port with the same certificate. */
  public synchronized void startServer() {
    if (server != null) {
      return;
    }
    SecureServer made = new SecureServer(config());
    Face nodes = nodes(made);
    made.start();
    server = made;
    face = nodes;
    show();
  }

  /** The nodes of the model, and what shows values on them. */
  private Face nodes(SecureServer made) {
    return switch (settings.model()) {
      case ANODYNE ->
          made.addTags(
                  settings.chargerId(), EnumSet.allOf(ChargerTag.class), namePlate, inbox::write)
              ::publish;
      case CENTIAMP -> {
        CentiampNamespace nodes =
            made.add(opcUa -> new CentiampNamespace(opcUa, watchdog(), namePlate, inbox::write));
        yield (values, statuses, time) -> nodes.publish(values, statuses);
      }
    };
  }

  /** Everything that can go wrong on the link, for faults of it. */
  public Wire wire() {
    return wire;
  }

  /** Keeps connections without answering anything, or goes on answering. */
  synchronized void stallConnections(boolean stalled) {
    if (server != null) {
      server.stallConnections(stalled);
    }
  }

  /** Changes what the battery asks for. */
  public void setBatteryLimits(BatteryLimits limits) {
    loop.disturb(() -> plant.setBatteryLimits(limits));
  }

  /** Changes what the charger can do; the write ranges stay those of its name plate. */
  public void setCapabilities(ChargerCapabilities capabilities) {
    loop.disturb(() -> plant.setCapabilities(capabilities));
  }

  public void raiseFault(ChargerFault fault) {
    loop.disturb(() -> plant.setFault(fault, true));
  }

  public void clearFault(ChargerFault fault) {
    loop.disturb(() -> plant.setFault(fault, false));
  }

  /** Pulls the plug. */
  public void unplug() {
    loop.disturb(() -> plant.setConnected(false));
  }

  /** Plugs the battery in. */
  public void plug() {
    loop.disturb(() -> plant.setConnected(true));
  }

  /** Does anything else to the plant, on its thread, between two steps. */
  public void disturb(Runnable disturbance) {
    loop.disturb(disturbance);
  }

  /** Stops plant and server. */
  @Override
  public void close() {
    loop.stop();
    wire.close();
    stopServer();
    pki.close();
  }

  private SecureServerConfig config() {
    List<String> hosts = pki.identity().hostNames();
    boolean everywhere = settings.bindAddress().equals(EVERYWHERE);
    return new SecureServerConfig(
            NAME,
            settings.bindAddress(),
            port,
            everywhere ? hosts.get(hosts.size() - 1) : settings.bindAddress(),
            pki,
            users)
        .with(settings.security().channels());
  }

  private void publish(PlantLoop.Instant now) {
    ChargerImage image = plant.image(now.simTimeNanos());
    Map<ChargerTag, Object> tags = image.toTags();
    heartbeat = heartbeat + 1 & UInteger.MAX_VALUE;
    tags.put(ChargerTag.HEARTBEAT, UInteger.valueOf(heartbeat));
    tags.put(ChargerTag.CLOCK_TICK, now.tick());
    tags.put(ChargerTag.CLOCK_SIM_TIME, now.simTimeNanos());
    synchronized (this) {
      Quality quality = image.measurement().quality();
      newest = new Published(tags, wire.statuses(quality), wire.sourceTime());
      show();
    }
    publishListeners.forEach(listener -> listener.accept(now.simTimeNanos()));
  }

  /** Puts the newest values into the address space, unless they are to stand still. */
  private void show() {
    if (!frozen && face != null && newest != null) {
      face.show(newest.values(), newest.statuses(), newest.time());
    }
  }

  private static Map<ChargerTag, ValueRange> namePlate(ChargerCapabilities capabilities) {
    return Map.of(
        ChargerTag.SETPOINT_CURRENT,
        new ValueRange(0, capabilities.maxCurrentAmps()),
        ChargerTag.SETPOINT_VOLTAGE_CEILING,
        new ValueRange(0, capabilities.maxVoltageVolts()));
  }

  /** A charger's electronics keep their own time, however fast the plant's runs. */
  private Duration watchdog() {
    double speed = settings.pacing().isByClock() ? settings.pacing().speed() : 1;
    return Duration.ofMillis(Math.round(CentiampNamespace.WATCHDOG.toMillis() * speed));
  }

  private static ApplicationIdentity identity(BenchSettings settings) {
    ApplicationIdentity identity = ApplicationIdentity.onThisHost(NAME, APPLICATION_URI);
    return settings.bindAddress().equals(EVERYWHERE)
        ? identity
        : identity.reachableAt(settings.bindAddress());
  }

  private static int freePort(String bindAddress) {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(bindAddress))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No free port on " + bindAddress + ".", e);
    }
  }
}
