package dev.anodyne.opcua.security;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;

/**
 * What every chain must fulfil before anybody builds a path of it: short, without loops, each
 * certificate issued by the next, keys of 2048 to 4096 bits, and signatures with SHA-2. These are
 * cheap to check; building paths out of what an attacker made up is not.
 */
final class CertificateRules {
  private static final int LONGEST_CHAIN = 5;
  private static final int LEAST_BITS = 2048;

  /** What the security policies allow (OPC 10000-7 §6.6); larger ones cost time on purpose. */
  private static final int MOST_BITS = 4096;

  private CertificateRules() {}

  /**
   * Checks a chain.
   *
   * @throws UaException with a status that says what is wrong
   */
  static void check(List<X509Certificate> chain) throws UaException {
    if (chain.isEmpty() || chain.size() > LONGEST_CHAIN) {
      throw new UaException(
          StatusCodes.Bad_CertificateInvalid,
          "chain has " + chain.size() + " certificates, allowed: 1 to " + LONGEST_CHAIN);
    }
    Set<Object> subjects = new HashSet<>();
    for (int i = 0; i < chain.size(); i++) {
      X509Certificate certificate = chain.get(i);
      if (!subjects.add(certificate.getSubjectX500Principal())) {
        throw new UaException(StatusCodes.Bad_CertificateInvalid, "chain has a loop");
      }
      boolean last = i == chain.size() - 1;
      if (!last
          && !certificate
              .getIssuerX500Principal()
              .equals(chain.get(i + 1).getSubjectX500Principal())) {
        throw new UaException(
            StatusCodes.Bad_CertificateChainIncomplete, "a certificate is not the next one's");
      }
      requireStrength(certificate);
    }
  }

  private static void requireStrength(X509Certificate certificate) throws UaException {
    int bits =
        certificate.getPublicKey() instanceof RSAPublicKey rsa ? rsa.getModulus().bitLength() : 0;
    if (bits < LEAST_BITS || bits > MOST_BITS) {
      throw new UaException(
          StatusCodes.Bad_CertificatePolicyCheckFailed,
          "key must be RSA of " + LEAST_BITS + " to " + MOST_BITS + " bits");
    }
    String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
    boolean weak =
        signature.startsWith("SHA1") || signature.startsWith("MD") || signature.contains("SHA-1");
    if (weak) {
      throw new UaException(
          StatusCodes.Bad_CertificatePolicyCheckFailed, "signature must use SHA-256 or better");
    }
  }
}
