package dev.anodyne.opcua.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.security.CertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.FileBasedCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.util.DigestUtil;

/**
 * The folder of refused certificates: only so many, the newest; one that is there already is not
 * written again, and a flood of made-up ones is not written at all, so that it neither wears the
 * disk nor drives out the one that somebody is about to accept.
 */
final class RejectedCertificatesFolder implements CertificateQuarantine {
  private static final int MOST_FILES = 100;
  private static final int MOST_A_MINUTE = 20;
  private static final long MINUTE_NANOS = 60_000_000_000L;

  private final Path folder;
  private final FileBasedCertificateQuarantine files;
  private long minuteNanos = System.nanoTime();
  private int written;

  RejectedCertificatesFolder(Path folder) {
    this.folder = folder;
    this.files = new FileBasedCertificateQuarantine(folder.toFile(), MOST_FILES);
  }

  static RejectedCertificatesFolder create(Path folder) throws IOException {
    return new RejectedCertificatesFolder(Files.createDirectories(folder));
  }

  @Override
  public List<X509Certificate> getRejectedCertificates() {
    return files.getRejectedCertificates();
  }

  @Override
  public synchronized void addRejectedCertificate(X509Certificate certificate) {
    if (Files.exists(folder.resolve(fileName(certificate)))) {
      return;
    }
    long now = System.nanoTime();
    if (now - minuteNanos > MINUTE_NANOS) {
      minuteNanos = now;
      written = 0;
    }
    if (written < MOST_A_MINUTE) {
      written++;
      files.addRejectedCertificate(certificate);
    }
  }

  @Override
  public void removeRejectedCertificate(X509Certificate certificate) {
    files.removeRejectedCertificate(certificate);
  }

  /** As the library calls it. */
  private static String fileName(X509Certificate certificate) {
    return HexFormat.of().formatHex(DigestUtil.sha1(certificate.getSignature())) + ".der";
  }
}
