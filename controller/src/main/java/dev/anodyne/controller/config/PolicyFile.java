package dev.anodyne.controller.config;

import dev.anodyne.mpc.Policies;
import dev.anodyne.mpc.spec.PolicyIdentity;
import dev.anodyne.mpc.spec.PolicySpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A policy as somebody chose it: by name or by file.
 *
 * @param spec what it does
 * @param path the file it came from; empty for a policy by name
 * @param tune what a search may vary, by key, each from its lowest to its highest value; in the
 *     order of the file
 */
public record PolicyFile(PolicySpec spec, Optional<Path> path, Map<String, Range> tune) {
  private static final Pattern FILE = Pattern.compile(".*[/\\\\].*|.*\\.ya?ml", Pattern.DOTALL);

  /**
   * What a search may choose from.
   *
   * @param low lowest value
   * @param high highest value, above {@code low}
   */
  public record Range(double low, double high) {}

  /**
   * The policy of a name or a file.
   *
   * @param nameOrFile a name of {@link Policies#NAMES}, or the path of a YAML file
   * @param folder relative paths count from here
   * @throws ConfigException when the file cannot be used: file, line, key, value, what is allowed
   * @throws IllegalArgumentException when it is neither a file nor a known name
   */
  public static PolicyFile of(String nameOrFile, Path folder) {
    Path path = folder.resolve(nameOrFile);
    boolean isFile = FILE.matcher(nameOrFile).matches();
    if (isFile || (!isName(nameOrFile) && Files.isRegularFile(path))) {
      return PolicyFileReader.read(path);
    }
    try {
      return new PolicyFile(PolicySpec.named(nameOrFile), Optional.empty(), Map.of());
    } catch (IllegalArgumentException e) {
      String[] lines = String.valueOf(e.getMessage()).split("\n", 2);
      String hint = lines.length > 1 ? "\n" + lines[1] : "";
      String first = lines[0].replaceFirst("\\.\\s*$", "");
      throw new IllegalArgumentException(first + "; or a policy file (.yaml)." + hint, e);
    }
  }

  /** Name, version and digest, for results. */
  public PolicyIdentity identity() {
    return spec.identity();
  }

  private static boolean isName(String name) {
    try {
      Policies.check(name);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
