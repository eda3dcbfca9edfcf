package dev.anodyne.controller.lab;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files that are complete or absent: beside their place first, then renamed. */
public final class OutputFiles {
  private OutputFiles() {}

  /** What fills a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything; the writer is closed by the caller. */
    void writeTo(Writer writer) throws IOException;
  }

  /**
   * A directory for results, made with its parents when it is not there.
   *
   * @param option the option it came from, for the message
   * @throws InputException when it is a file or cannot be made
   */
  public static Path directory(String option, Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (FileAlreadyExistsException e) {
      throw new InputException(
          option
              + ": '"
              + directory
              + "' is a file; allowed: a directory (it is created when it is not there).",
          e);
    } catch (IOException e) {
      throw new InputException(
          option
              + ": directory '"
              + directory
              + "' cannot be created ("
              + e.getClass().getSimpleName()
              + ").\nMaybe its parent is not writable.",
          e);
    }
  }

  /**
   * Checks early, before minutes of computing, that a file can be written; makes its directory.
   *
   * @throws InputException when it is a directory or its directory cannot be made
   */
  public static Path file(String option, Path file) {
    if (Files.isDirectory(file)) {
      throw new InputException(option + ": '" + file + "' is a directory; allowed: a file.");
    }
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      directory(option, parent);
      if (!Files.isWritable(parent)) {
        throw new InputException(option + ": directory '" + parent + "' is not writable.");
      }
    }
    return file;
  }

  /**
   * Writes a text file in UTF-8, complete or not at all. Replaces an existing one. When the process
   * is asked to end meanwhile, nothing is left beside the target either.
   */
  public static void write(Path file, Content content) throws IOException {
    replace(
        file,
        temporary -> {
          try (Writer writer = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
            content.writeTo(writer);
          }
        });
  }

  /** Writes a file of bytes, complete or not at all. Replaces an existing one. */
  public static void write(Path file, byte[] bytes) throws IOException {
    replace(file, temporary -> Files.write(temporary, bytes));
  }

  /** Fills the file that is then renamed. */
  @FunctionalInterface
  private interface Filling {
    void fill(Path temporary) throws IOException;
  }

  private static void replace(Path file, Filling filling) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path parent = absolute.getParent();
    if (parent == null) {
      throw new IOException("No directory to write " + file + " to.");
    }
    Files.createDirectories(parent);
    Path temporary = Files.createTempFile(parent, "." + absolute.getFileName(), ".part");
    Thread atExit = new Thread(() -> deleteQuietly(temporary), "delete " + temporary);
    remember(atExit);
    try {
      filling.fill(temporary);
      makeReadable(temporary);
      move(temporary, absolute);
    } finally {
      Files.deleteIfExists(temporary);
      forget(atExit);
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The process is ending; a hidden temporary file is all that can be left.
    }
  }

  /** A process that is ending still writes what it has; its hooks are closed to newcomers. */
  private static void remember(Thread atExit) {
    try {
      Runtime.getRuntime().addShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The file is deleted below all the same, unless the process is killed meanwhile.
    }
  }

  private static void forget(Thread atExit) {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process is ending: the hook is at work.
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Temporary files are private to their owner; results are not. */
  private static void makeReadable(Path file) {
    var ignored = file.toFile().setReadable(true, false);
  }
}
