package dev.anodyne.test.system;

import dev.anodyne.controller.cli.Main;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The {@code anodyne} command as a process of its own, on this test's class path. */
final class JavaProcess implements AutoCloseable {
  /** Folders of modules, and jars. */
  private static final Pattern OF_THE_BENCH =
      Pattern.compile(
          "(plant-sim|hil)[/\\\\]target|anodyne-(plant-sim|hil)-|nd4j|deeplearning4j|javacpp|openblas");

  private final Process process;
  private final Path out;
  private final Path err;

  private JavaProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts the command.
   *
   * @param folder takes what it prints
   */
  static JavaProcess start(Path folder, String... args) throws IOException {
    return start(productClassPath(), folder, args);
  }

  /**
   * Starts the command of the server's distribution: without simulated batteries, bench and
   * Deeplearning4j.
   *
   * @param folder takes what it prints
   */
  static JavaProcess startServer(Path folder, String... args) throws IOException {
    String classPath =
        Stream.of(productClassPath().split(File.pathSeparator))
            .filter(entry -> !OF_THE_BENCH.matcher(entry).find())
            .collect(Collectors.joining(File.pathSeparator));
    return start(classPath, folder, args);
  }

  private static JavaProcess start(String classPath, Path folder, String... args)
      throws IOException {
    Path flags = Files.createTempFile(folder, "java", ".args");
    Files.writeString(flags, "-cp \"" + classPath.replace("\\", "\\\\") + "\"");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx1g"));
    command.add("@" + flags);
    command.add(Main.class.getName());
    command.addAll(List.of(args));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    // What a Java launcher says about these goes to standard error and is none of the command's.
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    return new JavaProcess(builder.start(), out, err);
  }

  /** Without the tests' own resources: the product logs as it does for its users. */
  private static String productClassPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(all.split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** Waits for the end; a shared machine may take its time. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("The command did not end within 120 s.");
    }
    return process.exitValue();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Asks it to end, as a service manager does. */
  void terminate() {
    process.destroy();
  }

  /** Whether it ends by itself in time. */
  boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** As if the power had failed: no hook runs. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
