package dev.anodyne.opcua.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.opcua.security.ChannelPolicy;
import dev.anodyne.opcua.server.TestCertificates.Pair;
import dev.anodyne.opcua.server.audit.AuditEntry;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.identity.AnonymousProvider;
import org.eclipse.milo.opcua.sdk.client.identity.IdentityProvider;
import org.eclipse.milo.opcua.sdk.client.identity.SignedIdentityToken;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.sdk.client.identity.X509IdentityProvider;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.SignatureData;
import org.eclipse.milo.opcua.stack.core.types.structured.UserNameIdentityToken;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies and identities, good and bad, at a live server. */
class LoginTest {
  private static final ChannelPolicy BASIC = ChannelPolicy.BASIC256_SHA256;

  @TempDir private Path directory;

  /** The client of the last policy needs a signature that Java's own provider calls otherwise. */
  @BeforeAll
  static void withBouncyCastle() {
    Security.addProvider(new BouncyCastleProvider());
  }

  private static SecureServerConfig withNone(SecureServerConfig config) {
    return config.with(new ChannelSecurity(Arrays.asList(ChannelPolicy.values()), false, false));
  }

  private static IdentityProvider panel(Pair pair) {
    return new X509IdentityProvider(pair.certificate(), pair.key().getPrivate());
  }

  @Test
  void everyPolicyTakesEveryIdentity() throws Exception {
    try (SecureBench bench = new SecureBench(directory, LoginTest::withNone)) {
      for (ChannelPolicy policy : ChannelPolicy.values()) {
        for (IdentityProvider identity :
            List.of(
                AnonymousProvider.INSTANCE,
                new UsernameProvider("operator", SecureBench.PASSWORD),
                panel(SecureBench.PANEL))) {
          OpcUaClient client = bench.connect(policy, identity, SecureBench.CLIENT);
          assertThat(
                  client
                      .readValue(0.0, TimestampsToReturn.Both, NodeIds.Server_ServerStatus_State)
                      .statusCode()
                      .isGood())
              .as("%s with %s", policy.word(), identity.getClass().getSimpleName())
              .isTrue();
          client.disconnect();
        }
      }
      assertThat(bench.noted(AuditEntry.Kind.LOGIN)).hasSize(12);
      assertThat(bench.noted(AuditEntry.Kind.LOGIN).get(1).client().user()).isEqualTo("operator");
      assertThat(bench.noted(AuditEntry.Kind.LOGIN).get(2).client().user()).isEqualTo("panel");
    }
  }

  @Test
  void nothingElseIsOfferedThanWhatIsConfigured() throws Exception {
    try (SecureBench bench =
        new SecureBench(directory, c -> SecureBench.withUsers(c, SecureBench.users(null)))) {
      assertThat(bench.endpoints())
          .filteredOn(e -> !e.getEndpointUrl().endsWith("/discovery"))
          .hasSize(3)
          .allSatisfy(
              e -> {
                assertThat(e.getSecurityPolicyUri())
                    .doesNotContain("#None", "Basic128", "Basic256#");
                assertThat(e.getSecurityMode().name()).isEqualTo("SignAndEncrypt");
                assertThat(e.getUserIdentityTokens())
                    .extracting(t -> t.getPolicyId())
                    .containsExactly("username", "certificate");
              });
    }
  }

  /** The password is encrypted on its own, so that nobody can read along. */
  @Test
  void signedMessagesAreOfferedWhenConfigured() throws Exception {
    ChannelSecurity signed = new ChannelSecurity(ChannelPolicy.PROTECTING, true, false);
    try (SecureBench bench = new SecureBench(directory, c -> c.with(signed))) {
      var endpoint =
          bench.endpoints().stream()
              .filter(e -> e.getSecurityMode() == MessageSecurityMode.Sign)
              .findFirst()
              .orElseThrow();
      OpcUaClient client =
          bench.connect(
              endpoint,
              new UsernameProvider("operator", SecureBench.PASSWORD),
              SecureBench.CLIENT,
              SecureBench.CLIENT_URI);
      assertThat(client.readNamespaceTable().toArray()).isNotEmpty();
    }
  }

