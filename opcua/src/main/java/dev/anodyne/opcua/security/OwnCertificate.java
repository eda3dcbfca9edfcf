package dev.anodyne.opcua.security;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.jspecify.annotations.Nullable;

/**
 * An application instance certificate, self-signed with RSA 2048 and SHA-256, with the application
 * URI, the host names and the addresses as alternative names, and its key.
 */
record OwnCertificate(X509Certificate certificate, KeyPair keyPair) {
  private static final int KEY_BITS = 2048;

  /**
   * Reads certificate and key, or makes new ones when there are none, when they have expired, or
   * when they were made for another identity.
   */
  static OwnCertificate loadOrCreate(Path directory, ApplicationIdentity identity)
      throws IOException {
    Path certFile = certFile(directory);
    Path keyFile = keyFile(directory);
    if (Files.exists(certFile) && Files.exists(keyFile)) {
      OwnCertificate kept = load(certFile, keyFile);
      if (kept.fits(identity)) {
        return kept;
      }
    }
    return replace(directory, identity);
  }

  /**
   * The same while one is in use: that one stays as long as it is valid and nothing in the folder
   * fits, which may be half of a renewal.
   */
  static OwnCertificate loadOrCreate(
      Path directory, ApplicationIdentity identity, OwnCertificate inUse) throws IOException {
    Optional<OwnCertificate> found = find(directory, identity);
    if (found.isPresent()) {
      return found.get();
    }
    return inUse.fits(identity) ? inUse : replace(directory, identity);
  }

  /** What lies in the folder, if it can be read and fits. */
  static Optional<OwnCertificate> find(Path directory, ApplicationIdentity identity) {
    try {
      return Optional.of(load(certFile(directory), keyFile(directory)))
          .filter(found -> found.fits(identity));
    } catch (PkiException | IOException e) {
      return Optional.empty();
    }
  }

  /** When certificate and key were last changed; empty when that cannot be told. */
  static List<FileTime> lastModified(Path directory) {
    try {
      return List.of(
          Files.getLastModifiedTime(certFile(directory)),
          Files.getLastModifiedTime(keyFile(directory)));
    } catch (IOException e) {
      return List.of();
    }
  }

  /** Makes a new one in place of what there is. */
  static OwnCertificate replace(Path directory, ApplicationIdentity identity) throws IOException {
    OwnCertificate made = create(identity);
    made.save(certFile(directory), keyFile(directory));
    return made;
  }

  /** The end of its validity. */
  Instant validUntil() {
    return certificate.getNotAfter().toInstant();
  }

  private static Path certFile(Path directory) throws IOException {
    return Files.createDirectories(directory.resolve("certs")).resolve("own.der");
  }

  private static Path keyFile(Path directory) throws IOException {
    return Files.createDirectories(directory.resolve("private")).resolve("own.pem");
  }

  private static OwnCertificate load(Path certFile, Path keyFile) {
    try (PEMParser parser = new PEMParser(new StringReader(Files.readString(keyFile)))) {
      X509Certificate certificate = CertificateUtil.decodeCertificate(Files.readAllBytes(certFile));
      return new OwnCertificate(certificate, keyPairOf(parser.readObject()));
    } catch (IOException | UaException e) {
      throw new PkiException(
          "Certificate "
              + certFile
              + " or key "
              + keyFile
              + " cannot be read: "
              + e.getMessage()
              + ".\nMaybe the files are damaged: delete both and new ones are made, which the other"
              + " side then has to trust again.",
          e);
    }
  }

  /**
   * As this class writes it ({@code RSA PRIVATE KEY}), or as most tools do ({@code PRIVATE KEY}).
   */
  static KeyPair keyPairOf(@Nullable Object pem) throws IOException {
    JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
    if (pem instanceof PEMKeyPair pair) {
      return converter.getKeyPair(pair);
    }
    if (pem instanceof PrivateKeyInfo info
        && converter.getPrivateKey(info) instanceof RSAPrivateCrtKey key) {
      try {
        RSAPublicKeySpec open = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
        return new KeyPair(KeyFactory.getInstance("RSA").generatePublic(open), key);
      } catch (GeneralSecurityException e) {
        throw new IOException(e);
      }
    }
    throw new IOException("no RSA key without a password in PEM form found");
  }

  private boolean fits(ApplicationIdentity identity) {
    try {
      certificate.checkValidity();
    } catch (CertificateExpiredException | CertificateNotYetValidException e) {
      return false;
    }
    Set<String> names = new HashSet<>(CertificateUtil.getSanDnsNames(certificate));
    names.addAll(CertificateUtil.getSanIpAddresses(certificate));
    return certificate.getPublicKey().equals(keyPair.getPublic())
        && CertificateUtil.getSanUri(certificate).filter(identity.uri()::equals).isPresent()
        && names.containsAll(identity.hostNames())
        && names.containsAll(identity.ipAddresses());
  }

  private static OwnCertificate create(ApplicationIdentity identity) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS);
      KeyPair keyPair = generator.generateKeyPair();
      SelfSignedCertificateBuilder builder =
          new SelfSignedCertificateBuilder(keyPair)
              .setCommonName(identity.name())
              .setOrganization("Anodyne")
              .setApplicationUri(identity.uri());
      identity.hostNames().forEach(builder::addDnsName);
      identity.ipAddresses().forEach(builder::addIpAddress);
      return new OwnCertificate(builder.build(), keyPair);
    } catch (Exception e) {
      throw new PkiException(
          "Certificate for " + identity.uri() + " cannot be made: " + e.getMessage() + ".", e);
    }
  }

  private void save(Path certFile, Path keyFile) throws IOException {
    StringWriter pem = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(pem)) {
      writer.writeObject(keyPair.getPrivate());
    }
    Path draft = createPrivateFile(keyFile.resolveSibling("own.pem.new"));
    Files.writeString(draft, pem.toString());
    Path certDraft = certFile.resolveSibling("own.der.new");
    try {
      Files.write(certDraft, certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    // Both are whole on the disk before either takes its place: a full disk destroys nothing.
    Files.move(draft, keyFile, StandardCopyOption.REPLACE_EXISTING);
    Files.move(certDraft, certFile, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The key is never on disk with wider rights than its owner's. */
  private static Path createPrivateFile(Path file) throws IOException {
    Files.deleteIfExists(file);
    try {
      return Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (UnsupportedOperationException | FileSystemException e) {
      // Windows: the folder's own rights apply.
      return Files.createFile(file);
    }
  }
}
