package dev.anodyne.controller.session.recording;

import dev.anodyne.mpc.lp.OrTools;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/** What the bits of a recording may depend on beside its parts. */
public final class Machine {
  private static final String BUILD = "/dev/anodyne/controller/lab/build.properties";

  private Machine() {}

  /** Version of this software, Java, processor, system and solver, by name. */
  public static Map<String, String> here() {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put("anodyne", version());
    machine.put("java", System.getProperty("java.runtime.version", ""));
    machine.put("processor", System.getProperty("os.arch", ""));
    machine.put("system", System.getProperty("os.name", ""));
    machine.put("solver", "OR-Tools " + OrTools.version() + " (GLOP)");
    return machine;
  }

  /** Version of this software. */
  public static String version() {
    Properties properties = new Properties();
    try (InputStream in = Machine.class.getResourceAsStream(BUILD)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }
}
