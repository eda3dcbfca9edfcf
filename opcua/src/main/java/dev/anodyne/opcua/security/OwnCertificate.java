package dev.anodyne.opcua.security;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Set;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;

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
    Path certFile = Files.createDirectories(directory.resolve("certs")).resolve("own.der");
    Path keyFile = Files.createDirectories(directory.resolve("private")).resolve("own.pem");
    if (Files.exists(certFile) && Files.exists(keyFile)) {
      OwnCertificate kept = load(certFile, keyFile);
      if (kept.fits(identity)) {
        return kept;
      }
    }
    OwnCertificate made = create(identity);
    made.save(certFile, keyFile);
    return made;
  }

  private static OwnCertificate load(Path certFile, Path keyFile) {
    try (PEMParser parser = new PEMParser(new StringReader(Files.readString(keyFile)))) {
      X509Certificate certificate = CertificateUtil.decodeCertificate(Files.readAllBytes(certFile));
      if (!(parser.readObject() instanceof PEMKeyPair pem)) {
        throw new IOException("no RSA key pair in PEM form found");
      }
      return new OwnCertificate(certificate, new JcaPEMKeyConverter().getKeyPair(pem));
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
    Files.move(draft, keyFile, StandardCopyOption.REPLACE_EXISTING);
    try {
      Files.write(certFile, certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
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
