package dev.anodyne.opcua.client;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.opcua.security.PkiException;
import dev.anodyne.opcua.security.UserCertificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.sdk.client.identity.X509IdentityProvider;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfig;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfigBuilder;

/** Sets up the library's client and logs in. */
final class ClientFactory {
  /** A session whose client is gone frees its place on the server after this, ms. */
  private static final UInteger SESSION_TIMEOUT = uint(10_000);

  /**
   * A session that is asked nothing else is kept open by this, ms. That a server is there is seen
   * sooner by what is read, or sent.
   */
  private static final UInteger KEEP_ALIVE = uint(5000);

  /**
   * What a server may send at most. The library makes room for an array by the length that is told,
   * on every level of nesting, before it has read it: both have to be small together.
   */
  private static final EncodingLimits LIMITS = new EncodingLimits(65_535, 64, 2 * 1024 * 1024, 16);

  private final OpcUaChargerConfig config;
  private final PkiDirectory pki;
  private final ServerOffer offer;
  private final Findings findings = new Findings();

  private ClientFactory(OpcUaChargerConfig config, PkiDirectory pki, ServerOffer offer) {
    this.config = config;
    this.pki = pki;
    this.offer = offer;
  }

  /**
   * Connects and logs in.
   *
   * @throws LinkException when that fails, with the reason in words
   */
  static OpcUaClient connect(OpcUaChargerConfig config, PkiDirectory pki, ServerOffer offer)
      throws LinkException, InterruptedException {
    return connect(config, pki, offer, transport -> {});
  }

  /** The same with the transport set up further. */
  static OpcUaClient connect(
      OpcUaChargerConfig config,
      PkiDirectory pki,
      ServerOffer offer,
      Consumer<OpcTcpClientTransportConfigBuilder> customizer)
      throws LinkException, InterruptedException {
    ClientFactory factory = new ClientFactory(config, pki, offer);
    OpcUaClient client = factory.create(customizer);
    boolean ready = false;
    try {
      factory.connect(client);
      ready = true;
      return client;
    } finally {
      if (!ready) {
        // A client whose log-in failed would keep trying for ever.
        var unused = disconnect(client, config.requestTimeout());
      }
    }
  }

  /** Ends a session; the answer comes when it has ended, or its time is over. */
  static CompletableFuture<OpcUaClient> disconnect(OpcUaClient client, Duration patience) {
    return client
        .disconnectAsync()
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(failure -> client);
  }

  private void connect(OpcUaClient client) throws LinkException, InterruptedException {
    String failed = "Log-in at " + config.endpointUrl() + " failed: ";
    try {
      var unused =
          client.connectAsync().get(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      String own = findings.text();
      String why = own.isEmpty() ? Words.ofLogIn(e, config.security().logIn()) : own;
      throw new LinkException(failed + why + ".", e);
    }
  }

  private OpcUaClient create(Consumer<OpcTcpClientTransportConfigBuilder> customizer)
      throws LinkException {
    UInteger requestTimeout = uint(config.requestTimeout().toMillis());
    CertificateValidator judge = findings.noting(pki.validatorOfServers());
    OpcUaClientConfig clientConfig =
        OpcUaClientConfig.builder()
            .setApplicationName(LocalizedText.english(config.identity().name()))
            .setApplicationUri(config.identity().uri())
            .setProductUri("urn:anodyne")
            .setEndpoint(offer.chosen())
            .setKeyPair(pki.keyPair())
            .setCertificate(pki.certificate())
            .setCertificateChain(new X509Certificate[] {pki.certificate()})
            .setCertificateValidator(judge)
            .setIdentityProvider(identity(judge))
            .setEncodingLimits(LIMITS)
            .setSessionTimeout(SESSION_TIMEOUT)
            .setRequestTimeout(requestTimeout)
            .setKeepAliveInterval(KEEP_ALIVE)
            .setKeepAliveTimeout(requestTimeout)
            .build();
    OpcTcpClientTransportConfigBuilder transport = OpcTcpClientTransportConfig.newBuilder();
    transport.setConnectTimeout(uint(config.connectTimeout().toMillis()));
    ClientResources.share(transport);
    customizer.accept(transport);
    return new OpcUaClient(
        clientConfig,
        new CheckedTransport(
            transport.build(),
            endpoints -> offer.tampered(endpoints, config.security(), config.endpointUrl()),
            findings));
  }

  private IdentityProvider identity(CertificateValidator judge) throws LinkException {
    LogIn logIn = config.security().logIn();
    if (logIn instanceof LogIn.Password password) {
      // Without a secure channel the library has the server's certificate judged by this one.
      return new UsernameProvider(password.userName(), password.password(), judge);
    }
    if (logIn instanceof LogIn.Certificate certificate) {
      IdentityProvider signing = signing(certificate);
      return (endpoint, nonce) -> {
        if (config.security().isNone()) {
          requireTrusted(endpoint, judge);
        }
        return signing.getIdentityToken(endpoint, nonce);
      };
    }
    return AnonymousProvider.INSTANCE;
  }

  private IdentityProvider signing(LogIn.Certificate logIn) throws LinkException {
    try {
      UserCertificate user = logIn.read();
      Optional<String> problem = user.problem(Instant.now());
      if (problem.isPresent()) {
        throw new LinkException(
            "Log-in at "
                + config.endpointUrl()
                + " failed: "
                + problem.get()
                + ".\nMaybe a new one, with its key, belongs into "
                + logIn.certificateFile()
                + "; no restart is needed.");
      }
      return new X509IdentityProvider(user.certificate(), user.key());
    } catch (PkiException e) {
      throw new LinkException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Whoever a signature is made for has to be known; a secure channel has seen to that. */
  private static void requireTrusted(EndpointDescription endpoint, CertificateValidator judge)
      throws UaException {
    judge.validateCertificateChain(
        CertificateUtil.decodeCertificates(endpoint.getServerCertificate().bytesOrEmpty()),
        endpoint.getServer().getApplicationUri(),
        new String[] {EndpointUtil.getHost(endpoint.getEndpointUrl())});
  }
}
