package dev.anodyne.controller.app;

import dev.anodyne.controller.http.HttpSettings;
import dev.anodyne.controller.session.About;
import dev.anodyne.controller.session.Addresses;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.core.charging.PackLayout;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Shows the dashboard with a made-up charge, for looking at it. Arguments: port, pause at second
 * (the charge then goes on at one second a second), {@code down} to lose the charger there.
 */
final class DashboardPreview {
  private DashboardPreview() {}

  public static void main(String[] args) throws InterruptedException {
    int port = Integer.parseInt(args[0]);
    double pauseAt = Double.parseDouble(args[1]);
    boolean down = args.length > 2 && args[2].equals("down");
    SessionSettings settings =
        new SessionSettings(
            "C1", new PackLayout(4, 1), 0.8, 4.2, 318.15, 15, 0, 298.15, 1_000_000_000L);
    AnodyneServer[] server = new AnodyneServer[1];
    PreviewPlant plant =
        new PreviewPlant(
            pauseAt,
            p -> {
              if (server[0] != null && p.seconds() >= 0) {
                server[0]
                    .eventBus()
                    .publish(
                        Addresses.BENCH_TRUTH,
                        new JsonObject()
                            .put("timeSeconds", p.seconds())
                            .put("anodePotentialVolts", p.trueAnode())
                            .put("soc", p.soc()));
              }
              if (down && p.seconds() >= pauseAt) {
                p.setDown(true);
              }
            });
    SessionSetup setup =
        new SessionSetup(
            settings,
            clock -> plant,
            () -> (m, c) -> plant.estimate(m),
            () -> plant::ride,
            new dev.anodyne.controller.safety.Guard(settings.guardSettings()),
            new SessionSetup.Pace.Lockstep(),
            new About("Connector 1", "lgm50", "mpc", "augmented"));
    server[0] = AnodyneServer.start(HttpSettings.loopback(port), List.of(setup));
    System.out.println(server[0].url());
    if (args.length > 2 && args[2].equals("result")) {
      Thread.sleep(1000);
      server[0].eventBus().publish(Addresses.DEMO_RESULT, result());
    }
    Thread.sleep(Long.MAX_VALUE);
  }

  private static JsonObject result() {
    return new JsonObject()
        .put("status", "10 → 80 % at 25 °C; all policies on the same pack and seed.")
        .put(
            "rows",
            new JsonArray()
                .add(row("Anodyne (MPC)", 33.4, 0.0011, 0, 36.1).put("highlight", true))
                .add(row("CC-CV, 1C", 45.3, -0.0096, 8.2, 29.2))
                .add(row("CC-CV, fastest without plating (0.75C)", 58.2, 0.0001, 0, 27.1))
                .add(row("CC-CV, 3C", 23.1, -0.068, 61.0, 45.0)));
  }

  private static JsonObject row(String name, double min, double volts, double exp, double peak) {
    return new JsonObject()
        .put("name", name)
        .put("minutes", min)
        .put("reached_soc", 0.8)
        .put("min_anode_potential_V", volts)
        .put("plating_exposure_Vs", exp)
        .put("max_temperature_C", peak);
  }
}
