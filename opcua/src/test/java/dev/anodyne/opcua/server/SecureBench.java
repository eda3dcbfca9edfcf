package dev.anodyne.opcua.server;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.ChannelPolicy;
import dev.anodyne.opcua.security.PasswordHash;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.opcua.security.Role;
import dev.anodyne.opcua.security.UserAccount;
import dev.anodyne.opcua.security.UserDirectory;
import dev.anodyne.opcua.server.TestCertificates.Pair;
import dev.anodyne.opcua.server.audit.AuditEntry;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;

/** A server with a charger's tags and users of all kinds, and clients of every kind. */
final class SecureBench implements AutoCloseable {
  static final String CLIENT_URI = "urn:anodyne:test:client";
  static final String PASSWORD = "correct horse";

  /** One hash for all tests: hashing takes its time on purpose. */
  private static final PasswordHash HASH = PasswordHash.of(PASSWORD);

  private static final long SECONDS = 60;

  /** The user "panel", who has a certificate. */
  static final Pair PANEL = made("panel");

  /** The certificate of a client whom the server trusts. */
  static final Pair CLIENT = made("client");

  final List<AuditEntry> notes = new CopyOnWriteArrayList<>();
  final PkiDirectory pki;
  final SecureServer server;
  private final List<OpcUaClient> clients = new ArrayList<>();

  /** The clock by which wrong log-ins wait; it stands still unless it is moved. */
  final AtomicLong loginNanos = new AtomicLong(1);

  SecureBench(Path directory, UnaryOperator<SecureServerConfig> change) throws Exception {
    pki =
        PkiDirectory.open(
            directory.resolve("server"),
            ApplicationIdentity.onThisHost("Server", "urn:anodyne:test:server"));
    pki.trust(CLIENT.certificate());
    server =
        new SecureServer(
            change.apply(
                new SecureServerConfig(
                        "Server", "127.0.0.1", freePort(), "127.0.0.1", pki, users(Role.OBSERVER))
                    .with(notes::add)),
            loginNanos::get);
    server.addTags("CH01", EnumSet.allOf(ChargerTag.class), Map.of(), written -> {});
    server.start();
  }

  /** One of each role with a password, "panel" with a certificate, and whoever comes. */
  static UserDirectory users(Role anonymous) {
    return new UserDirectory(
        Map.of(
            "observer", UserAccount.withPassword(Role.OBSERVER, HASH),
            "operator", UserAccount.withPassword(Role.OPERATOR, HASH),
            "engineer", UserAccount.withPassword(Role.ENGINEER, HASH),
            "admin", UserAccount.withPassword(Role.ADMIN, HASH),
            "panel", UserAccount.withCertificate(Role.OBSERVER, PANEL.certificate())),
        anonymous);
  }

  static SecureServerConfig withUsers(SecureServerConfig config, UserDirectory users) {
    return new SecureServerConfig(
        config.applicationName(),
        config.bindAddress(),
        config.port(),
        config.advertisedHost(),
        config.pki(),
        users,
        config.security(),
        config.limits(),
        config.logins(),
        config.audit());
  }

  OpcUaClient connect(String user) throws Exception {
    return connect(ChannelPolicy.BASIC256_SHA256, new UsernameProvider(user, PASSWORD), CLIENT);
  }

  OpcUaClient connect(ChannelPolicy policy, IdentityProvider identity, Pair client)
      throws Exception {
    return connect(endpoint(policy), identity, client, CLIENT_URI);
  }

  EndpointDescription endpoint(ChannelPolicy policy) throws Exception {
    return endpoints().stream()
        .filter(e -> policy.policy().getUri().equals(e.getSecurityPolicyUri()))
        .filter(e -> !e.getEndpointUrl().endsWith("/discovery"))
        .findFirst()
        .orElseThrow();
  }

  List<EndpointDescription> endpoints() throws Exception {
    return DiscoveryClient.getEndpoints(server.endpointUrl() + "/discovery")
        .get(SECONDS, TimeUnit.SECONDS);
  }

  OpcUaClient connect(
      EndpointDescription endpoint, IdentityProvider identity, Pair client, String uri)
      throws Exception {
    OpcUaClient made =
        OpcUaClient.create(
            OpcUaClientConfig.builder()
                .setApplicationName(LocalizedText.english("Client"))
                .setApplicationUri(uri)
                .setEndpoint(endpoint)
                .setKeyPair(client.key())
                .setCertificate(client.certificate())
                .setCertificateChain(new X509Certificate[] {client.certificate()})
                .setIdentityProvider(identity)
                .setRequestTimeout(uint(60_000))
                .build());
    clients.add(made);
    try {
      made.connectAsync().get(SECONDS, TimeUnit.SECONDS);
      return made;
    } catch (ExecutionException e) {
      // It would try again for ever.
      made.disconnectAsync();
      throw e;
    }
  }

  /** Why somebody cannot connect, by name; "connected" when it can. */
  String refusal(ChannelPolicy policy, IdentityProvider identity, Pair client) {
    return refusal(policy, identity, client, CLIENT_URI);
  }

  String refusal(ChannelPolicy policy, IdentityProvider identity, Pair client, String uri) {
    try {
      connect(endpoint(policy), identity, client, uri);
      return "connected";
    } catch (Exception e) {
      return UaException.extractStatusCode(e)
          .flatMap(status -> StatusCodes.lookup(status.value()))
          .map(words -> words[0])
          .orElseGet(e::toString);
    }
  }

  /** The node of a tag. */
  static NodeId node(OpcUaClient client, String path) throws Exception {
    return new NodeId(
        client.readNamespaceTable().getIndex(ChargerTag.NAMESPACE_URI), "CH01." + path);
  }

  /** What was noted of a kind. */
  List<AuditEntry> noted(AuditEntry.Kind kind) {
    return notes.stream().filter(entry -> entry.kind() == kind).toList();
  }

  static Pair made(String name) {
    try {
      return TestCertificates.maker(name, CLIENT_URI).ownKey().make();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws java.io.IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    clients.forEach(OpcUaClient::disconnectAsync);
    server.close();
    pki.close();
  }
}
