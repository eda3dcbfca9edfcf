package dev.anodyne.controller.storage;

import dev.anodyne.controller.config.StorageConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** {@link StorageContract} on SQLite. */
class SqliteStorageTest extends StorageContract {
  @TempDir private Path folder;

  @Override
  StorageConfig.Target target(String name) {
    return new StorageConfig.SqliteFile(folder.resolve(name + ".db"));
  }
}
