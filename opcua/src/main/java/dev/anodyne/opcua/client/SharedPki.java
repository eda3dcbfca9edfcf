package dev.anodyne.opcua.client;

import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PkiDirectory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The certificate folders of all chargers of this process. Chargers that use the same folder share
 * one watch on it: operating systems have few of these, and each takes a thread.
 */
final class SharedPki {
  private static final Map<Key, Shared> OPEN = new HashMap<>();

  private SharedPki() {}

  private record Key(Path folder, ApplicationIdentity identity) {
    static Key of(OpcUaChargerConfig config) {
      return new Key(config.pkiDirectory().toAbsolutePath().normalize(), config.identity());
    }
  }

  /** A folder and how many use it. */
  private record Shared(PkiDirectory pki, int users) {}

  /**
   * The folder that a charger uses; {@link #release} it once.
   *
   * @throws dev.anodyne.opcua.security.PkiException when it cannot be used
   */
  static PkiDirectory acquire(OpcUaChargerConfig config) {
    synchronized (OPEN) {
      Key key = Key.of(config);
      Shared shared = OPEN.get(key);
      PkiDirectory pki =
          shared == null
              ? PkiDirectory.open(config.pkiDirectory(), config.identity())
              : shared.pki();
      OPEN.put(key, new Shared(pki, shared == null ? 1 : shared.users() + 1));
      return pki;
    }
  }

  /** A charger has ended; the last one closes the folder. */
  static void release(OpcUaChargerConfig config) {
    synchronized (OPEN) {
      Key key = Key.of(config);
      Shared shared = OPEN.remove(key);
      if (shared == null) {
        return;
      }
      if (shared.users() > 1) {
        OPEN.put(key, new Shared(shared.pki(), shared.users() - 1));
      } else {
        shared.pki().close();
      }
    }
  }
}
