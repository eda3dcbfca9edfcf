package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.InputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Checks of option values. Each refusal names the option, the value and what is allowed. */
final class Checks {
  private Checks() {}

  /** A number within limits, both included. */
  static double within(String option, double value, double low, double high, String unit) {
    if (!(value >= low && value <= high)) {
      throw new InputException(
          option
              + ": "
              + text(value)
              + " is not allowed; allowed: "
              + range(low, high, unit)
              + ".");
    }
    return value;
  }

  /** A state of charge, 0–1. */
  static double soc(String option, double value) {
    if (!(value >= 0 && value <= 1)) {
      String hint =
          value > 1 && value <= 100
              ? "\nMaybe you meant " + text(value / 100) + " (" + text(value) + " %)."
              : "";
      throw new InputException(
          option + ": " + text(value) + " is not a state of charge; allowed: 0 to 1." + hint);
    }
    return value;
  }

  /** A charge window. */
  static void window(double from, double to) {
    soc("--from", from);
    soc("--to", to);
    if (!(from < to)) {
      throw new InputException(
          "--to: "
              + text(to)
              + " is not above --from "
              + text(from)
              + "; allowed: above --from, at most 1."
              + (from > to ? "\nMaybe --from and --to are swapped." : ""));
    }
  }

  /** An existing file that can be read. */
  static Path readable(String option, Path file) {
    if (!Files.exists(file)) {
      throw new InputException(
          option
              + ": no such file '"
              + file
              + "'.\nMaybe the path is relative to another directory than "
              + Path.of("").toAbsolutePath()
              + ".");
    }
    if (Files.isDirectory(file)) {
      throw new InputException(option + ": '" + file + "' is a directory; allowed: a file.");
    }
    if (!Files.isReadable(file)) {
      throw new InputException(option + ": '" + file + "' cannot be read (permission denied).");
    }
    return file;
  }

  /** A TCP port that nobody listens on; 0 means any. */
  static int freePort(String option, int port) {
    within(option, port, 0, 65535, "");
    try (ServerSocket socket = new ServerSocket()) {
      // As servers do: a port in TIME_WAIT is free.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress((InetAddress) null, port));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new InputException(
          option
              + ": port "
              + port
              + " is in use or not permitted; allowed: a free port, or 0 for any.\nMaybe another"
              + " anodyne is running; try "
              + option
              + " "
              + (port + 1)
              + ".",
          e);
    }
  }

  private static String range(double low, double high, String unit) {
    String suffix = unit.isEmpty() ? "" : " " + unit;
    if (high == Double.POSITIVE_INFINITY) {
      return text(low) + suffix + " or more";
    }
    return text(low) + " to " + text(high) + suffix;
  }

  /** Without trailing zeros: 0.1, 60, 1e-06. */
  static String text(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      return String.format(Locale.ROOT, "%d", (long) value);
    }
    return Double.toString(value);
  }
}
