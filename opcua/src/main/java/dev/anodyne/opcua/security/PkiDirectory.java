package dev.anodyne.opcua.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateManager;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultClientCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultServerCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.FileBasedTrustListManager;
import org.eclipse.milo.opcua.stack.core.util.validation.ValidationCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger LOG = LoggerFactory.getLogger(PkiDirectory.class);

  /** From here on a certificate's end is said at every connection. */
  private static final Duration NOTICE = Duration.ofDays(30);

  /** Loaded by whoever connects or serves first: it takes some tenths of a second. */
  private static final class Cryptography {
    static {
      // The library takes RSA-PSS (Aes256_Sha256_RsaPss) from this provider, by the name that it
      // has there, and leaves it to the application to register it. Last: it replaces nobody.
      if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
        Security.addProvider(new BouncyCastleProvider());
      }
    }

    private Cryptography() {}

    static void require() {
      // It is the initialisation of this class.
    }
  }

  private final Path directory;
  private final ApplicationIdentity identity;
  private volatile OwnCertificate own;
  private volatile List<FileTime> compared = List.of();
  private final FileBasedTrustListManager trustList;
  private final RejectedCertificatesFolder rejected;

  private PkiDirectory(
      Path directory,
      ApplicationIdentity identity,
      OwnCertificate own,
      FileBasedTrustListManager trustList,
      RejectedCertificatesFolder rejected) {
    this.directory = directory;
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
          directory, identity, own, trustList, RejectedCertificatesFolder.create(rejectedDir));
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

  /** Loads the cryptography that connections need, so that the first need not wait for it. */
  public static void readAhead() {
    Cryptography.require();
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

  /**
   * Takes up what has changed in the folder of the own certificate: a renewed one counts from now
   * on, an expired one is replaced, and one that soon expires is told in the log. A certificate
   * whose key is not there yet is left until it is: the two files are not replaced at once.
   *
   * @throws PkiException when a new certificate is needed and cannot be made
   */
  public synchronized void refresh() {
    try {
      OwnCertificate found = OwnCertificate.loadOrCreate(directory.resolve("own"), identity, own);
      if (!found.certificate().equals(own.certificate())) {
        LOG.info("{} uses a new certificate, valid until {}", identity.uri(), found.validUntil());
        own = found;
      }
    } catch (IOException e) {
      throw new PkiException(
          "Certificate folder " + directory + " cannot be used: " + e.getMessage() + ".", e);
    }
    notice(Instant.now()).ifPresent(LOG::warn);
  }

  /** True when another certificate than the one in use lies in the folder, with its key. */
  public boolean hasRenewed() {
    Path folder = directory.resolve("own");
    List<FileTime> modified = OwnCertificate.lastModified(folder);
    if (!modified.isEmpty() && modified.equals(compared)) {
      return false;
    }
    boolean other =
        OwnCertificate.find(folder, identity)
            .filter(found -> !found.certificate().equals(own.certificate()))
            .isPresent();
    if (!other) {
      // Asked often: the files are read again when they have changed.
      compared = modified;
    }
    return other;
  }

  /**
   * Makes a new key and certificate, valid from now on, and puts them in place of the old ones. The
   * others have to trust it before they are connected to again.
   *
   * @return the new certificate
   * @throws PkiException when it cannot be made or written
   */
  public synchronized X509Certificate renew() {
    try {
      own = OwnCertificate.replace(directory.resolve("own"), identity);
      return own.certificate();
    } catch (IOException e) {
      throw new PkiException(
          "Certificate folder " + directory + " cannot be used: " + e.getMessage() + ".", e);
    }
  }

  /**
   * What has to be said about the own certificate's end; empty while it is far.
   *
   * @param now the time of day
   */
  public Optional<String> notice(Instant now) {
    Duration left = Duration.between(now, own.validUntil());
    return left.compareTo(NOTICE) > 0
        ? Optional.empty()
        : Optional.of(
            "The certificate of "
                + identity.uri()
                + " is valid for "
                + Math.max(0, left.toDays())
                + " more days, until "
                + own.validUntil()
                + ".\nMaybe put a new one, with its key, into "
                + directory.resolve("own")
                + "; no restart is needed.");
  }

  /** Judges the certificate of a server that this application connects to. */
  public CertificateValidator validatorOfServers() {
    Cryptography.require();
    return requiringTrust(
        new DefaultClientCertificateValidator(trustList, CHECKS_OF_SERVERS, rejected));
  }

  /** What a server needs to show its certificate and to judge those of its clients. */
  public CertificateManager serverCertificateManager() {
    return serverCertificates((certificate, why) -> {});
  }

  /**
   * The same, telling what was refused.
   *
   * @param refused takes the certificate of a client that was refused, and why; called on network
   *     threads, so it must return at once
   */
  public ServerCertificates serverCertificates(BiConsumer<X509Certificate, UaException> refused) {
    Cryptography.require();
    CertificateValidator validator =
        requiringTrust(
            new DefaultServerCertificateValidator(trustList, CHECKS_OF_CLIENTS, rejected));
    return new ServerCertificates(
        this,
        own,
        trustList,
        rejected,
        (chain, applicationUri, hostNames) -> {
          try {
            validator.validateCertificateChain(chain, applicationUri, hostNames);
          } catch (UaException e) {
            if (!chain.isEmpty()) {
              refused.accept(chain.get(0), e);
            }
            throw e;
          }
        });
  }

  /** The certificate in use, with its key. */
  OwnCertificate own() {
    return own;
  }

  /** True when the certificate in use is not valid any more. */
  boolean hasExpired() {
    return Instant.now().isAfter(own.validUntil());
  }

  /**
   * With an empty trust folder Java's path builder fails for a formal reason before anybody can say
   * that the certificate is not trusted; this says so.
   */
  private CertificateValidator requiringTrust(CertificateValidator validator) {
    return (chain, applicationUri, hostNames) -> {
      CertificateRules.check(chain);
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
