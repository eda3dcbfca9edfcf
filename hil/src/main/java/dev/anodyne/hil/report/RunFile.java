package dev.anodyne.hil.report;

import dev.anodyne.hil.yaml.ScenarioException;
import dev.anodyne.hil.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a recorded run can be repeated from; stands beside its recording as {@code ID.run.json}.
 *
 * @param scenario path of the scenario's file
 * @param digest SHA-256 of that file when it ran
 * @param sut as given with {@code --sut}
 * @param seed of the run
 * @param pace {@code lockstep}, {@code accelerated} or {@code realtime}
 * @param verdict it had
 * @param version of the bench
 * @param recording name of the recording beside it
 */
public record RunFile(
    String scenario,
    String digest,
    String sut,
    long seed,
    String pace,
    String verdict,
    String version,
    String recording) {
  /** What its names end with. */
  public static final String ENDING = ".run.json";

  private static final List<String> KEYS =
      List.of("scenario", "digest", "sut", "seed", "pace", "verdict", "version", "recording");

  /** As keys and values, for JSON. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("scenario", scenario);
    json.put("digest", digest);
    json.put("sut", sut);
    json.put("seed", seed);
    json.put("pace", pace);
    json.put("verdict", verdict);
    json.put("version", version);
    json.put("recording", recording);
    return json;
  }

  /**
   * Reads one; JSON is YAML.
   *
   * @throws ScenarioException when it is none
   */
  public static RunFile read(Path file) {
    YamlNode root = YamlNode.read(file).only(KEYS);
    String allowed = "what 'hil run --report' wrote";
    return new RunFile(
        root.need("scenario", allowed).text(),
        root.need("digest", allowed).text(),
        root.need("sut", allowed).text(),
        root.need("seed", allowed).whole(0, Integer.MAX_VALUE),
        root.need("pace", allowed).text(),
        root.need("verdict", allowed).text(),
        root.need("version", allowed).text(),
        root.need("recording", allowed).text());
  }

  /** SHA-256 of a file. */
  public static String digest(Path file) throws IOException {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(sum);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has SHA-256
    }
  }
}
