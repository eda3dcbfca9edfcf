package dev.anodyne.opcua.security;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.CertificateFactory;
import org.eclipse.milo.opcua.stack.core.security.CertificateGroup;
import org.eclipse.milo.opcua.stack.core.security.CertificateManager;
import org.eclipse.milo.opcua.stack.core.security.CertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.RsaSha256CertificateFactory;
import org.eclipse.milo.opcua.stack.core.security.TrustListManager;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.util.DigestUtil;

/**
 * The certificates of a server while it runs: the one that new connections see, and those before
 * it, by which connections were opened that still go on.
 */
public final class ServerCertificates implements CertificateManager {
  /** Those before the one in use that are remembered. */
  private static final int MOST_RETIRED = 3;

  private final PkiDirectory pki;
  private final CertificateQuarantine rejected;
  private final CertificateGroup group;

  /** The one in use first. */
  private final List<OwnCertificate> pairs = new CopyOnWriteArrayList<>();

  ServerCertificates(
      PkiDirectory pki,
      OwnCertificate own,
      TrustListManager trustList,
      CertificateQuarantine rejected,
      CertificateValidator validator) {
    this.pki = pki;
    this.rejected = rejected;
    this.group = new Group(trustList, validator);
    pairs.add(own);
  }

  /** The one that new connections see. */
  public X509Certificate current() {
    return pairs.get(0).certificate();
  }

  /** Those before it. */
  public List<X509Certificate> retired() {
    return pairs.stream().skip(1).map(OwnCertificate::certificate).toList();
  }

  /**
   * Takes up a renewed certificate that lies in the folder with its key; the old one stays when
   * there is none, or when the two do not fit. Reads files when they have changed.
   *
   * @return true when another one is in use now
   * @throws PkiException when the one in use has expired and no new one can be made
   */
  public synchronized boolean refresh() {
    if (pki.hasRenewed() || pki.hasExpired()) {
      pki.refresh();
    }
    OwnCertificate own = pki.own();
    if (own.certificate().equals(current())) {
      return false;
    }
    pairs.removeIf(pair -> pair.certificate().equals(own.certificate()));
    pairs.add(0, own);
    while (pairs.size() > MOST_RETIRED + 1) {
      pairs.remove(pairs.size() - 1);
    }
    return true;
  }

  @Override
  public Optional<KeyPair> getKeyPair(ByteString thumbprint) {
    return find(thumbprint).map(OwnCertificate::keyPair);
  }

  @Override
  public Optional<X509Certificate> getCertificate(ByteString thumbprint) {
    return find(thumbprint).map(OwnCertificate::certificate);
  }

  @Override
  public Optional<X509Certificate[]> getCertificateChain(ByteString thumbprint) {
    return getCertificate(thumbprint).map(certificate -> new X509Certificate[] {certificate});
  }

  @Override
  public Optional<CertificateGroup> getCertificateGroup(ByteString thumbprint) {
    return find(thumbprint).map(pair -> group);
  }

  @Override
  public Optional<CertificateGroup> getCertificateGroup(NodeId certificateGroupId) {
    return Optional.of(group).filter(g -> g.getCertificateGroupId().equals(certificateGroupId));
  }

  @Override
  public List<CertificateGroup> getCertificateGroups() {
    return List.of(group);
  }

  @Override
  public CertificateQuarantine getCertificateQuarantine() {
    return rejected;
  }

  private Optional<OwnCertificate> find(ByteString thumbprint) {
    return pairs.stream().filter(pair -> thumbprint(pair).equals(thumbprint)).findFirst();
  }

  private static ByteString thumbprint(OwnCertificate pair) {
    try {
      return ByteString.of(DigestUtil.sha1(pair.certificate().getEncoded()));
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The only group there is: certificates of applications. */
  private final class Group implements CertificateGroup {
    private final TrustListManager trustList;
    private final CertificateValidator validator;

    private Group(TrustListManager trustList, CertificateValidator validator) {
      this.trustList = trustList;
      this.validator = validator;
    }

    @Override
    public NodeId getCertificateGroupId() {
      return NodeIds.ServerConfiguration_CertificateGroups_DefaultApplicationGroup;
    }

    @Override
    public List<NodeId> getSupportedCertificateTypeIds() {
      return List.of(NodeIds.RsaSha256ApplicationCertificateType);
    }

    @Override
    public TrustListManager getTrustListManager() {
      return trustList;
    }

    @Override
    public List<Entry> getCertificateEntries() {
      return List.of(
          new Entry(
              getCertificateGroupId(),
              NodeIds.RsaSha256ApplicationCertificateType,
              new X509Certificate[] {current()}));
    }

    @Override
    public Optional<KeyPair> getKeyPair(NodeId certificateTypeId) {
      return Optional.of(pairs.get(0).keyPair());
    }

    @Override
    public Optional<X509Certificate[]> getCertificateChain(NodeId certificateTypeId) {
      return Optional.of(new X509Certificate[] {current()});
    }

    /** Certificates are changed in the folder, never over the network. */
    @Override
    public void updateCertificate(
        NodeId certificateTypeId, KeyPair keyPair, X509Certificate[] certificateChain) {
      throw new UnsupportedOperationException("Certificates are changed in the folder.");
    }

    @Override
    public CertificateFactory getCertificateFactory() {
      return new RsaSha256CertificateFactory() {
        @Override
        protected X509Certificate[] createRsaSha256CertificateChain(KeyPair keyPair) {
          throw new UnsupportedOperationException("Certificates are made in the folder.");
        }
      };
    }

    @Override
    public CertificateValidator getCertificateValidator() {
      return validator;
    }
  }
}