  @Test
  void whoIsNotKnownStaysOut() throws Exception {
    try (SecureBench bench =
        new SecureBench(directory, c -> SecureBench.withUsers(c, SecureBench.users(null)))) {
      assertThat(bench.refusal(BASIC, new UsernameProvider("operator", "x"), SecureBench.CLIENT))
          .isEqualTo("Bad_UserAccessDenied");
      assertThat(bench.refusal(BASIC, new UsernameProvider("nobody", "x"), SecureBench.CLIENT))
          .as("the same as for a wrong password")
          .isEqualTo("Bad_UserAccessDenied");
      assertThat(bench.refusal(BASIC, panel(SecureBench.made("stranger")), SecureBench.CLIENT))
          .isEqualTo("Bad_IdentityTokenRejected");
      Pair stolen = new Pair(SecureBench.PANEL.certificate(), SecureBench.made("thief").key());
      assertThat(bench.refusal(BASIC, panel(stolen), SecureBench.CLIENT))
          .as("the certificate without its key")
          .isEqualTo("Bad_IdentityTokenRejected");
      assertThat(bench.noted(AuditEntry.Kind.LOGIN_REFUSED))
          .extracting(entry -> entry.client().user())
          .containsExactly("operator", "nobody", "CN=stranger", "CN=panel");
      assertThat(bench.noted(AuditEntry.Kind.LOGIN_REFUSED).get(0).client().applicationUri())
          .isEqualTo(SecureBench.CLIENT_URI);
      assertThat(bench.server.sessionCount()).isZero();
    }
  }

  @Test
  void anExpiredUserCertificateIsRefused() throws Exception {
    Pair expired =
        TestCertificates.maker("expired", "urn:x")
            .valid(Instant.now().minus(Duration.ofDays(2)), Instant.now().minus(Duration.ofDays(1)))
            .make();
    var users =
        new dev.anodyne.opcua.security.UserDirectory(
            java.util.Map.of(
                "expired",
                dev.anodyne.opcua.security.UserAccount.withCertificate(
                    dev.anodyne.opcua.security.Role.ADMIN, expired.certificate())),
            null);
    try (SecureBench bench = new SecureBench(directory, c -> SecureBench.withUsers(c, users))) {
      assertThat(bench.refusal(BASIC, panel(expired), SecureBench.CLIENT))
          .isEqualTo("Bad_IdentityTokenRejected");
    }
  }

  /** Without encryption of its own it would be readable on a channel without protection. */
  @Test
  void aPasswordInClearTextIsRefusedEvenWhenItIsRight() throws Exception {
    IdentityProvider clear =
        (endpoint, nonce) ->
            new SignedIdentityToken(
                new UserNameIdentityToken(
                    "username",
                    "operator",
                    ByteString.of(
                        SecureBench.PASSWORD.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                    null),
                new SignatureData(null, null));
    try (SecureBench bench = new SecureBench(directory, LoginTest::withNone)) {
      assertThat(bench.refusal(ChannelPolicy.NONE, clear, SecureBench.CLIENT))
          .isEqualTo("Bad_IdentityTokenRejected");
    }
  }

  /** Three hundred and thirty-three of them got through the plain library in five seconds. */
  @Test
  void guessesAreHeldUpAndOthersAreNot() throws Exception {
    try (SecureBench bench = new SecureBench(directory, c -> c)) {
      for (int i = 0; i < 8; i++) {
        assertThat(bench.refusal(BASIC, new UsernameProvider("operator", "x"), SecureBench.CLIENT))
            .isEqualTo("Bad_UserAccessDenied");
      }
      assertThat(bench.noted(AuditEntry.Kind.LOGIN_REFUSED))
          .extracting(AuditEntry::message)
          .as("five are looked at, the others refused unseen")
          .satisfies(
              messages -> {
                assertThat(messages.subList(0, 5))
                    .allMatch("user name or password is wrong"::equals);
                assertThat(messages.subList(5, 8)).allMatch(m -> m.startsWith("too many"));
              });
      UsernameProvider right = new UsernameProvider("operator", SecureBench.PASSWORD);
      assertThat(bench.refusal(BASIC, right, SecureBench.CLIENT))
          .as("the right one has to wait, too")
          .isEqualTo("Bad_UserAccessDenied");
      assertThat(
              bench.refusal(
                  BASIC, new UsernameProvider("admin", SecureBench.PASSWORD), SecureBench.CLIENT))
          .as("another user")
          .isEqualTo("connected");
      bench.loginNanos.addAndGet(Duration.ofSeconds(1).toNanos());
      assertThat(bench.refusal(BASIC, right, SecureBench.CLIENT)).isEqualTo("connected");
    }
  }
}
