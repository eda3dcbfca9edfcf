package dev.anodyne.hil.sut;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A controller that runs as a process of its own, with its files in a folder of its own. What it
 * prints goes to {@code sut.log} there.
 */
public final class SutProcess implements AutoCloseable {
  private static final int LOG_LINES = 5;

  private final SutFile sut;
  private final Path folder;
  private final @Nullable Process process;

  private SutProcess(SutFile sut, Path folder, @Nullable Process process) {
    this.sut = sut;
    this.folder = folder;
    this.process = process;
  }

  /**
   * Fills in the files and starts the command; without one somebody else starts the controller.
   *
   * @param folder of the run
   * @param values what stands for {@code ${name}} in templates, command and environment
   * @throws IllegalArgumentException when a template or the command cannot be used
   */
  public static SutProcess start(SutFile sut, Path folder, Map<String, String> values) {
    try {
      for (Map.Entry<String, Path> file : sut.files().entrySet()) {
        Path target = folder.resolve(file.getKey());
        Files.createDirectories(target.toAbsolutePath().getParent());
        Files.writeString(target, filled(Files.readString(file.getValue()), values));
      }
      if (sut.command().isEmpty()) {
        return new SutProcess(sut, folder, null);
      }
      List<String> command = new ArrayList<>();
      sut.command().forEach(word -> command.add(filled(word, values)));
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      sut.environment()
          .forEach((name, value) -> builder.environment().put(name, filled(value, values)));
      Path log = folder.resolve("sut.log");
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      return new SutProcess(sut, folder, builder.start());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The controller '" + sut.name() + "' cannot be started: " + e.getMessage() + ".", e);
    }
  }

  private static String filled(String template, Map<String, String> values) {
    String text = template;
    for (Map.Entry<String, String> value : values.entrySet()) {
      text = text.replace("${" + value.getKey() + "}", value.getValue());
    }
    int open = text.indexOf("${");
    if (open >= 0) {
      int close = Math.max(open, text.indexOf('}', open));
      throw new IllegalArgumentException(
          "'"
              + text.substring(open, close + 1)
              + "' stands for nothing; allowed: "
              + String.join(", ", values.keySet().stream().sorted().toList())
              + ".");
    }
    return text;
  }

  /** Whether the process has ended by itself. */
  public boolean hasEnded() {
    return process != null && !process.isAlive();
  }

  /** What it printed last, for a person. */
  public String lastWords() {
    Path log = folder.resolve("sut.log");
    if (!Files.isReadable(log)) {
      return "";
    }
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks it to end, and ends it when it does not. */
  @Override
  public void close() {
    if (process == null) {
      return;
    }
    process.destroy();
    try {
      if (!process.waitFor(Math.round(sut.stopSeconds() * 1000), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
