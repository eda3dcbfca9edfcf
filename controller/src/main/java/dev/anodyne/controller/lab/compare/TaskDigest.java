package dev.anodyne.controller.lab.compare;

import dev.anodyne.controller.lab.BuildInfo;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names a charge by everything that decides about its result: the scenario, the contents of every
 * file that it names, the software and the machine's arithmetic. Not thread-safe.
 */
final class TaskDigest {
  private static final int KEY_BYTES = 12;

  private final String software;
  private final Map<String, String> contents = new HashMap<>();

  TaskDigest() {
    this(
        BuildInfo.version()
            + " "
            + CodeDigest.ofThisSoftware()
            + " "
            + System.getProperty("java.version")
            + " "
            + System.getProperty("os.arch"));
  }

  /** With a software of one's own, for tests. */
  TaskDigest(String software) {
    this.software = software;
  }

  CompareTask task(Scenario scenario, Contender contender) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(scenario.key());
    all.put("cellContent", content(scenario.cell()));
    all.put("policy", contender.policy());
    all.put("policyContent", content(contender.policy()));
    all.put("estimator", contender.estimator());
    all.put("estimatorContent", content(contender.estimator()));
    all.put("software", software);
    byte[] text = Json.compact(all).getBytes(StandardCharsets.UTF_8);
    return new CompareTask(scenario, contender, hex(text));
  }

  /** Digest of a file's content; empty for a name. */
  private String content(String nameOrFile) {
    return contents.computeIfAbsent(
        nameOrFile,
        name -> {
          try {
            Path path = Path.of(name);
            return Files.isRegularFile(path) ? hex(Files.readAllBytes(path)) : "";
          } catch (java.nio.file.InvalidPathException e) {
            return "";
          } catch (IOException e) {
            throw new InputException(name + ": cannot be read.", e);
          }
        });
  }

  /** The first bytes of the SHA-256 digest, in hexadecimal. */
  static String hex(byte[] bytes) {
    byte[] digest = sha256().digest(bytes);
    return HexFormat.of().formatHex(digest, 0, KEY_BYTES);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }
}
