package dev.anodyne.controller.lab.tuning;

import dev.anodyne.controller.config.PolicyFile;
import dev.anodyne.controller.config.PolicyFile.Range;
import dev.anodyne.controller.lab.compare.Scenario;
import dev.anodyne.mpc.spec.PolicySpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A search.
 *
 * @param spec the policy as it is
 * @param ranges what may be varied, by key
 * @param scenarioFile where the scenarios come from, as it was given
 * @param training the scenarios to search with
 * @param validation other seeds of the same scenarios, to judge by
 * @param evaluations most candidates that are tried
 * @param seed of the search
 */
public record TuneRequest(
    PolicySpec spec,
    Map<String, Range> ranges,
    String scenarioFile,
    List<Scenario> training,
    List<Scenario> validation,
    int evaluations,
    long seed) {
  private static final int DIGEST_BYTES = 8;

  public TuneRequest {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
  }

  /**
   * The search of a policy's file; what it does not list under {@code tune:} is varied as usual.
   *
   * @param policy as read
   */
  public static TuneRequest of(
      PolicyFile policy,
      String scenarioFile,
      List<Scenario> training,
      List<Scenario> validation,
      int evaluations,
      long seed) {
    Map<String, Range> ranges =
        policy.tune().isEmpty() ? SearchSpace.usual(policy.spec()) : policy.tune();
    return new TuneRequest(
        policy.spec(), ranges, scenarioFile, training, validation, evaluations, seed);
  }

  /** Of the scenarios, seeds and weights included, in their order. */
  public static String digest(List<Scenario> scenarios) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      scenarios.forEach(s -> sha.update(s.toString().getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(sha.digest(), 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
