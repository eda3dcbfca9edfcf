package dev.anodyne.controller.lab.compare;

/**
 * Who charges: a policy with an estimator.
 *
 * @param policy name or policy file
 * @param estimator name, model file, or {@code default}
 */
public record Contender(String policy, String estimator) {
  /** What tables call it. */
  String label(boolean severalEstimators) {
    return severalEstimators ? shortName(policy) + " · " + shortName(estimator) : shortName(policy);
  }

  /** A file by its name alone. */
  private static String shortName(String nameOrFile) {
    String name = nameOrFile.substring(nameOrFile.lastIndexOf('/') + 1);
    return name.replaceFirst("\\.(ya?ml|json)$", "");
  }
}
