package dev.anodyne.mpc.lp;

import com.google.ortools.Loader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * Loads OR-Tools' native library once a process.
 *
 * <p>OR-Tools' own loader takes the library from {@code java.library.path} when it is there (about
 * 20 ms) and otherwise unpacks 69 MB into the temporary folder at every start (0.5–1.5 s). A
 * distribution therefore unzips the natives once and points {@code -Djava.library.path} at them.
 */
public final class OrTools {
  private OrTools() {}

  /** Makes the library usable; does nothing when it already is. */
  public static void load() {
    Holder.touch();
  }

  /** OR-Tools' version, e.g. {@code 9.15.6755}, without loading it. */
  public static String version() {
    Properties properties = new Properties();
    try (InputStream in =
        OrTools.class.getResourceAsStream(
            "/META-INF/maven/com.google.ortools/ortools-java/pom.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      // A version that cannot be read is unknown: nothing is decided by it.
    }
    return properties.getProperty("version", "unknown");
  }

  private static final class Holder {
    static {
      Loader.loadNativeLibraries();
    }

    private Holder() {}

    /** Runs the class initialiser. */
    static void touch() {}
  }
}
