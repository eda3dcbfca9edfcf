package dev.anodyne.opcua.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.security.PkiDirectory;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Period;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A certificate that is not in order ends the log-in, and the message says what is wrong. */
class CertificateRefusalTest {
  private static final Period VALID = Period.ofYears(1);

  /** From this midnight to this midnight. */
  private static final Period EXPIRED = Period.ZERO;

  /** Shared by all tests: making a key takes longer than most of them. */
  @TempDir static Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          urn:anodyne:test:rogue | 127.0.0.1         | EXPIRED | the server's certificate has expired, or is not valid yet (Bad_CertificateTimeInvalid) | this machine's clock is wrong
          urn:somebody:else      | 127.0.0.1         | VALID   | the server's certificate carries another application URI (Bad_CertificateUriInvalid) | it calls itself urn:anodyne:test:rogue
          urn:anodyne:test:rogue | elsewhere.example | VALID   | the server's certificate carries another host name (Bad_CertificateHostNameInvalid) | it names 127.0.0.1
          """)
  void aTrustedCertificateMustBeInOrder(
      String uri, String host, String validity, String message, String hint) throws Exception {
    X509Certificate wrong =
        RogueServer.certificate(uri, host, validity.equals("VALID") ? VALID : EXPIRED);
    try (RogueServer server = new RogueServer(wrong)) {
      assertThatThrownBy(() -> open(server, LogIn.ANONYMOUS, wrong))
          .isInstanceOf(LinkException.class)
          .hasMessageStartingWith("Log-in at " + server.url() + " failed: " + message)
          .hasMessageContaining("\nMaybe ")
          .hasMessageContaining(hint);
    }
  }

  @Test
  void aCertificateInOrderMustBeTrusted() throws Exception {
    X509Certificate good = RogueServer.certificate(RogueServer.URI, "127.0.0.1", VALID);
    X509Certificate other = RogueServer.certificate(RogueServer.URI, "localhost", VALID);
    try (RogueServer server = new RogueServer(good)) {
      assertThatThrownBy(() -> open(server, LogIn.ANONYMOUS, other))
          .isInstanceOf(LinkException.class)
          .hasMessageContaining("the server's certificate is not trusted (Bad_")
          .hasMessageContaining("anodyne opcua trust");
      // Trusted, it gets as far as the tags, which this server does not have.
      assertThatThrownBy(() -> open(server, LogIn.ANONYMOUS, good))
          .isInstanceOf(LinkException.class)
          .hasMessageContaining(ChargerTag.NAMESPACE_URI);
    }
  }

  @Test
  void anExpiredUserCertificateIsNotEvenShown() throws Exception {
    X509Certificate good = RogueServer.certificate(RogueServer.URI, "127.0.0.1", VALID);
    Path certificate = directory.resolve("user.der");
    Files.write(
        certificate, RogueServer.certificate("urn:user", "localhost", EXPIRED).getEncoded());
    StringWriter pem = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(pem)) {
      writer.writeObject(RogueServer.keyPair().getPrivate());
    }
    Path key = Files.writeString(directory.resolve("user.pem"), pem.toString());
    try (FakeCharger server = new FakeCharger(directory.resolve("charger"))) {
      OpcUaChargerConfig config = server.trustedClient(directory.resolve("client"));
      ServerOffer offer = EndpointFinder.find(config);
      OpcUaChargerConfig byCertificate =
          config.withSecurity(ClientSecurity.best(new LogIn.Certificate(certificate, key)));
      try (PkiDirectory pki = PkiDirectory.open(config.pkiDirectory(), config.identity())) {
        assertThatThrownBy(() -> ClientFactory.connect(byCertificate, pki, offer))
            .isInstanceOf(LinkException.class)
            .hasMessageContaining("the user's certificate was valid until")
            .hasMessageContaining("no restart is needed");
      }
      assertThatThrownBy(() -> EndpointFinder.find(byCertificate))
          .isInstanceOf(LinkException.class)
          .hasMessageContaining("takes no log-in by user certificate; it takes user name");
    }
  }

  private static void open(RogueServer server, LogIn logIn, X509Certificate trusted)
      throws Exception {
    Path own = directory.resolve("client");
    OpcUaChargerConfig config =
        OpcUaChargerConfig.of(
            server.url(),
            RogueServer.client(),
            own,
            ClientSecurity.best(logIn),
            TagMapping.bench("CH01"));
    try (PkiDirectory pki = PkiDirectory.open(own, config.identity())) {
      pki.trust(trusted);
      ChargerConnection.open(config, pki, ChargerTag.CHARGER, () -> {}).close();
    }
  }
}
