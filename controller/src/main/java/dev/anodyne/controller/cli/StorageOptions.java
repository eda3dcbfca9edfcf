package dev.anodyne.controller.cli;

import dev.anodyne.controller.config.ConfigException;
import dev.anodyne.controller.config.StationConfigReader;
import dev.anodyne.controller.config.StorageConfig;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.storage.StorageException;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Which station's database. */
final class StorageOptions {
  @Option(
      names = "--config",
      paramLabel = "station.yaml",
      required = true,
      description = "The station.")
  private Path config = Path.of("station.yaml");

  /** Does something with the configured database; what is in the way becomes one line. */
  <T> T with(Function<StorageConfig, T> work) {
    Checks.readable("--config", config);
    try {
      StorageConfig storage = StationConfigReader.read(config).storage();
      if (storage == null) {
        throw new InputException(
            config
                + ": storage is 'off', so there is no database; allowed: a station that has one.");
      }
      return work.apply(storage);
    } catch (ConfigException | StorageException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }
}
