package dev.anodyne.opcua.client;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.anodyne.opcua.security.PkiDirectory;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfigBuilder;

/** Sets up the library's client. */
final class ClientFactory {
  /** A session whose client is gone frees its place on the server after this, ms. */
  private static final UInteger SESSION_TIMEOUT = uint(10_000);

  private ClientFactory() {}

  static OpcUaClient create(
      OpcUaChargerConfig config, PkiDirectory pki, EndpointDescription endpoint)
      throws LinkException {
    return create(config, pki, endpoint, transport -> {});
  }

  /** The same with the transport set up further. */
  static OpcUaClient create(
      OpcUaChargerConfig config,
      PkiDirectory pki,
      EndpointDescription endpoint,
      Consumer<OpcTcpClientTransportConfigBuilder> customizer)
      throws LinkException {
    UInteger requestTimeout = uint(config.requestTimeout().toMillis());
    OpcUaClientConfig clientConfig =
        OpcUaClientConfig.builder()
            .setApplicationName(LocalizedText.english(config.identity().name()))
            .setApplicationUri(config.identity().uri())
            .setProductUri("urn:anodyne")
            .setEndpoint(endpoint)
            .setKeyPair(pki.keyPair())
            .setCertificate(pki.certificate())
            .setCertificateChain(new X509Certificate[] {pki.certificate()})
            .setCertificateValidator(pki.validatorOfServers())
            .setIdentityProvider(new UsernameProvider(config.userName(), config.password()))
            .setSessionTimeout(SESSION_TIMEOUT)
            .setRequestTimeout(requestTimeout)
            .setKeepAliveInterval(requestTimeout)
            .setKeepAliveTimeout(requestTimeout)
            .build();
    try {
      return OpcUaClient.create(
          clientConfig,
          transport -> {
            transport.setConnectTimeout(uint(config.connectTimeout().toMillis()));
            customizer.accept(transport);
          });
    } catch (UaException e) {
      throw new LinkException(
          "OPC UA client for " + config.endpointUrl() + " cannot be made: " + Words.of(e) + ".", e);
    }
  }
}
