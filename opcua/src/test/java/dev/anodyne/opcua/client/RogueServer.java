package dev.anodyne.opcua.client;

import dev.anodyne.opcua.security.ApplicationIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.time.Period;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.stack.core.security.CertificateManager;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultApplicationGroup;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.MemoryCertificateStore;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.RsaSha256CertificateFactory;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.transport.TransportProfile;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/** A server that shows any certificate, however wrong, and trusts everybody. */
final class RogueServer implements AutoCloseable {
  static final String URI = "urn:anodyne:test:rogue";

  private static final KeyPair KEYS = keys();
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final OpcUaServer server;
  private final int port;

  /** Shows a certificate and calls itself {@link #URI}. */
  RogueServer(X509Certificate certificate) throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    OpcUaServerConfig config =
        OpcUaServerConfig.builder()
            .setApplicationName(LocalizedText.english("Rogue"))
            .setApplicationUri(URI)
            .setEndpoints(
                Set.of(
                    endpoint(certificate, "", SecurityPolicy.Basic256Sha256),
                    endpoint(certificate, "/discovery", SecurityPolicy.None)))
            .setCertificateManager(manager(certificate))
            .setIdentityValidator(AnonymousIdentityValidator.INSTANCE)
            .build();
    OpcTcpServerTransportConfig transport = OpcTcpServerTransportConfig.newBuilder().build();
    server = new OpcUaServer(config, profile -> new OpcTcpServerTransport(transport));
    server.startup().get();
  }

  String url() {
    return "opc.tcp://127.0.0.1:" + port + "/rogue";
  }

  /**
   * A certificate of the rogue's key.
   *
   * @param validity from today on
   * @param host a name, or an address of digits
   */
  static X509Certificate certificate(String uri, String host, Period validity) throws Exception {
    SelfSignedCertificateBuilder builder =
        new SelfSignedCertificateBuilder(KEYS)
            // With one name for all, one certificate would count as another's issuer.
            .setCommonName("Rogue " + COUNT.incrementAndGet())
            .setApplicationUri(uri)
            .setValidityPeriod(validity);
    return (host.matches("[0-9.]+") ? builder.addIpAddress(host) : builder.addDnsName(host))
        .build();
  }

  static KeyPair keyPair() {
    return KEYS;
  }

  static ApplicationIdentity client() {
    return ApplicationIdentity.onThisHost("Controller", "urn:anodyne:test:controller");
  }

  private EndpointConfig endpoint(X509Certificate certificate, String path, SecurityPolicy policy) {
    return EndpointConfig.newBuilder()
        .setTransportProfile(TransportProfile.TCP_UASC_UABINARY)
        .setBindAddress("127.0.0.1")
        .setHostname("127.0.0.1")
        .setBindPort(port)
        .setPath("/rogue" + path)
        .setCertificate(certificate)
        .setSecurityPolicy(policy)
        .setSecurityMode(
            policy == SecurityPolicy.None
                ? MessageSecurityMode.None
                : MessageSecurityMode.SignAndEncrypt)
        .addTokenPolicy(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS)
        .build();
  }

  private static CertificateManager manager(X509Certificate certificate) throws Exception {
    RsaSha256CertificateFactory factory =
        new RsaSha256CertificateFactory() {
          @Override
          protected KeyPair createRsaSha256KeyPair() {
            return KEYS;
          }

          @Override
          protected X509Certificate[] createRsaSha256CertificateChain(KeyPair keyPair) {
            return new X509Certificate[] {certificate};
          }
        };
    return new DefaultCertificateManager(
        new MemoryCertificateQuarantine(),
        DefaultApplicationGroup.createAndInitialize(
            new MemoryTrustListManager(),
            new MemoryCertificateStore(),
            factory,
            new CertificateValidator.InsecureCertificateValidator()));
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.shutdown().join();
  }
}
