package dev.anodyne.hil.scenario;

import dev.anodyne.hil.yaml.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds scenarios in files and folders. */
public final class ScenarioFiles {
  /** Folders beside scenarios that hold other files: controllers, plants, recorded courses. */
  private static final Set<String> OTHERS = Set.of("sut", "plants", "profiles", "search");

  private ScenarioFiles() {}

  /**
   * All scenarios of some files and folders, folders in the order of their names and with all that
   * is in them, but for the folders {@code sut}, {@code plants}, {@code profiles} and {@code
   * search}.
   *
   * @throws ScenarioException when a path is not there, or a folder has no scenario
   */
  public static List<Path> of(List<Path> paths) {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        List<Path> found = inside(path);
        if (found.isEmpty()) {
          throw new ScenarioException(
              path + ": there is no scenario in this folder; allowed: files *.yaml or *.csv.");
        }
        files.addAll(found);
      } else if (Files.isReadable(path)) {
        files.add(path);
      } else {
        throw new ScenarioException(
            path
                + ": there is no such file; allowed: a scenario (*.yaml, *.csv) or a folder of them."
                + "\nMaybe the path is relative to another directory than "
                + Path.of("").toAbsolutePath()
                + ".");
      }
    }
    return files;
  }

  private static List<Path> inside(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> file.toString().matches(".*\\.(yaml|yml|csv)"))
          .filter(file -> !isBeside(folder.relativize(file)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new ScenarioException(folder + ": cannot be read.", e);
    }
  }

  private static boolean isBeside(Path relative) {
    for (Path part : relative) {
      if (OTHERS.contains(part.toString())) {
        return true;
      }
    }
    return false;
  }
}
