package dev.anodyne.test.interop;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Node with the packages of the lock file, installed once for each lock file into the build folder.
 *
 * @param node the program
 * @param folder scripts, with the packages beside them
 */
record NodePackages(Path node, Path folder) {
  private static final Path SOURCE = Path.of("interop");
  private static final Path BUILD = Path.of("target", "interop");
  private static final int OLDEST_NODE = 18;

  /** A registry that does not answer must not hold up the build. */
  private static final long INSTALL_SECONDS = 120;

  /** Why the suite cannot run here. */
  static final class Missing extends Exception {
    private static final long serialVersionUID = 1;

    Missing(String reason) {
      super(reason);
    }
  }

  /**
   * Installs what is missing and takes over the scripts as they are now.
   *
   * @throws Missing when there is no Node, or its packages cannot be had
   */
  static NodePackages prepare() throws IOException, InterruptedException, Missing {
    Path node = program("node", "nodejs").orElseThrow(() -> new Missing("Node was not found"));
    String version = output(node, "--version").strip();
    if (!version.matches("v\\d+\\..*")
        || Integer.parseInt(version.substring(1, version.indexOf('.'))) < OLDEST_NODE) {
      throw new Missing("Node " + version + " is older than " + OLDEST_NODE);
    }
    Path folder = BUILD.resolve(digest(SOURCE.resolve("package-lock.json")));
    Path installed = folder.resolve(".installed");
    if (!Files.exists(installed)) {
      Path npm = program("npm").orElseThrow(() -> new Missing("npm was not found"));
      Files.createDirectories(folder);
      for (String name : List.of("package.json", "package-lock.json")) {
        Files.copy(SOURCE.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
      install(npm, folder);
      Files.createFile(installed);
    }
    copyScripts(folder);
    return new NodePackages(node, folder);
  }

  private static void install(Path npm, Path folder)
      throws IOException, InterruptedException, Missing {
    Path log = folder.resolve("npm.log");
    ProcessBuilder builder =
        new ProcessBuilder(npm.toString(), "ci", "--ignore-scripts", "--no-audit", "--no-fund")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("npm_config_fetch_retries", "1");
    environment.put("npm_config_fetch_timeout", "20000");
    environment.put("npm_config_update_notifier", "false");
    String home = environment.getOrDefault("HOME", "");
    if (home.isBlank() || !Files.isWritable(Path.of(home))) {
      environment.put("npm_config_cache", BUILD.resolve("npm").toAbsolutePath().toString());
    }
    Process process = builder.start();
    if (!process.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new Missing("npm ci did not end within " + INSTALL_SECONDS + " s");
    }
    if (process.exitValue() != 0) {
      throw new Missing("npm ci failed: " + firstError(Files.readString(log)));
    }
  }

  /** Scripts are always the present ones; the packages stay. */
  private static void copyScripts(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(SOURCE)) {
      for (Path file : files.filter(NodePackages::isScript).toList()) {
        Path copy = folder.resolve(SOURCE.relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static boolean isScript(Path file) {
    return file.toString().endsWith(".js")
        && !file.startsWith(SOURCE.resolve("node_modules"))
        && Files.isRegularFile(file);
  }

  private static String firstError(String log) {
    return log.lines()
        .filter(line -> line.toLowerCase(java.util.Locale.ROOT).contains("err"))
        .findFirst()
        .orElse("no reason given")
        .strip();
  }

  private static Optional<Path> program(String... names) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(names)
        .flatMap(
            name ->
                Arrays.stream(path.split(File.pathSeparator))
                    .filter(folder -> !folder.isBlank())
                    .map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String output(Path program, String argument)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(program.toString(), argument).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text;
  }

  private static String digest(Path file) throws IOException {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
