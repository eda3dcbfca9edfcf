package dev.anodyne.controller.lab.compare;

import dev.anodyne.controller.lab.RunResult;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.mpc.Policies;
import dev.anodyne.plantsim.PlantConfig;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What the running software is made of: the contents of the modules that decide about a charge.
 * Between two releases the version alone does not tell whether an old result is still right.
 */
public final class CodeDigest {
  /** One class of each module. */
  private static final List<Class<?>> MODULES =
      List.of(
          CellParameters.class,
          PlantConfig.class,
          Estimators.class,
          Policies.class,
          RunResult.class);

  private static final int SHOWN_BYTES = 8;

  private CodeDigest() {}

  /** Equal for equal contents, wherever and whenever they were built. */
  public static String ofThisSoftware() {
    MessageDigest digest = TaskDigest.sha256();
    for (Class<?> module : MODULES) {
      CodeSource source = module.getProtectionDomain().getCodeSource();
      try {
        if (source != null) {
          add(Path.of(source.getLocation().toURI()), digest);
        }
      } catch (IOException | URISyntaxException e) {
        throw new IllegalStateException("Where is " + module + "?", e);
      }
    }
    return HexFormat.of().formatHex(digest.digest(), 0, SHOWN_BYTES);
  }

  private static void add(Path jarOrFolder, MessageDigest digest) throws IOException {
    if (Files.isDirectory(jarOrFolder)) {
      try (Stream<Path> files = Files.walk(jarOrFolder)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          CRC32 crc = new CRC32();
          crc.update(Files.readAllBytes(file));
          add(jarOrFolder.relativize(file).toString(), crc.getValue(), digest);
        }
      }
      return;
    }
    try (ZipFile jar = new ZipFile(jarOrFolder.toFile())) {
      List<? extends ZipEntry> entries =
          jar.stream()
              // The manifest and Maven's own files tell times and machines.
              .filter(e -> !e.isDirectory() && !e.getName().startsWith("META-INF/"))
              .sorted(java.util.Comparator.comparing(ZipEntry::getName))
              .toList();
      for (ZipEntry entry : entries) {
        add(entry.getName(), entry.getCrc(), digest);
      }
    }
  }

  private static void add(String name, long crc, MessageDigest digest) {
    digest.update(name.getBytes(StandardCharsets.UTF_8));
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, crc));
  }
}
