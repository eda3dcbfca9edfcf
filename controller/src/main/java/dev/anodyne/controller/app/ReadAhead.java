package dev.anodyne.controller.app;

import dev.anodyne.controller.http.HttpVerticle;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.opcua.security.PkiDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What nearly every start of a station needs, whatever its file says: read on a thread of its own
 * while the file is read. Whoever needs a part before it is there waits for it, or reads it
 * himself.
 */
public final class ReadAhead {
  private static final Logger LOG = LoggerFactory.getLogger(ReadAhead.class);

  private ReadAhead() {}

  /** Begins, and returns at once. */
  public static void begin() {
    thread("read ahead: API", HttpVerticle::readAhead);
    thread("read ahead: models", Estimators::readAhead);
  }

  /** What a station needs that has an OPC UA server of its own. */
  static void forServer() {
    thread("read ahead: cryptography", PkiDirectory::readAhead);
  }

  private static void thread(String name, Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (RuntimeException | LinkageError e) {
                // Whoever needs it meets the same, and says what it means.
                LOG.debug("{} failed.", name, e);
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }
}
