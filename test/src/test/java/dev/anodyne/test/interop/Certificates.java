package dev.anodyne.test.interop;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates of every kind, good and bad, as files for both sides. */
final class Certificates {
  /** What no application may use its key for. */
  static final int WRONG_USE = KeyUsage.cRLSign;

  /** What an OPC UA application's certificate may be used for. */
  private static final int APPLICATION_USES =
      KeyUsage.digitalSignature
          | KeyUsage.nonRepudiation
          | KeyUsage.keyEncipherment
          | KeyUsage.dataEncipherment;

  private final Path folder;
  private final KeyPair applications = keyPair();
  private final KeyPair users = keyPair();
  private final KeyPair authority = keyPair();
  private final X509Certificate issuer;
  private long serial = System.currentTimeMillis();

  Certificates(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.issuer =
        certificate(
            new Subject("authority", "urn:anodyne:interop:authority", Duration.ofDays(-1), null),
            authority,
            authority);
    write("authority", issuer, null, authority);
  }

  /**
   * Whom a certificate is for.
   *
   * @param name of the files
   * @param uri application URI
   * @param begins validity from now on; it lasts for ten years, but for one day when it begins more
   *     than a year ago
   * @param uses of the key; null: what an application needs
   */
  record Subject(String name, String uri, Duration begins, Integer uses) {
    static Subject of(String name, String uri) {
      return new Subject(name, uri, Duration.ofDays(-1), null);
    }
  }

  /** Signed by itself; makes NAME.der, NAME.pem and NAME.key.pem. */
  X509Certificate selfSigned(Subject subject) throws IOException {
    X509Certificate made = certificate(subject, applications, applications);
    write(subject.name(), made, null, applications);
    return made;
  }

  /** Of a person, with a key that is no application's. */
  void user(Subject subject) throws IOException {
    write(subject.name(), certificate(subject, users, users), null, users);
  }

  /** Signed by the authority. */
  X509Certificate signed(Subject subject) throws IOException {
    X509Certificate made = certificate(subject, applications, authority);
    write(subject.name(), made, issuer, applications);
    return made;
  }

  /** The authority's own certificate. */
  X509Certificate authority() {
    return issuer;
  }

  /** The authority's list of the certificates that it takes back. */
  X509CRL revoking(X509Certificate... revoked) {
    try {
      Date now = Date.from(Instant.now().minusSeconds(60));
      X509v2CRLBuilder builder = new X509v2CRLBuilder(issuerName(), now);
      builder.setNextUpdate(Date.from(Instant.now().plus(Duration.ofDays(30))));
      for (X509Certificate certificate : revoked) {
        builder.addCRLEntry(certificate.getSerialNumber(), now, 0);
      }
      return new JcaX509CRLConverter().getCRL(builder.build(signer(authority)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Certificate certificate(Subject subject, KeyPair key, KeyPair by) throws IOException {
    boolean isAuthority = key == authority;
    boolean isSelfSigned = key == by;
    Instant begin = Instant.now().plus(subject.begins());
    boolean isOld = subject.begins().compareTo(Duration.ofDays(-365)) < 0;
    X500Name name = new X500Name("CN=" + subject.name() + ",O=Anodyne interop");
    X500Name by500 = isSelfSigned ? name : issuerName();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            by500,
            BigInteger.valueOf(serial++),
            Date.from(begin),
            Date.from(begin.plus(Duration.ofDays(isOld ? 1 : 3650))),
            name,
            key.getPublic());
    int uses = subject.uses() == null ? APPLICATION_USES : subject.uses();
    int more = isSelfSigned ? KeyUsage.keyCertSign : 0;
    try {
      JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
      builder.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          extensions.createSubjectKeyIdentifier(key.getPublic()));
      builder.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          extensions.createAuthorityKeyIdentifier(by.getPublic()));
      builder.addExtension(
          Extension.basicConstraints, isAuthority, new BasicConstraints(isAuthority));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(isAuthority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : uses | more));
      if (!isAuthority) {
        builder.addExtension(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(
                new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth}));
        builder.addExtension(Extension.subjectAlternativeName, false, names(subject.uri()));
      }
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer(by)));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private X500Name issuerName() {
    return X500Name.getInstance(issuer.getSubjectX500Principal().getEncoded());
  }

  private static GeneralNames names(String uri) {
    return new GeneralNames(
        new GeneralName[] {
          new GeneralName(GeneralName.uniformResourceIdentifier, uri),
          new GeneralName(GeneralName.dNSName, "localhost"),
          new GeneralName(GeneralName.iPAddress, "127.0.0.1")
        });
  }

  private void write(String name, X509Certificate made, X509Certificate by, KeyPair key)
      throws IOException {
    StringWriter chain = new StringWriter();
    StringWriter secret = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(chain);
        JcaPEMWriter keyPem = new JcaPEMWriter(secret)) {
      pem.writeObject(made);
      if (by != null) {
        pem.writeObject(by);
      }
      keyPem.writeObject(new JcaPKCS8Generator(key.getPrivate(), null));
      Files.write(folder.resolve(name + ".der"), made.getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    Files.writeString(folder.resolve(name + ".pem"), chain.toString());
    Files.writeString(folder.resolve(name + ".key.pem"), secret.toString());
  }

  private static ContentSigner signer(KeyPair by) {
    try {
      return new JcaContentSignerBuilder("SHA256withRSA").build(by.getPrivate());
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
