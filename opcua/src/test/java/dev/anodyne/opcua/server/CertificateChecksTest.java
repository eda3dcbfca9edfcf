package dev.anodyne.opcua.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.opcua.security.ChannelPolicy;
import dev.anodyne.opcua.server.TestCertificates.Pair;
import dev.anodyne.opcua.server.audit.AuditEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of clients with every fault, and the server's own when it is renewed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CertificateChecksTest {
  private static final String URI = SecureBench.CLIENT_URI;
  private static final Instant NOW = Instant.now();

  private Path directory;
  private SecureBench bench;
  private Pair authority;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    directory = temporary;
    bench = new SecureBench(directory, c -> c);
    authority = TestCertificates.maker("Authority", "").ownKey().authority().make();
    Path server = directory.resolve("server");
    Files.write(
        server.resolve("trusted/certs/authority.der"), authority.certificate().getEncoded());
    crl(TestCertificates.revoked(authority));
  }

  @AfterAll
  void stop() {
    bench.close();
  }

  private void crl(X509CRL list) throws Exception {
    Files.write(directory.resolve("server/trusted/crl/authority.crl"), list.getEncoded());
  }

  private String refusal(Pair client) {
    return refusal(client, URI);
  }

  private String refusal(Pair client, String uri) {
    return bench.refusal(
        ChannelPolicy.BASIC256_SHA256,
        new UsernameProvider("operator", SecureBench.PASSWORD),
        client,
        uri);
  }

  /** Trust comes from the folder, which is watched. */
  private void trust(X509Certificate certificate) {
    bench.pki.trust(certificate);
  }

  @Test
  void aTrustedOneConnects() {
    assertThat(refusal(SecureBench.CLIENT)).isEqualTo("connected");
  }

  @Test
  void oneThatNobodyTrustsIsKeptForInspection() throws Exception {
    Pair stranger = TestCertificates.maker("stranger", URI).make();
    assertThat(refusal(stranger)).isEqualTo("Bad_SecurityChecksFailed");
    assertThat(bench.noted(AuditEntry.Kind.CERTIFICATE_REFUSED))
        .anySatisfy(
            entry -> {
              assertThat(((AuditEntry.Certificate) entry.action()).certificate())
                  .isEqualTo(stranger.certificate());
              assertThat(entry.client().address()).isEqualTo("127.0.0.1");
            });
    try (var files = Files.list(directory.resolve("server/rejected"))) {
      assertThat(files)
          .anySatisfy(
              file ->
                  assertThat(Files.readAllBytes(file))
                      .isEqualTo(stranger.certificate().getEncoded()));
    }
  }

  @Test
  void oneOutsideOfItsTimeIsRefused() throws Exception {
    Pair expired =
        TestCertificates.maker("expired", URI)
            .valid(NOW.minus(Duration.ofDays(3)), NOW.minus(Duration.ofDays(1)))
            .make();
    Pair early =
        TestCertificates.maker("early", URI)
            .valid(NOW.plus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(3)))
            .make();
    trust(expired.certificate());
    trust(early.certificate());
    assertThat(refusal(expired)).isEqualTo("Bad_CertificateTimeInvalid");
    assertThat(refusal(early)).isEqualTo("Bad_CertificateTimeInvalid");
  }

  @Test
  void oneForAnotherUseOrApplicationIsRefused() throws Exception {
    Pair usage = TestCertificates.maker("usage", URI).usage(KeyUsage.cRLSign).make();
    Pair servers = TestCertificates.maker("servers", URI).forServersOnly().make();
    trust(usage.certificate());
    trust(servers.certificate());
    assertThat(refusal(usage)).isEqualTo("Bad_CertificateUseNotAllowed");
    assertThat(refusal(servers)).isEqualTo("Bad_CertificateUseNotAllowed");
    assertThat(refusal(SecureBench.CLIENT, "urn:somebody:else"))
        .isEqualTo("Bad_CertificateUriInvalid");
  }

  @Test
  void weakOnesAreRefused() throws Exception {
    Pair small = TestCertificates.maker("small", URI).bits(1024).make();
    Pair old = TestCertificates.maker("old", URI).algorithm("SHA1withRSA").make();
    trust(small.certificate());
    trust(old.certificate());
    assertThat(refusal(small)).isEqualTo("Bad_CertificatePolicyCheckFailed");
    assertThat(refusal(old)).isEqualTo("Bad_CertificatePolicyCheckFailed");
  }

  @Test
  void oneOfATrustedAuthorityConnectsUntilItIsRevoked() throws Exception {
    Pair issued = TestCertificates.maker("issued", URI).by(authority).make();
    await("connected", issued);
    crl(TestCertificates.revoked(authority, issued.certificate()));
    await("Bad_SecurityChecksFailed", issued);
    crl(TestCertificates.revoked(authority));
    await("connected", issued);
  }

  @Test
  void oneOfAnotherAuthorityIsRefused() throws Exception {
    Pair other = TestCertificates.maker("Other authority", "").ownKey().authority().make();
    Pair issued = TestCertificates.maker("issued elsewhere", URI).by(other).make();
    assertThat(refusal(issued)).isEqualTo("Bad_SecurityChecksFailed");
    Pair forged =
        TestCertificates.maker("forged", URI)
            .by(new Pair(authority.certificate(), other.key()))
            .make();
    assertThat(refusal(forged)).as("the right name, another's key").isNotEqualTo("connected");
  }

  /** Cheap to refuse, dear to build a path of. */
  @Test
  void chainsWithLoopsAndLongOnesAreRefusedBeforeAnythingIsBuilt() throws Exception {
    Pair first = TestCertificates.maker("B", "").authority().make();
    Pair a = TestCertificates.maker("A", "").authority().by(first).make();
    Pair b = TestCertificates.maker("B", "").authority().by(a).make();
    Pair leaf = TestCertificates.maker("leaf", URI).by(a).make();
    assertThat(judged(leaf, a, b, a)).as("a loop").isEqualTo(StatusCodes.Bad_CertificateInvalid);
    assertThat(judged(leaf, b)).isEqualTo(StatusCodes.Bad_CertificateChainIncomplete);
    Pair[] chain = new Pair[6];
    chain[5] = first;
    for (int i = 4; i >= 0; i--) {
      chain[i] = TestCertificates.maker("CA" + i, "").authority().by(chain[i + 1]).make();
    }
    assertThat(judged(chain)).as("too long").isEqualTo(StatusCodes.Bad_CertificateInvalid);
  }

  private long judged(Pair... chain) {
    try {
      bench
          .pki
          .validatorOfServers()
          .validateCertificateChain(
              Arrays.stream(chain).map(Pair::certificate).toList(), null, null);
      return StatusCodes.Good;
    } catch (UaException e) {
      return e.getStatusCode().value();
    }
  }

  /** The folders are watched by the machine's means, which take their time. */
  private void await(String expected, Pair client) throws InterruptedException {
    long until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    String seen = refusal(client);
    while (!seen.equals(expected) && System.nanoTime() < until) {
      Thread.sleep(50);
      seen = refusal(client);
    }
    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void aRenewedOneCountsForNewConnectionsAndOpenOnesGoOn() throws Exception {
    OpcUaClient open = bench.connect("operator");
    X509Certificate before = bench.pki.certificate();
    X509Certificate renewed;
    try (var administrator =
        dev.anodyne.opcua.security.PkiDirectory.open(
            directory.resolve("server"), bench.pki.identity())) {
      renewed = administrator.renew();
    }
    assertThat(shown()).isEqualTo(before.getEncoded());
    bench.server.lookForRenewal();
    assertThat(shown()).isEqualTo(renewed.getEncoded());
    assertThat(state(open)).as("the connection from before").isTrue();
    assertThat(state(bench.connect("operator"))).as("a new one").isTrue();

    Files.writeString(directory.resolve("server/own/private/own.pem"), "half of a renewal");
    bench.server.lookForRenewal();
    assertThat(shown()).as("what does not fit is left").isEqualTo(renewed.getEncoded());
    assertThat(state(bench.connect("operator"))).isTrue();
  }

  private byte[] shown() throws Exception {
    return bench.endpoint(ChannelPolicy.BASIC256_SHA256).getServerCertificate().bytesOrEmpty();
  }

  private static boolean state(OpcUaClient client) throws UaException {
    return client
        .readValue(0.0, TimestampsToReturn.Both, NodeIds.Server_ServerStatus_State)
        .statusCode()
        .isGood();
  }
}
