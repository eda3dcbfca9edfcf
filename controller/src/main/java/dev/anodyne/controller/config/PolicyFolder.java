package dev.anodyne.controller.config;

import dev.anodyne.mpc.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of policies that were made over the API: each file in it is offered under its own
 * name. Every call but {@link #nameError} and {@link #holds} reads files: never call it on an event
 * loop.
 */
public final class PolicyFolder {
  /** A mistake in a script shall not fill a disk. */
  public static final int MOST = 200;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,60}");
  private static final String ENDING = ".yaml";

  private final Path folder;

  /** That one; it is made with its first policy. */
  public PolicyFolder(Path folder) {
    this.folder = folder;
  }

  /** Names, and the file that each stands for; those of other names or endings are left alone. */
  public Map<String, String> list() throws IOException {
    Map<String, String> found = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return found;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(Files::isRegularFile)
          .map(Path::getFileName)
          .map(Path::toString)
          .filter(file -> file.endsWith(ENDING))
          .map(file -> file.substring(0, file.length() - ENDING.length()))
          .filter(name -> nameError(name) == null)
          .forEach(name -> found.put(name, file(name).toString()));
    }
    return found;
  }

  /** Why a policy cannot have this name, or null when it can. */
  public static @Nullable String nameError(String name) {
    if (!NAME.matcher(name).matches()) {
      return "The policy's name is '"
          + name
          + "'; allowed for a new one: 1 to 60 letters, digits, '_' and '-'.";
    }
    return Policies.NAMES.stream().anyMatch(own -> own.equals(name) || own.startsWith(name + ":"))
        ? "The policy's name is '" + name + "', which is a policy of the software; take another."
        : null;
  }

  /** Whether a policy's source is a file in here. */
  public boolean holds(String source) {
    return Path.of(source).startsWith(folder);
  }

  /** The file of a name. */
  public Path file(String name) {
    return folder.resolve(name + ENDING);
  }

  /** Makes the folder unless it is there. */
  public void make() throws IOException {
    Files.createDirectories(folder);
  }
}
