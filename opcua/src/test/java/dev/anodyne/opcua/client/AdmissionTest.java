package dev.anodyne.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.opcua.server.PortInUseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.stack.core.Stack;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.UserTokenType;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in and who is not. */
class AdmissionTest {
  @TempDir Path directory;
  private FakeCharger server;

  @BeforeEach
  void startServer() throws Exception {
    server = new FakeCharger(directory.resolve("server"));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void wrongPasswordIsRefused() {
    OpcUaChargerConfig good = server.trustedClient(directory.resolve("client"));
    OpcUaChargerConfig wrong =
        OpcUaChargerConfig.of(
            good.endpointUrl(),
            good.identity(),
            good.pkiDirectory(),
            FakeCharger.USER,
            "wrong",
            TagMapping.bench("CH01"));
    assertThatThrownBy(() -> open(wrong))
        .isInstanceOf(LinkException.class)
        .hasMessageContaining("user name or password refused");
    assertThat(server.server().sessionCount()).isZero();
  }

  @Test
  void untrustedClientIsRefusedAndItsCertificateKeptForInspection() throws Exception {
    OpcUaChargerConfig strange = server.strangeClient(directory.resolve("client"));
    try (PkiDirectory client = PkiDirectory.open(strange.pkiDirectory(), strange.identity())) {
      client.trust(server.pki().certificate());
    }
    assertThatThrownBy(() -> open(strange)).isInstanceOf(LinkException.class);
    try (Stream<Path> rejected = Files.list(directory.resolve("server/rejected"))) {
      assertThat(rejected).hasSize(1);
    }
  }

  @Test
  void clientDoesNotTalkToAServerItDoesNotTrust() throws Exception {
    OpcUaChargerConfig strange = server.strangeClient(directory.resolve("client"));
    try (PkiDirectory client = PkiDirectory.open(strange.pkiDirectory(), strange.identity())) {
      server.pki().trust(client.certificate());
    }
    assertThatThrownBy(() -> open(strange))
        .isInstanceOf(LinkException.class)
        .hasMessageContaining("certificate is not trusted");
    assertThat(server.server().sessionCount()).isZero();
  }

  @Test
  void applicationUriMustBeTheCertificates() throws Exception {
    OpcUaChargerConfig good = server.trustedClient(directory.resolve("client"));
    OpcUaChargerConfig liar =
        OpcUaChargerConfig.of(
            good.endpointUrl(),
            new ApplicationIdentity("Liar", "urn:somebody:else", List.of(), List.of()),
            good.pkiDirectory(),
            good.security(),
            good.mapping());
    ServerOffer offer = EndpointFinder.find(good);
    try (PkiDirectory pki = PkiDirectory.open(good.pkiDirectory(), good.identity())) {
      assertThatThrownBy(() -> ClientFactory.connect(liar, pki, offer))
          .isInstanceOf(LinkException.class)
          .hasMessageContaining("this application's certificate carries another application URI");
    }
  }

  @Test
  void onlyEncryptedEndpointsAndDiscoveryAreOffered() throws Exception {
    List<EndpointDescription> endpoints =
        DiscoveryClient.getEndpoints(server.url() + "/discovery").get();
    assertThat(endpoints)
        .isNotEmpty()
        .allSatisfy(
            endpoint -> {
              assertThat(ClientSecurity.PROTECTING)
                  .extracting(SecurityPolicy::getUri)
                  .contains(endpoint.getSecurityPolicyUri());
              assertThat(endpoint.getSecurityMode()).isEqualTo(MessageSecurityMode.SignAndEncrypt);
              assertThat(endpoint.getUserIdentityTokens())
                  .extracting(UserTokenPolicy::getTokenType)
                  .containsExactly(UserTokenType.UserName);
            });
  }

  @Test
  void nobodyLogsInWithoutEncryption() throws Exception {
    List<IdentityProvider> identities =
        List.of(
            AnonymousProvider.INSTANCE,
            new UsernameProvider(FakeCharger.USER, FakeCharger.PASSWORD));
    for (String path : List.of("", "/discovery")) {
      for (IdentityProvider identity : identities) {
        OpcUaClient client =
            OpcUaClient.create(
                OpcUaClientConfig.builder()
                    .setEndpoint(unencrypted(server.url() + path))
                    .setIdentityProvider(identity)
                    .setRequestTimeout(uint(2000))
                    .build());
        try {
          // Some refusals end the attempt, after others the library keeps trying.
          assertThatThrownBy(() -> client.connectAsync().get(700, TimeUnit.MILLISECONDS))
              .as("%s at '%s'", identity, path)
              .isInstanceOfAny(ExecutionException.class, TimeoutException.class);
          assertThat(server.server().sessionCount()).isZero();
        } finally {
          client.disconnectAsync();
        }
      }
    }
    assertThat(server.server().sessionCount()).isZero();
  }

  /** What a client makes up that wants no security: the server never offers it. */
  private static EndpointDescription unencrypted(String url) {
    return new EndpointDescription(
        url,
        null,
        null,
        MessageSecurityMode.None,
        SecurityPolicy.None.getUri(),
        new UserTokenPolicy[] {
          new UserTokenPolicy("anonymous", UserTokenType.Anonymous, null, null, null),
          new UserTokenPolicy(
              "username", UserTokenType.UserName, null, null, SecurityPolicy.None.getUri())
        },
        Stack.TCP_UASC_UABINARY_TRANSPORT_URI,
        ubyte(0));
  }

  @Test
  void takenPortIsNamed() {
    assertThatThrownBy(() -> new FakeCharger(directory.resolve("other"), server.port()))
        .isInstanceOf(PortInUseException.class)
        .hasMessageContaining("Port " + server.port())
        .hasMessageContaining("Maybe");
  }

  private void open(OpcUaChargerConfig config) throws Exception {
    try (PkiDirectory pki = PkiDirectory.open(config.pkiDirectory(), config.identity());
        ChargerConnection connection =
            ChargerConnection.open(config, pki, ChargerTag.CHARGER, () -> {})) {
      assertThat(connection).isNotNull();
    }
  }
}
