package dev.anodyne.mpc.spec;

import dev.anodyne.mpc.MpcSettings;
import dev.anodyne.mpc.Policies;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A charging policy as data.
 *
 * @param name what people call it
 * @param version the author's own; empty for none
 * @param policy the law by name, see {@link Policies#NAMES}
 * @param objective what it is after
 * @param limits limits of its own, which tighten those of the charge
 * @param settings tuning of {@code mpc}; the horizon's period is the loop's, whatever stands here
 * @param estimator the estimator it wants by name or model file; empty leaves the choice
 * @param deadlineSeconds longest time for a decision where decisions are made by the clock, s;
 *     empty for the loop's own
 */
public record PolicySpec(
    String name,
    String version,
    String policy,
    Objective objective,
    PolicyLimits limits,
    MpcSettings settings,
    Optional<String> estimator,
    OptionalDouble deadlineSeconds) {
  /** The law that has settings, horizon and deadline. */
  public static final String MPC = "mpc";

  private static final int DIGEST_BYTES = 8;

  /**
   * Checks what can be checked without a battery.
   *
   * @throws IllegalArgumentException one line that names the value and what is allowed
   */
  public PolicySpec {
    if (name.isBlank()) {
      throw new IllegalArgumentException("A policy's name must not be empty.");
    }
    Policies.check(policy);
    if (deadlineSeconds.isPresent() && !(deadlineSeconds.getAsDouble() > 0)) {
      throw new IllegalArgumentException(
          "The deadline is " + deadlineSeconds.getAsDouble() + " s; it must be above 0.");
    }
  }

  /**
   * A law as it is, without anything of one's own.
   *
   * @throws IllegalArgumentException when there is no such law
   */
  public static PolicySpec named(String policy) {
    return new PolicySpec(
        policy,
        "",
        policy,
        new Objective.MinimumTime(),
        PolicyLimits.NONE,
        MpcSettings.DEFAULT,
        Optional.empty(),
        OptionalDouble.empty());
  }

  /** The same policy with other tuning. */
  public PolicySpec withSettings(MpcSettings other) {
    return new PolicySpec(
        name, version, policy, objective, limits, other, estimator, deadlineSeconds);
  }

  /** The same policy with another objective. */
  public PolicySpec withObjective(Objective other) {
    return new PolicySpec(
        name, version, policy, other, limits, settings, estimator, deadlineSeconds);
  }

  /** The same policy with other limits of its own. */
  public PolicySpec withLimits(PolicyLimits other) {
    return new PolicySpec(
        name, version, policy, objective, other, settings, estimator, deadlineSeconds);
  }

  /** The same policy under another name. */
  public PolicySpec withName(String newName, String newVersion) {
    return new PolicySpec(
        newName, newVersion, policy, objective, limits, settings, estimator, deadlineSeconds);
  }

  /** Whether the tuning counts. */
  public boolean isMpc() {
    return policy.equals(MPC);
  }

  /** Name, version and digest. */
  public PolicyIdentity identity() {
    return new PolicyIdentity(name, version, digest());
  }

  /**
   * Everything that decides what the policy does, one {@code key = value} a line, defaults filled
   * in: what the digest is taken of. Name and version are not part of it.
   */
  public String normalised() {
    StringBuilder text = new StringBuilder();
    line(text, "policy", policy);
    line(text, "objective", objective);
    line(text, "limits.minAnodePotentialVolts", limits.minAnodePotentialVolts());
    line(text, "limits.maxCRate", limits.maxCRate());
    line(text, "limits.maxVoltageVolts", limits.maxVoltageVolts());
    line(text, "limits.maxTemperatureKelvin", limits.maxTemperatureKelvin());
    for (TemperatureLimits.Row row : limits.byTemperature().rows()) {
      line(
          text,
          "limits.byTemperature",
          row.temperatureKelvin() + ", " + row.maxCRate() + ", " + row.maxVoltageVolts());
    }
    if (isMpc()) {
      for (Setting setting : Setting.values()) {
        line(text, setting.key(), setting.text(setting.of(settings)));
      }
      line(text, "deadlineSeconds", deadlineSeconds.orElse(Double.POSITIVE_INFINITY));
    }
    line(text, "estimator", estimator.orElse(""));
    return text.toString();
  }

  /** The first 8 bytes of the SHA-256 of {@link #normalised}, hexadecimal. */
  public String digest() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(normalised().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  private static void line(StringBuilder text, String key, Object value) {
    text.append(key).append(" = ").append(value).append('\n');
  }
}
