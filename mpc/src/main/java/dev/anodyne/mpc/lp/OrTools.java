package dev.anodyne.mpc.lp;

import com.google.ortools.Loader;

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

  private static final class Holder {
    static {
      Loader.loadNativeLibraries();
    }

    private Holder() {}

    /** Runs the class initialiser. */
    static void touch() {}
  }
}
