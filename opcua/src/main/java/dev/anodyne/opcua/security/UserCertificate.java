package dev.anodyne.opcua.security;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMParser;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;

/**
 * A certificate with which a user logs in, and the key that proves it is his (X509IdentityToken of
 * OPC 10000-4).
 *
 * @param certificate the user's
 * @param key belongs to it
 */
public record UserCertificate(X509Certificate certificate, PrivateKey key) {
  private static final String PEM = "-----BEGIN";

  /**
   * Reads both files.
   *
   * @param certificateFile X.509, DER or PEM; of several in a PEM file the first
   * @param keyFile RSA, PEM without a password
   * @throws PkiException when one cannot be read or they do not belong together
   */
  public static UserCertificate read(Path certificateFile, Path keyFile) {
    X509Certificate certificate = certificate(certificateFile);
    KeyPair pair = keyPair(keyFile);
    if (!certificate.getPublicKey().equals(pair.getPublic())) {
      throw new PkiException(
          "Key "
              + keyFile
              + " does not belong to certificate "
              + certificateFile
              + ".\nMaybe one of the two was renewed without the other.",
          null);
    }
    return new UserCertificate(certificate, pair.getPrivate());
  }

  /**
   * Reads a certificate alone.
   *
   * @throws PkiException when it cannot be read
   */
  public static X509Certificate certificate(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String text = new String(bytes, StandardCharsets.US_ASCII);
      return text.contains(PEM) ? fromPem(text) : CertificateUtil.decodeCertificate(bytes);
    } catch (IOException | UaException | CertificateException e) {
      throw unreadable("Certificate ", file, "an X.509 certificate, DER or PEM", e);
    }
  }

  /** Why it cannot be used now: its validity has ended or not begun; empty when it can. */
  public Optional<String> problem(Instant now) {
    Instant begin = certificate.getNotBefore().toInstant();
    Instant end = certificate.getNotAfter().toInstant();
    if (now.isAfter(end)) {
      return Optional.of("the user's certificate was valid until " + end);
    }
    return now.isBefore(begin)
        ? Optional.of("the user's certificate is valid from " + begin + " on")
        : Optional.empty();
  }

  /** Hides the key. */
  @Override
  public String toString() {
    return "UserCertificate[" + certificate.getSubjectX500Principal() + "]";
  }

  private static X509Certificate fromPem(String text) throws IOException, CertificateException {
    try (PEMParser parser = new PEMParser(new StringReader(text))) {
      for (Object one = parser.readObject(); one != null; one = parser.readObject()) {
        if (one instanceof X509CertificateHolder holder) {
          return new JcaX509CertificateConverter().getCertificate(holder);
        }
      }
    }
    throw new IOException("there is no certificate in it");
  }

  private static KeyPair keyPair(Path file) {
    try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file)))) {
      return OwnCertificate.keyPairOf(parser.readObject());
    } catch (IOException e) {
      throw unreadable("Key ", file, "an RSA key, PEM without a password", e);
    }
  }

  private static PkiException unreadable(String what, Path file, String allowed, Exception e) {
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new PkiException(
        what + file + " cannot be read: " + why + "; allowed: " + allowed + ".", e);
  }
}
