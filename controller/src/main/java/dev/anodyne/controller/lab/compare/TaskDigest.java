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
 * Names a piece of a computation by everything that decides about its result: what is charged, the
 * contents of every file that it names, the software and the machine's arithmetic. Not thread-safe.
 */
public final class TaskDigest {
  private static final int KEY_BYTES = 12;

  private final String software;
  private final Map<String, String> contents = new HashMap<>();

  /** With the running software. */
  public TaskDigest() {
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
    all.put("pricesContent", content(scenario.prices()));
    all.put("policy", contender.policy());
    all.put("policyContent", content(contender.policy()));
    all.put("estimator", contender.estimator());
    all.put("estimatorContent", content(contender.estimator()));
    return new CompareTask(scenario, contender, key(all));
  }

  /** A key that differs when anything of this, or the software, differs. */
  public String key(Map<String, @Nullable Object> everything) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(everything);
    all.put("software", software);
    return hex(Json.compact(all).getBytes(StandardCharsets.UTF_8));
  }

  /** Digest of a file's content; empty for a name. */
  public String content(String nameOrFile) {
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
