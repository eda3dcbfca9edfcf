package dev.anodyne.opcua.server;

import dev.anodyne.opcua.security.ServerCertificates;
import java.net.InetSocketAddress;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.stack.core.channel.SecurityKeysListener;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.security.CertificateManager;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaResponseMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.transport.server.ServerApplicationContext;
import org.eclipse.milo.opcua.stack.transport.server.ServiceRequestContext;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;
import org.jspecify.annotations.Nullable;

/**
 * The library's transport, for which certificates before the one in use stay valid: a connection
 * renews its keys now and then with the certificate by which it was opened, and would be cut
 * otherwise. Clients that look for endpoints see the one in use only.
 */
final class ServerTransport extends OpcTcpServerTransport {
  private final ServerCertificates certificates;

  ServerTransport(OpcTcpServerTransportConfig config, ServerCertificates certificates) {
    super(config);
    this.certificates = certificates;
  }

  @Override
  public synchronized void bind(ServerApplicationContext application, InetSocketAddress address)
      throws Exception {
    super.bind(new Context(application), address);
  }

  private static EndpointDescription with(EndpointDescription e, X509Certificate certificate) {
    try {
      return new EndpointDescription(
          e.getEndpointUrl(),
          e.getServer(),
          ByteString.of(certificate.getEncoded()),
          e.getSecurityMode(),
          e.getSecurityPolicyUri(),
          e.getUserIdentityTokens(),
          e.getTransportProfileUri(),
          e.getSecurityLevel());
    } catch (CertificateEncodingException ex) {
      throw new IllegalStateException(ex);
    }
  }

  /** The server's own, with more endpoints. */
  private final class Context implements ServerApplicationContext {
    private final ServerApplicationContext application;

    private Context(ServerApplicationContext application) {
      this.application = application;
    }

    @Override
    public List<EndpointDescription> getEndpointDescriptions() {
      List<EndpointDescription> own = application.getEndpointDescriptions();
      List<X509Certificate> retired = certificates.retired();
      if (retired.isEmpty()) {
        return own;
      }
      List<EndpointDescription> all = new ArrayList<>(own);
      for (X509Certificate certificate : retired) {
        own.forEach(endpoint -> all.add(with(endpoint, certificate)));
      }
      return all;
    }

    @Override
    public CertificateManager getCertificateManager() {
      return application.getCertificateManager();
    }

    @Override
    public EncodingContext getEncodingContext() {
      return application.getEncodingContext();
    }

    @Override
    public Long getNextSecureChannelId() {
      return application.getNextSecureChannelId();
    }

    @Override
    public Long getNextSecureChannelTokenId() {
      return application.getNextSecureChannelTokenId();
    }

    @Override
    public CompletableFuture<UaResponseMessageType> handleServiceRequest(
        ServiceRequestContext context, UaRequestMessageType request) {
      return application.handleServiceRequest(context, request);
    }

    @Override
    public @Nullable SecurityKeysListener getSecurityKeysListener() {
      return application.getSecurityKeysListener();
    }
  }
}
