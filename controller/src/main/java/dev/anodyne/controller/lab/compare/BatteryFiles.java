package dev.anodyne.controller.lab.compare;

import dev.anodyne.estimators.identification.BatteryFile;
import dev.anodyne.estimators.identification.BatteryRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What earlier charges told about the batteries of a comparison, one file a charge. */
final class BatteryFiles {
  private static final String FOLDER = "batteries";

  private BatteryFiles() {}

  static Path file(Path folder, String key) {
    return folder.resolve(FOLDER).resolve(key + ".json");
  }

  static void write(BatteryRecord battery, Path folder, String key) {
    Path file = file(folder, key);
    try {
      Files.createDirectories(folder.resolve(FOLDER));
      BatteryFile.write(battery, file);
      // Nobody shares these files: hundreds of locks beside them would only be in the way.
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".lock"));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written.", e);
    }
  }
}
