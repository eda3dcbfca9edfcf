package dev.anodyne.opcua.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateManager;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultApplicationGroup;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.DefaultClientCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultServerCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.FileBasedCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.FileBasedTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateStore;
import org.eclipse.milo.opcua.stack.core.security.RsaSha256CertificateFactory;
import org.eclipse.milo.opcua.stack.core.util.validation.ValidationCheck;

/**
 * One application's certificates as folders:
 *
 * <pre>
 * own/certs/own.der        its certificate: give it to the others
 * own/private/own.pem      its key, readable by the owner only
 * trusted/certs, crl       applications (and issuers) that are trusted
 * issuers/certs, crl       issuers needed to build chains, not trusted by themselves
 * rejected                 certificates that were refused: move one to trusted/certs to accept it
 * </pre>
 *
 * <p>The folders are watched: a change is in force without a restart.
 */
public final class PkiDirectory implements AutoCloseable {
  /** Every check there is; clients check the host name as well. */
  private static final Set<ValidationCheck> CHECKS_OF_CLIENTS =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(ValidationCheck.HOSTNAME)));

  private static final Set<ValidationCheck> CHECKS_OF_SERVERS =
      Set.copyOf(EnumSet.allOf(ValidationCheck.class));

  private final ApplicationIdentity identity;
  private final OwnCertificate own;
  private final FileBasedTrustListManager trustList;
  private final FileBasedCertificateQuarantine rejected;

  private PkiDirectory(
      ApplicationIdentity identity,
      OwnCertificate own,
      FileBasedTrustListManager trustList,
      FileBasedCertificateQuarantine rejected) {
    this.identity = identity;
    this.own = own;
    this.trustList = trustList;
    this.rejected = rejected;
  }

  /**
   * Opens the folders, making what is missing. The certificate is kept as long as it is valid and
   * carries the identity's URI and names; otherwise a new one replaces it.
   *
   * @throws PkiException when something cannot be read or written
   */
  public static PkiDirectory open(Path directory, ApplicationIdentity identity) {
    try {
      Path issuerCerts = Files.createDirectories(directory.resolve("issuers/certs"));
      Path issuerCrls = Files.createDirectories(directory.resolve("issuers/crl"));
      Path trustedCerts = Files.createDirectories(directory.resolve("trusted/certs"));
      Path trustedCrls = Files.createDirectories(directory.resolve("trusted/crl"));
      Path rejectedDir = Files.createDirectories(directory.resolve("rejected"));
      OwnCertificate own = OwnCertificate.loadOrCreate(directory.resolve("own"), identity);
      FileBasedTrustListManager trustList =
          new FileBasedTrustListManager(issuerCerts, issuerCrls, trustedCerts, trustedCrls);
      trustList.initialize();
      return new PkiDirectory(
          identity, own, trustList, FileBasedCertificateQuarantine.create(rejectedDir));
    } catch (IOException e) {
      throw new PkiException(
          "Certificate folder " + directory + " cannot be used: " + e.getMessage() + ".", e);
    }
  }

  /**
   * Makes two applications trust each other's certificate, and nobody else.
   *
   * @param one one side
   * @param other the other side
   */
  public static void trustEachOther(PkiDirectory one, PkiDirectory other) {
    one.trust(other.certificate());
    other.trust(one.certificate());
  }

  /** Puts a certificate into the trust folder; harmless when it is there already. */
  public void trust(X509Certificate certificate) {
    if (!trustList.getTrustedCertificates().contains(certificate)) {
      trustList.addTrustedCertificate(certificate);
    }
  }

  /** How the application calls itself. */
  public ApplicationIdentity identity() {
    return identity;
  }

  /** The application's own certificate. */
  public X509Certificate certificate() {
    return own.certificate();
  }

  /** The application's own key. */
  public KeyPair keyPair() {
    return own.keyPair();
  }

  /** Judges the certificate of a server that this application connects to. */
  public CertificateValidator validatorOfServers() {
    return requiringTrust(
        new DefaultClientCertificateValidator(trustList, CHECKS_OF_SERVERS, rejected));
  }

  /**
   * What a server needs to show its certificate and to judge those of its clients.
   *
   * @throws PkiException when the certificate cannot be used
   */
  public CertificateManager serverCertificateManager() {
    RsaSha256CertificateFactory factory =
        new RsaSha256CertificateFactory() {
          @Override
          protected KeyPair createRsaSha256KeyPair() {
            return own.keyPair();
          }

          @Override
          protected X509Certificate[] createRsaSha256CertificateChain(KeyPair keyPair) {
            return new X509Certificate[] {own.certificate()};
          }
        };
    try {
      return new DefaultCertificateManager(
          rejected,
          DefaultApplicationGroup.createAndInitialize(
              trustList,
              new MemoryCertificateStore(),
              factory,
              requiringTrust(
                  new DefaultServerCertificateValidator(trustList, CHECKS_OF_CLIENTS, rejected))));
    } catch (Exception e) {
      throw new PkiException(
          "Certificate of " + identity.uri() + " cannot be used: " + e.getMessage() + ".", e);
    }
  }

  /**
   * With an empty trust folder Java's path builder fails for a formal reason before anybody can say
   * that the certificate is not trusted; this says so.
   */
  private CertificateValidator requiringTrust(CertificateValidator validator) {
    return (chain, applicationUri, hostNames) -> {
      if (trustList.getTrustedCertificates().isEmpty()) {
        chain.forEach(rejected::addRejectedCertificate);
        throw new UaException(StatusCodes.Bad_CertificateUntrusted, "nobody is trusted yet");
      }
      validator.validateCertificateChain(chain, applicationUri, hostNames);
    };
  }

  /** Stops watching the folders. */
  @Override
  public void close() {
    try {
      trustList.close();
    } catch (IOException e) {
      throw new PkiException("Trust folder cannot be closed: " + e.getMessage() + ".", e);
    }
  }
}
