package dev.anodyne.controller.session;

/** Addresses on the event bus. All messages are {@code JsonObject}s. */
public final class Addresses {
  /**
   * What a bench in a demo knows to be true: {@code {"session": id, "timeSeconds": …,
   * "anodePotentialVolts": …, "soc": …}} on the session's time axis. Drawn beside the estimate; no
   * loop listens.
   */
  public static final String BENCH_TRUTH = "anodyne.bench.truth";

  /**
   * The comparison at the end of a demo: {@code {"status": "…", "rows": [{"name", "minutes",
   * "reached_soc", "min_anode_potential_V", "plating_exposure_Vs", "max_temperature_C",
   * "highlight"}]}}. May be published several times while rows are added.
   */
  public static final String DEMO_RESULT = "anodyne.demo.result";

  private Addresses() {}

  /** Every record of a session, as JSON. */
  public static String session(String id) {
    return "anodyne.session." + id;
  }

  /**
   * Requests to a session: {@code {"action": "stop", "reason": "…"}}, or {@code {"action":
   * "start"}} for a new charge once it is over; replies with its state, and to a stop with {@code
   * "wasOver"}: nothing was left to stop.
   */
  public static String control(String id) {
    return "anodyne.session." + id + ".control";
  }
}
