package dev.anodyne.hil.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Whose charger the bench looks like from the network; the plant behind it is the same. */
public enum BenchModel {
  /** The project's own address space. */
  ANODYNE,
  /**
   * {@link dev.anodyne.hil.vendor.CentiampNamespace}: numbered nodes, whole numbers, a watchdog.
   */
  CENTIAMP;

  /** How the models are called in files and on the command line. */
  public static List<String> names() {
    return Arrays.stream(values()).map(BenchModel::title).toList();
  }

  /** How this one is called. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The model of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static BenchModel named(String name) {
    return Arrays.stream(values())
        .filter(model -> model.title().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "model '"
                        + name
                        + "' is not known; allowed: "
                        + String.join(", ", names())
                        + "."));
  }
}
