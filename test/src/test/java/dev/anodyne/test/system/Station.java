package dev.anodyne.test.system;

import dev.anodyne.controller.app.AnodyneServer;
import dev.anodyne.controller.app.SessionSetup;
import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.http.HttpSettings;
import dev.anodyne.controller.safety.GuardSettings;
import dev.anodyne.controller.session.Addresses;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.pack.CellSpread;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A controller with its dashboard and one session, and everything that the session published. */
final class Station implements AutoCloseable {
  static final String ID = "bay-1";
  static final PackLayout LAYOUT = new PackLayout(4, 1);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final AnodyneServer server;
  private final List<Heard> records = new CopyOnWriteArrayList<>();

  /**
   * A published record.
   *
   * @param wallNanos when it was heard
   */
  record Heard(long wallNanos, JsonObject json) {
    String state() {
      return json.getJsonObject("state").getString("name");
    }

    double commandAmps() {
      return json.getDouble("commandAmps");
    }

    long sequence() {
      return json.getLong("sequence");
    }

    /** True for a whole cycle, false for the guard's look in between. */
    boolean isCycle() {
      return json.getBoolean("point");
    }

    String source() {
      return json.getJsonObject("decision").getString("source");
    }
  }

  private Station(AnodyneServer server) {
    this.server = server;
    server
        .eventBus()
        .<JsonObject>consumer(
            Addresses.session(ID),
            message -> records.add(new Heard(System.nanoTime(), message.body().copy())));
  }

  static Station start(SessionSetup setup) {
    return new Station(AnodyneServer.start(HttpSettings.loopback(0), List.of(setup)));
  }

  /** The reference pack: four LG M50 in series with production spread, 25 °C, 40 W/m²K. */
  static PlantConfig plant() {
    return PlantConfig.of(cell(), LAYOUT).withSpread(CellSpread.PRODUCTION);
  }

  private static CellParameters cell() {
    return CellParameters.load("lgm50").withHeatTransfer(40);
  }

  /** The reference charge: 3C, 4.2 V, 45 °C, no plating, 1 s. */
  static ConnectorConfig connector(OpcUaChargerConfig charger) {
    CellParameters cell = cell();
    return new ConnectorConfig(
        ID,
        "Bay 1",
        charger,
        cell,
        LAYOUT,
        "mpc",
        "augmented",
        0.1,
        0.8,
        4.2,
        318.15,
        3 * cell.nominalCapacityAmpHours(),
        0.0,
        298.15,
        1.0,
        new ConnectorConfig.GuardConfig(
            GuardSettings.DEFAULT_STALENESS_NANOS * 1e-9,
            GuardSettings.DEFAULT_FROZEN_NANOS * 1e-9,
            Double.POSITIVE_INFINITY));
  }

  /** Everything heard so far; grows. */
  List<Heard> records() {
    return records;
  }

  /** The session as the REST API shows it. */
  JsonObject shown() {
    URI uri = URI.create(server.url() + "/api/v1/sessions/" + ID);
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
    try {
      return new JsonObject(HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
