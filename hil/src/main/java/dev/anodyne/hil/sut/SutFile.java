package dev.anodyne.hil.sut;

import dev.anodyne.hil.yaml.YamlNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a SUT file says: which controller is on the bench, and how it is started, waited for and
 * stopped.
 *
 * @param name how results and the scenarios' stated verdicts call it
 * @param inProcess the name of a controller that the bench runs in its own process; empty for one
 *     that connects over OPC UA
 * @param options words for a controller in process, such as policy and estimator
 * @param command what starts a process; empty when somebody else starts it. {@code {endpoint}},
 *     {@code {user}}, {@code {password}}, {@code {folder}} and {@code {bench.certificate}} are
 *     filled in
 * @param files templates that are filled in the same way and written into the run's folder before
 *     the start: name there to template
 * @param environment variables of the process
 * @param trust where the bench's certificate is put before the start; relative to the run's folder,
 *     empty for nowhere
 * @param certificate where the controller's own certificate is or will be, to be trusted; relative
 *     to the run's folder
 * @param readySeconds how long it may take to log in, s of the wall clock
 * @param stopSeconds how long it may take to end when asked to, s of the wall clock
 */
public record SutFile(
    String name,
    String inProcess,
    Map<String, String> options,
    List<String> command,
    Map<String, Path> files,
    Map<String, String> environment,
    String trust,
    String certificate,
    double readySeconds,
    double stopSeconds) {
  private static final List<String> KEYS =
      List.of(
          "sut",
          "inProcess",
          "options",
          "command",
          "files",
          "environment",
          "trust",
          "certificate",
          "ready",
          "stop");

  public SutFile {
    options = Map.copyOf(options);
    command = List.copyOf(command);
    files = Map.copyOf(files);
    environment = Map.copyOf(environment);
  }

  /** A controller in the bench's own process. */
  public static SutFile inProcess(String name) {
    return new SutFile(name, name, Map.of(), List.of(), Map.of(), Map.of(), "", "", 60, 10);
  }

  /**
   * Reads a file.
   *
   * @throws dev.anodyne.hil.yaml.ScenarioException naming file, line, key and what is allowed
   */
  public static SutFile read(Path file) {
    YamlNode root = YamlNode.read(file).only(KEYS);
    boolean inProcess = root.get("inProcess") != null;
    if (inProcess && root.get("command") != null) {
      throw root.wrong("'inProcess' and 'command' exclude each other; allowed: one of them.");
    }
    Map<String, Path> files = new LinkedHashMap<>();
    YamlNode templates = root.get("files");
    if (templates != null) {
      templates.entries().forEach((name, template) -> files.put(name, template.path()));
    }
    return new SutFile(
        root.need("sut", "a short name").text(),
        root.or("inProcess", YamlNode::text, ""),
        words(root, "options"),
        root.list("command").stream().map(YamlNode::text).toList(),
        files,
        words(root, "environment"),
        root.or("trust", YamlNode::text, ""),
        root.or("certificate", YamlNode::text, ""),
        root.or("ready", n -> n.seconds(0), 60.0),
        root.or("stop", n -> n.seconds(0), 10.0));
  }

  private static Map<String, String> words(YamlNode root, String key) {
    Map<String, String> words = new LinkedHashMap<>();
    YamlNode node = root.get(key);
    if (node != null) {
      node.entries().forEach((name, value) -> words.put(name, value.text()));
    }
    return words;
  }
}
