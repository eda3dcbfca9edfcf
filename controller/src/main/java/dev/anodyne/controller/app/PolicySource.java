package dev.anodyne.controller.app;

import dev.anodyne.controller.config.ConfigException;
import dev.anodyne.controller.config.PolicyFile;
import dev.anodyne.controller.config.PolicyFileReader;
import dev.anodyne.controller.config.PolicyFileWriter;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.mpc.Policies;
import dev.anodyne.mpc.spec.PolicyIdentity;
import dev.anodyne.mpc.spec.PolicySpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session's policy by name or by file. A file is read when a charge begins and watched in
 * between; one that cannot be used leaves the policy as it is, and says so in one line. Everything
 * here may block: never call it on an event loop. Thread-safe.
 */
public final class PolicySource {
  private static final Logger LOG = LoggerFactory.getLogger(PolicySource.class);

  /** Makes a policy for a charge that begins, or goes on, at a state of charge. */
  @FunctionalInterface
  public interface Maker {
    /**
     * Makes it; may take seconds.
     *
     * @param startSoc state of charge, 0–1; NaN for the usual one
     */
    ChargingPolicy make(PolicySpec spec, double startSoc);

    /** Makes it, with what a recording keeps of it. */
    default Departing made(PolicySpec spec, double startSoc) {
      return new Departing(make(spec, startSoc), describe(spec, startSoc));
    }

    /**
     * Makes a policy that goes on towards another departure, for the charge that runs.
     *
     * @param departure when the battery is fetched; null when nobody knows any more
     * @throws IllegalArgumentException when the charge cannot be planned to it; all stays as it is
     */
    default Departing departing(PolicySpec spec, double soc, @Nullable Instant departure) {
      throw new IllegalArgumentException("This session's charges are not planned ahead.");
    }

    /** What a recording keeps of a policy that takes over: by default the text of its file. */
    default String describe(PolicySpec spec, double startSoc) {
      return PolicyFileWriter.text(spec, Map.of());
    }
  }

  /** A policy towards another departure, and what recordings keep of it. */
  public record Departing(ChargingPolicy policy, String description) {}

  /**
   * A policy that is to take over.
   *
   * @param policy ready to decide
   * @param identity which it is
   * @param description what recordings keep of it
   */
  public record Change(ChargingPolicy policy, PolicyIdentity identity, String description) {}

  private final String session;
  private final Maker maker;
  private @Nullable Path path;
  private PolicySpec spec;
  private String seen = "";

  /**
   * The policy of a session.
   *
   * @param session its name, for the log
   * @param nameOrFile the policy's name, or the path of its file
   * @throws ConfigException when the file cannot be used
   */
  public PolicySource(String session, String nameOrFile, Maker maker) {
    this.session = session;
    this.maker = maker;
    PolicyFile file = PolicyFile.of(nameOrFile, Path.of(""));
    spec = file.spec();
    path = file.path().orElse(null);
    seen = path == null ? "" : text(path).orElse("");
  }

  /** Whether the policy is a file, which may change. */
  public synchronized boolean isFile() {
    return path != null;
  }

  /** Which policy counts now. */
  public synchronized PolicyIdentity identity() {
    return spec.identity();
  }

  /**
   * The policy of a charge that begins: as its file is now, or as it was when it was last usable.
   */
  public ChargingPolicy fresh() {
    return maker.make(freshSpec(), Double.NaN);
  }

  /** What the policy of a charge that begins does: as {@link #fresh}. */
  synchronized PolicySpec freshSpec() {
    read();
    return spec;
  }

  /**
   * Looks whether the file says something new.
   *
   * @param soc where the charge stands, 0–1; NaN when nobody knows
   * @return what is to take over; empty when nothing new and usable is there
   */
  public Optional<Change> changed(double soc) {
    PolicySpec before;
    PolicySpec now;
    synchronized (this) {
      before = spec;
      if (!read()) {
        return Optional.empty();
      }
      now = spec;
    }
    try {
      Departing made = maker.made(now, soc);
      LOG.info("Session {}: policy {} replaces {}.", session, now.identity(), before.identity());
      return Optional.of(new Change(made.policy(), now.identity(), made.description()));
    } catch (IllegalArgumentException e) {
      synchronized (this) {
        spec = before;
      }
      kept(before, e);
      return Optional.empty();
    }
  }

  /**
   * Chooses another policy, for this charge and all that follow; a file is watched from now on.
   *
   * @param nameOrFile the policy's name, or the path of its file
   * @param soc where the charge stands, 0–1; NaN when nobody knows
   * @throws ConfigException when the file cannot be used; the policy then stays as it is
   * @throws IllegalArgumentException when the policy cannot be used; it then stays as it is
   */
  Change choose(String nameOrFile, double soc) {
    PolicyFile file = PolicyFile.of(nameOrFile, Path.of(""));
    PolicySpec chosen = file.spec();
    Policies.checkForBattery(chosen.policy());
    Departing made = maker.made(chosen, soc);
    PolicyIdentity before;
    synchronized (this) {
      before = spec.identity();
      spec = chosen;
      path = file.path().orElse(null);
      seen = path == null ? "" : text(path).orElse("");
    }
    LOG.info("Session {}: policy {} replaces {}.", session, chosen.identity(), before);
    return new Change(made.policy(), chosen.identity(), made.description());
  }

  /**
   * Plans the charge that runs to another departure; the policy stays.
   *
   * @param departure when the battery is fetched; null when nobody knows any more
   * @param soc where the charge stands, 0–1; NaN when nobody knows
   * @throws IllegalArgumentException when that is not possible; all stays as it is
   */
  Change depart(@Nullable Instant departure, double soc) {
    PolicySpec now;
    synchronized (this) {
      now = spec;
    }
    Departing made = maker.departing(now, soc, departure);
    LOG.info("Session {}: the departure is {}.", session, departure == null ? "open" : departure);
    return new Change(made.policy(), now.identity(), made.description());
  }

  /** Reads the file when its text is new; true when it is usable and says something else. */
  private synchronized boolean read() {
    Path file = path;
    Optional<String> text = file == null ? Optional.empty() : text(file);
    if (file == null || text.isEmpty() || text.get().equals(seen)) {
      return false;
    }
    // Remembered in any case: a complaint is worth one line, not one every second.
    seen = text.get();
    try {
      PolicySpec read = PolicyFileReader.parse(file, seen).spec();
      Policies.checkForBattery(read.policy());
      boolean isNew = !read.equals(spec);
      spec = read;
      return isNew;
    } catch (ConfigException | IllegalArgumentException e) {
      kept(spec, e);
      return false;
    }
  }

  private void kept(PolicySpec old, RuntimeException e) {
    String why = String.valueOf(e.getMessage()).replace("\n", " ");
    LOG.warn(
        "Session {}: policy {} stays; its file is not usable: {}", session, old.identity(), why);
  }

  /** A file that is gone or half written for a moment is looked at again the next time. */
  private static Optional<String> text(Path path) {
    try {
      return Optional.of(Files.readString(path));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
