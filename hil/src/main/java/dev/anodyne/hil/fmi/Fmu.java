package dev.anodyne.hil.fmi;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A unit for co-simulation, unpacked and loaded. Not thread-safe: one thread at a time. The unit
 * runs in this process; what crashes in it ends this process.
 */
public final class Fmu implements AutoCloseable {
  private static final long MOST_BYTES = 2L << 30;
  private static final List<String> INPUTS = List.of("input", "parameter");
  private static final List<String> SET = List.of("parameter", "input", "local");
  private static final List<String> READ =
      List.of("output", "local", "parameter", "calculatedParameter", "input");

  private final Path folder;
  private final ModelDescription description;
  private final CoSimulation unit;
  private double time;

  private Fmu(Path folder, ModelDescription description, CoSimulation unit) {
    this.folder = folder;
    this.description = description;
    this.unit = unit;
  }

  /**
   * Unpacks and instantiates a unit; it is in its initialisation mode until {@link #start}.
   *
   * @throws FmiException when it is not for FMI 2 or 3 co-simulation on this machine
   */
  public static Fmu load(Path file) {
    Path folder = unpacked(file);
    try {
      ModelDescription description = ModelDescription.read(folder.resolve("modelDescription.xml"));
      Path library = library(folder, description);
      NativeLibrary code = NativeLibrary.getInstance(library.toString());
      CoSimulation unit =
          description.version() == 2
              ? new Fmi2(code, description, folder)
              : new Fmi3(code, description, folder);
      return new Fmu(folder, description, unit);
    } catch (UnsatisfiedLinkError e) {
      delete(folder);
      throw new FmiException(file + ": its library cannot be loaded: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      delete(folder);
      throw e;
    }
  }

  private static Path library(Path folder, ModelDescription description) {
    boolean is64 = Platform.is64Bit() && Platform.isIntel();
    String platform = description.version() == 2 ? "linux64" : "x86_64-linux";
    Path library =
        folder.resolve("binaries").resolve(platform).resolve(description.modelIdentifier() + ".so");
    if (!Platform.isLinux() || !is64 || !Files.isRegularFile(library)) {
      throw new FmiException(
          description.modelName()
              + ": has no binaries/"
              + platform
              + "/"
              + description.modelIdentifier()
              + ".so; allowed: units built for Linux on x86-64.\n"
              + "Maybe it was exported for another platform, or as source only.");
    }
    return library;
  }

  private static Path unpacked(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Path folder = Files.createTempDirectory("anodyne-fmu-");
      long left = MOST_BYTES;
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        Path to = folder.resolve(entry.getName()).normalize();
        left -= Math.max(0, entry.getSize());
        if (!to.startsWith(folder) || left < 0) {
          delete(folder);
          throw new FmiException(file + ": entry '" + entry.getName() + "' is not possible.");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(to);
        } else {
          Files.createDirectories(to.getParent());
          try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, to);
          }
        }
      }
      return folder;
    } catch (IOException e) {
      throw new FmiException(file + ": is no unit that can be read: " + e.getMessage(), e);
    }
  }

  /** For people. */
  public String modelName() {
    return description.modelName();
  }

  /** 2 or 3. */
  public int fmiVersion() {
    return description.version();
  }

  /**
   * A parameter's or an input's place.
   *
   * @throws FmiException that lists what there is
   */
  public int input(String name) {
    return description.variable(name, INPUTS).reference();
  }

  /**
   * A variable's place, for reading.
   *
   * @throws FmiException that lists what there is
   */
  public int output(String name) {
    return description.variable(name, READ).reference();
  }

  /** A variable's unit as declared; empty for none. */
  public String unit(String name) {
    return description.variable(name, READ).unit();
  }

  /** Sets a parameter or a start value by its name; before {@link #start}. */
  public void parameter(String name, double value) {
    unit.set(new int[] {description.variable(name, SET).reference()}, new double[] {value});
  }

  /** Ends the initialisation: time begins at 0. */
  public void start() {
    unit.start();
  }

  /** Sets inputs. */
  public void set(int[] references, double[] values) {
    unit.set(references, values);
  }

  /** Reads variables. */
  public void get(int[] references, double[] values) {
    unit.get(references, values);
  }

  /**
   * Moves on.
   *
   * @param dtSeconds communication step, s
   * @throws FmiException when the unit refuses the step or fails
   */
  public void step(double dtSeconds) {
    unit.step(time, dtSeconds);
    time += dtSeconds;
  }

  /** Time of the unit, s. */
  public double timeSeconds() {
    return time;
  }

  /** Whether {@link #save} works. */
  public boolean canSaveState() {
    return description.canSaveState();
  }

  /** Saves its state, in place of one that was saved before. */
  public void save() {
    unit.save(time);
  }

  /** Goes back to what {@link #save} saved. */
  public void restore() {
    time = unit.restore();
  }

  /** Ends the unit and deletes what was unpacked. */
  @Override
  public void close() {
    unit.close();
    delete(folder);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
