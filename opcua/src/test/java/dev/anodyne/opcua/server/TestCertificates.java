package dev.anodyne.opcua.server;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates with all their faults, made for a test. */
final class TestCertificates {
  /** What OPC UA wants of an application (OPC 10000-6 §6.2.2). */
  private static final int APPLICATION_USAGE =
      KeyUsage.digitalSignature
          | KeyUsage.nonRepudiation
          | KeyUsage.keyEncipherment
          | KeyUsage.dataEncipherment;

  private static final AtomicLong SERIAL = new AtomicLong(1);

  /** Keys take long to make: all certificates of a length share one. */
  private static final KeyPair KEY = keyPair(2048);

  /** A certificate with its key. */
  record Pair(X509Certificate certificate, KeyPair key) {}

  /** What a certificate is to look like; a good one unless changed. */
  static final class Maker {
    private final String name;
    private final String uri;
    private Instant from = Instant.now().minus(Duration.ofHours(1));
    private Instant until = Instant.now().plus(Duration.ofDays(1));
    private KeyPair key = KEY;
    private int usage = APPLICATION_USAGE;
    private boolean forServers;
    private boolean authority;
    private String algorithm = "SHA256withRSA";
    private Pair issuer;

    Maker(String name, String uri) {
      this.name = name;
      this.uri = uri;
    }

    Maker valid(Instant from, Instant until) {
      this.from = from;
      this.until = until;
      return this;
    }

    Maker bits(int bits) {
      key = keyPair(bits);
      return this;
    }

    Maker ownKey() {
      return bits(2048);
    }

    Maker usage(int usage) {
      this.usage = usage;
      return this;
    }

    Maker forServersOnly() {
      forServers = true;
      return this;
    }

    Maker algorithm(String algorithm) {
      this.algorithm = algorithm;
      return this;
    }

    Maker authority() {
      authority = true;
      usage = KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature;
      return this;
    }

    Maker by(Pair issuer) {
      this.issuer = issuer;
      return this;
    }

    Pair make() throws Exception {
      X500Name subject = new X500Name("CN=" + name);
      KeyPair signer = issuer == null ? key : issuer.key();
      X500Name signerName =
          issuer == null
              ? subject
              : X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded());
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              signerName,
              BigInteger.valueOf(SERIAL.getAndIncrement()),
              Date.from(from),
              Date.from(until),
              subject,
              key.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      // Whoever signs itself signs a certificate.
      int own = issuer == null && usage == APPLICATION_USAGE ? KeyUsage.keyCertSign : 0;
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage | own));
      if (!authority) {
        builder.addExtension(
            Extension.extendedKeyUsage,
            true,
            new ExtendedKeyUsage(
                forServers
                    ? new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth}
                    : new KeyPurposeId[] {
                      KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth
                    }));
        builder.addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(
                new GeneralName[] {
                  new GeneralName(GeneralName.uniformResourceIdentifier, uri),
                  new GeneralName(GeneralName.dNSName, "localhost")
                }));
      }
      return new Pair(
          new JcaX509CertificateConverter()
              .getCertificate(
                  builder.build(new JcaContentSignerBuilder(algorithm).build(signer.getPrivate()))),
          key);
    }
  }

  private TestCertificates() {}

  static Maker maker(String name, String uri) {
    return new Maker(name, uri);
  }

  /** A list of revoked certificates; empty without any. */
  static X509CRL revoked(Pair issuer, X509Certificate... revoked) throws Exception {
    X509v2CRLBuilder builder =
        new X509v2CRLBuilder(
            X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded()),
            Date.from(Instant.now().minusSeconds(3600)));
    builder.setNextUpdate(Date.from(Instant.now().plusSeconds(86_400)));
    for (X509Certificate certificate : revoked) {
      builder.addCRLEntry(
          certificate.getSerialNumber(),
          Date.from(Instant.now().minusSeconds(60)),
          CRLReason.keyCompromise);
    }
    return new JcaX509CRLConverter()
        .getCRL(
            builder.build(
                new JcaContentSignerBuilder("SHA256withRSA").build(issuer.key().getPrivate())));
  }

  private static KeyPair keyPair(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
