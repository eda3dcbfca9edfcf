package dev.anodyne.opcua.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;

/**
 * The certificates that an application refused, as files in its folder. Works on the files alone:
 * the application may be running, and takes a moved certificate up without a restart.
 */
public final class RejectedCertificates {
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

  private RejectedCertificates() {}

  /**
   * A certificate and where it lies.
   *
   * @param folder the application's certificate folder
   * @param file the certificate's file
   */
  public record Entry(Path folder, Path file, X509Certificate certificate) {
    /** SHA-256 of the certificate, as {@code openssl x509 -fingerprint -sha256} shows it. */
    public String sha256() {
      return fingerprint(certificate, "SHA-256");
    }

    /** SHA-1, which many servers call the thumbprint. */
    public String sha1() {
      return fingerprint(certificate, "SHA-1");
    }

    /** Who it belongs to, for a person. */
    public String subject() {
      return Shown.plain(certificate.getSubjectX500Principal().getName());
    }

    /** The application's URI; empty when the certificate has none. */
    public String uri() {
      return Shown.plain(CertificateUtil.getSanUri(certificate).orElse(""));
    }

    /** The end of its validity. */
    public Instant validUntil() {
      return certificate.getNotAfter().toInstant();
    }

    /** True when the digits, colons and spaces aside, begin one of its fingerprints. */
    public boolean matches(String digits) {
      String wanted = bare(digits);
      return bare(sha256()).startsWith(wanted) || bare(sha1()).startsWith(wanted);
    }

    /** The same for JSON. */
    public Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("sha256", sha256());
      map.put("sha1", sha1());
      map.put("subject", subject());
      map.put("uri", uri());
      map.put("valid_until", validUntil().toString());
      map.put("file", file.toString());
      return map;
    }
  }

  /** A fingerprint's digits alone, in lower case. */
  public static String bare(String fingerprint) {
    return fingerprint.replaceAll("[:\\s-]", "").toLowerCase(Locale.ROOT);
  }

  /** A certificate's fingerprint, in pairs of digits with colons between. */
  public static String fingerprint(X509Certificate certificate, String algorithm) {
    try {
      return COLONS.formatHex(
          MessageDigest.getInstance(algorithm).digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What an application refused, by file name; none when the folder is not there. */
  public static List<Entry> rejected(Path folder) throws IOException {
    return in(folder, folder.resolve("rejected"));
  }

  /** Whom an application trusts. */
  public static List<Entry> trusted(Path folder) throws IOException {
    return in(folder, folder.resolve("trusted/certs"));
  }

  /** Files that are no certificates are passed over. */
  private static List<Entry> in(Path folder, Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> files = Files.list(place)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        try {
          entries.add(
              new Entry(folder, file, CertificateUtil.decodeCertificate(Files.readAllBytes(file))));
        } catch (UaException e) {
          continue;
        }
      }
    }
    return entries;
  }

  /**
   * Moves a refused certificate to the trusted ones.
   *
   * @return where it lies now
   */
  public static Path trust(Entry entry) throws IOException {
    Path place = Files.createDirectories(entry.folder().resolve("trusted/certs"));
    Path target = place.resolve(bare(entry.sha1()) + ".der");
    return Files.move(entry.file(), target, StandardCopyOption.REPLACE_EXISTING);
  }
}
