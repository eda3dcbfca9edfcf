package dev.anodyne.opcua.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.opcua.server.station.StationUnderAttack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.UaMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.GetEndpointsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.GetEndpointsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ServiceFault;
import org.eclipse.milo.opcua.stack.core.types.structured.UserNameIdentityToken;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody can do who wants to log in and has no password. */
final class LogInAttackTest {
  private static final String OAEP = Passwords.OAEP;
  private static final String PKCS1 = "http://www.w3.org/2001/04/xmlenc#rsa-1_5";

  @TempDir private static Path directory;
  private static StationUnderAttack station;
  private static Siege siege;

  @BeforeAll
  static void start() throws Exception {
    station = StationUnderAttack.open(directory);
    siege = new Siege(station);
  }

  @AfterAll
  static void stop() {
    station.close();
  }

  private static long logIn(String from, String user, String algorithm, Secret secret)
      throws Exception {
    try (RawClient client = new RawClient(station.port(), from).hello(station.url()).open()) {
      CreateSessionResponse session = client.create(station.url());
      UserNameIdentityToken token =
          new UserNameIdentityToken("username", user, ByteString.of(secret.of(session)), algorithm);
      UaMessageType answer =
          client.ask(Requests.activate(session.getAuthenticationToken(), Requests.encoded(token)));
      if (answer instanceof ServiceFault fault) {
        return fault.getResponseHeader().getServiceResult().value();
      }
      assertThat(answer).isInstanceOf(ActivateSessionResponse.class);
      client.ask(Requests.close(session.getAuthenticationToken(), true));
      return StatusCodes.Good;
    }
  }

  /** What is sent as the password. */
  private interface Secret {
    byte[] of(CreateSessionResponse session) throws Exception;
  }

  /**
   * Secrets that decrypt badly are refused exactly like wrong passwords: nothing is to be learnt.
   */
  @Test
  void tokenPaddingOracle() throws Exception {
    byte[] junk = new byte[256];
    new Random(7).nextBytes(junk);
    junk[0] = 0;
    byte[] shortJunk = new byte[100];
    List<Secret> secrets =
        List.of(
            s -> Passwords.secret(station, s, Passwords.OAEP_CIPHER, -1, "wrong"),
            s -> junk,
            s -> shortJunk,
            s -> new byte[0],
            s -> new byte[1024],
            s -> Passwords.secret(station, s, Passwords.OAEP_CIPHER, 0x7FFFFFFF, "wrong"),
            s -> Passwords.secret(station, s, Passwords.OAEP_CIPHER, 3, "wrong"),
            s -> Passwords.secret(station, s, Passwords.OAEP_CIPHER, 90, "wrong"),
            s -> Passwords.secret(station, s, "RSA/ECB/PKCS1Padding", -1, "wrong"));
    Set<String> answers = new TreeSet<>();
    Siege.Attack probing =
        () -> {
          for (int i = 0; i < secrets.size(); i++) {
            long status =
                logIn("127.0.1." + (i + 1), StationUnderAttack.OPERATOR, OAEP, secrets.get(i));
            answers.add(Long.toHexString(status));
          }
        };
    siege.attack(probing);
    assertThat(answers).as("ways to be refused").hasSize(1);
  }

  /** No deprecated policy, no password in clear text, no algorithm of the client's own choice. */
  @Test
  void insecureTokenPolicies() throws Exception {
    try (RawClient client =
        new RawClient(station.port()).hello(station.url() + "/discovery").open()) {
      var endpoints =
          (GetEndpointsResponse)
              client.ask(
                  new GetEndpointsRequest(
                      Requests.header(client.session()), station.url(), null, null));
      for (var endpoint : endpoints.getEndpoints()) {
        assertThat(endpoint.getSecurityPolicyUri()).doesNotEndWith("Basic128Rsa15");
        assertThat(endpoint.getSecurityPolicyUri()).doesNotEndWith("#Basic256");
        UserTokenPolicy[] policies = endpoint.getUserIdentityTokens();
        for (UserTokenPolicy policy : policies == null ? new UserTokenPolicy[0] : policies) {
          if (policy.getPolicyId().equals("username")) {
            assertThat(policy.getSecurityPolicyUri())
                .as("how a password is encrypted")
                .matches(".*#(Basic256Sha256|Aes128_Sha256_RsaOaep|Aes256_Sha256_RsaPss)");
          }
        }
      }
    }
    for (String policy : List.of("Basic128Rsa15", "Basic256", "Nonsense")) {
      try (RawClient client = new RawClient(station.port()).hello(station.url())) {
        client.send(
            Wire.open(
                "http://opcfoundation.org/UA/SecurityPolicy#" + policy,
                Certificates.server(station),
                Certificates.thumbprint(station)));
        assertThat(client.error()).as(policy).isNotZero();
      }
    }
    byte[] clear = "correct horse".getBytes(StandardCharsets.UTF_8);
    assertThat(logIn("127.0.1.50", StationUnderAttack.OPERATOR, null, s -> clear))
        .as("the right password in clear text")
        .isNotEqualTo(StatusCodes.Good);
    assertThat(
            logIn(
                "127.0.1.51",
                StationUnderAttack.OPERATOR,
                PKCS1,
                s -> Passwords.secret(station, s, "RSA/ECB/PKCS1Padding", -1, "correct horse")))
        .as("the right password with PKCS #1 v1.5")
        .isNotEqualTo(StatusCodes.Good);
    assertThat(
            logIn(
                "127.0.1.52",
                StationUnderAttack.OPERATOR,
                OAEP,
                s -> Passwords.secret(station, s, Passwords.OAEP_CIPHER, -1, "correct horse")))
        .as("the right password as it should be")
        .isEqualTo(StatusCodes.Good);
  }

  /** Wrong passwords from many addresses at once: each costs the server tens of milliseconds. */
  @Test
  void wrongPasswordFlood() throws Exception {
    List<Siege.Attack> floods = new ArrayList<>();
    for (int a = 0; a < 6; a++) {
      String from = "127.0.2." + (a + 1);
      floods.add(
          () -> {
            for (int i = 0; i < 6; i++) {
              try {
                assertThat(
                        logIn(
                            from,
                            "somebody" + i,
                            OAEP,
                            s -> Passwords.secret(station, s, Passwords.OAEP_CIPHER, -1, "guess")))
                    .isNotEqualTo(StatusCodes.Good);
              } catch (IOException e) {
                // No session for those who guess: as good.
              }
            }
          });
    }
    siege.attack(floods.toArray(Siege.Attack[]::new));
  }
}
