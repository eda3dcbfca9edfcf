package dev.anodyne.hil.bench;

import dev.anodyne.opcua.security.ChannelPolicy;
import dev.anodyne.opcua.security.PasswordHash;
import dev.anodyne.opcua.security.PkiException;
import dev.anodyne.opcua.security.UserCertificate;
import dev.anodyne.opcua.server.ChannelSecurity;
import dev.anodyne.plantsim.PlantConfig;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A bench with its simulated plant, as {@code bench.yaml} describes it.
 *
 * @param settings server and clock
 * @param plant battery and charger
 * @param threads how many threads step the cells
 */
public record BenchConfig(BenchSettings settings, PlantConfig plant, int threads) {
  private static final int MOST_THREADS = 64;

  /** The port that is registered for OPC UA. */
  private static final int DEFAULT_PORT = 4840;

  /** One thread for all cells. */
  public BenchConfig(BenchSettings settings, PlantConfig plant) {
    this(settings, plant, 1);
  }

  /**
   * Reads a configuration. A relative path of the certificate folder counts from the file's own
   * folder.
   *
   * @throws BenchConfigException with one line that names file, key, value and what is allowed
   */
  public static BenchConfig load(Path path) {
    BenchFile file = BenchFileReader.read(path);
    PlantConfig plant = PlantPart.of(path, file);
    BenchFile.PacingPart pacing = file.pacing();
    int threads = pacing == null ? 1 : or(pacing.threads(), 1);
    if (threads < 1 || threads > MOST_THREADS) {
      throw new BenchConfigException(
          path + ": pacing.threads: " + threads + " must be 1 to " + MOST_THREADS + ".");
    }
    return new BenchConfig(settings(path, file), plant, threads);
  }

  private static BenchSettings settings(Path path, BenchFile file) {
    BenchFile.ServerPart server = file.server();
    if (server == null || server.user() == null || server.password() == null) {
      throw new BenchConfigException(
          path
              + ": server.user or server.password is missing; both are needed, since nobody gets in"
              + " without.");
    }
    String user = server.user();
    String password = server.password();
    Pacing pacing = checked(path, "pacing", () -> pacing(file.pacing()));
    Path folder = path.toAbsolutePath().resolveSibling(or(server.pki(), "pki"));
    return checked(
        path,
        "server",
        () ->
            new BenchSettings(
                or(server.bind(), "127.0.0.1"),
                or(server.port(), DEFAULT_PORT),
                or(server.chargerId(), BenchSettings.DEFAULT_CHARGER_ID),
                user,
                PasswordHash.ofTextOrHash(password),
                folder,
                pacing,
                BenchModel.named(or(server.model(), BenchModel.ANODYNE.title())),
                security(path, server)));
  }

  private static BenchSecurity security(Path path, BenchFile.ServerPart server) {
    List<String> words = or(server.securityPolicies(), List.of());
    List<ChannelPolicy> policies = new ArrayList<>();
    for (String word : words) {
      policies.add(
          ChannelPolicy.of(word)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "securityPolicies: '"
                              + word
                              + "' is not known; allowed: "
                              + Arrays.stream(ChannelPolicy.values())
                                  .map(ChannelPolicy::word)
                                  .collect(Collectors.joining(", "))
                              + ".")));
    }
    ChannelSecurity channels =
        new ChannelSecurity(
            policies.isEmpty() ? ChannelPolicy.PROTECTING : policies,
            or(server.allowSignOnly(), false),
            or(server.allowNoneBeyondLoopback(), false));
    return new BenchSecurity(
        channels,
        or(server.userCertificates(), List.<String>of()).stream()
            .map(file -> certificate(path.toAbsolutePath().resolveSibling(file)))
            .toList(),
        or(server.anonymous(), false));
  }

  private static X509Certificate certificate(Path file) {
    try {
      return UserCertificate.certificate(file);
    } catch (PkiException e) {
      throw new IllegalArgumentException("userCertificates: " + e.getMessage(), e);
    }
  }

  private static Pacing pacing(BenchFile.@Nullable PacingPart part) {
    if (part == null) {
      return Pacing.byClock(1);
    }
    Pacing.Mode mode = mode(or(part.mode(), "realtime"));
    double period = or(part.controlPeriodSeconds(), 1.0);
    Pacing usual = mode == Pacing.Mode.LOCKSTEP ? Pacing.lockstep(period) : Pacing.byClock(1);
    return new Pacing(
        mode,
        or(part.speed(), 1.0),
        or(part.stepSeconds(), usual.stepSeconds()),
        period,
        or(part.realtimePriority(), 0),
        or(part.maxOverrunShare(), Pacing.DEFAULT_MAX_OVERRUN_SHARE));
  }

  private static Pacing.Mode mode(String name) {
    for (Pacing.Mode mode : Pacing.Mode.values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(name)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "mode '" + name + "' is not known; allowed: realtime, accelerated, lockstep.");
  }

  /** Puts file and key before what a part says about its values. */
  static <T> T checked(Path path, String key, Supplier<T> make) {
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      throw new BenchConfigException(path + ": " + key + ": " + e.getMessage(), e);
    }
  }

  static <T> T or(@Nullable T value, T otherwise) {
    return value == null ? otherwise : value;
  }
}
