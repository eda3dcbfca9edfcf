package dev.anodyne.controller.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.opcua.client.ClientSecurity;
import dev.anodyne.opcua.client.LogIn;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PkiDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of a connector's {@code charger} that are about security. */
class ChargerSecurityReaderTest {
  private static final String STATION =
      """
      connectors:
        - id: C1
          charger:
            endpoint: opc.tcp://%s:4841/anodyne
      %s
          battery: {cell: lgm50, layout: 4s2p}
      """;

  private static final String USER = "user: controller|password: secret";

  @TempDir static Path folder;

  @BeforeAll
  static void makeUserCertificates() throws IOException {
    ApplicationIdentity user = ApplicationIdentity.onThisHost("User", "urn:anodyne:test:user");
    for (String name : new String[] {"one", "two"}) {
      PkiDirectory.open(folder.resolve(name), user).close();
    }
    Files.writeString(folder.resolve("no.pem"), "no key");
    Files.writeString(folder.resolve("pw"), "hidden");
  }

  private static ClientSecurity read(String host, String keys) throws IOException {
    String indented = "      " + keys.replace("|", "\n      ");
    Path file =
        Files.writeString(folder.resolve("station.yaml"), STATION.formatted(host, indented));
    return StationConfigReader.read(file).connectors().get(0).charger().security();
  }

  @Test
  void theBestThatEncryptsIsUsedUnlessSomethingElseIsSaid() throws IOException {
    assertThat(read("charger.example", USER))
        .isEqualTo(ClientSecurity.best(new LogIn.Password("controller", "secret")));
    assertThat(read("charger.example", USER + "|securityPolicy: auto").policy()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss", "None"})
  void everyPolicyCanBeNamed(String policy) throws IOException {
    assertThat(read("localhost", USER + "|securityPolicy: " + policy).policy())
        .isEqualTo(Optional.of(SecurityPolicy.valueOf(policy)));
  }

  @Test
  void noneMayBeAllowedBeyondThisMachineAndSigningAloneToo() throws IOException {
    String beyond = "|securityPolicy: None|allowNoneBeyondLoopback: true";
    assertThat(read("charger.example", USER + beyond).isNone()).isTrue();
    assertThat(read("charger.example", USER + "|securityMode: Sign").mode())
        .isEqualTo(Optional.of(MessageSecurityMode.Sign));
  }

  @Test
  void everyLogInCanBeNamed() throws IOException {
    assertThat(read("localhost", "user: me|passwordFile: pw").logIn())
        .isEqualTo(new LogIn.Password("me", "hidden"));
    assertThat(read("localhost", "anonymous: true").logIn()).isEqualTo(LogIn.ANONYMOUS);
    String files =
        "userCertificateFile: one/own/certs/own.der|userKeyFile: one/own/private/own.pem";
    LogIn logIn = read("localhost", files).logIn();
    assertThat(logIn)
        .isEqualTo(
            new LogIn.Certificate(
                folder.resolve("one/own/certs/own.der"),
                folder.resolve("one/own/private/own.pem")));
    assertThat(((LogIn.Certificate) logIn).read().key().getAlgorithm()).isEqualTo("RSA");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          charger.example; user: u|password: p|securityPolicy: None; 7; securityPolicy; on this machine
          charger.example; user: u|password: p|securityPolicy: Basic256; 7; securityPolicy; Maybe auto is meant
          charger.example; user: u|password: p|securityPolicy: basic256sha256; 7; securityPolicy; Maybe Basic256Sha256 is meant
          charger.example; user: u|password: p|securityMode: Encrypt; 7; securityMode; SignAndEncrypt, Sign
          localhost; user: u|password: p|securityPolicy: None|securityMode: Sign; 8; securityMode; nothing with securityPolicy: None
          localhost; user: u|password: p|allowNoneBeyondLoopback: true; 7; allowNoneBeyondLoopback; only with securityPolicy: None
          localhost; pki: x; 3; user; or userCertificateFile with userKeyFile, or anonymous
          localhost; anonymous: true|user: u|password: p; 5; anonymous; one log-in
          localhost; anonymous: true|password: p; 6; password; only with user
          localhost; password: p; 3; user; the user name that belongs to password
          localhost; user: u; 3; passwordFile; a file with the password
          localhost; user: u|password: p|passwordFile: pw; 7; passwordFile; not both
          localhost; userKeyFile: one/own/private/own.pem; 3; userCertificateFile; DER or PEM
          localhost; userCertificateFile: one/own/certs/own.der; 3; userKeyFile; without a password
          localhost; userCertificateFile: one/own/certs/own.der|userKeyFile: two/own/private/own.pem; 5; userCertificateFile; does not belong to
          localhost; userCertificateFile: one/own/certs/own.der|userKeyFile: no.pem; 5; userCertificateFile; PEM without a password
          localhost; userCertificateFile: gone.der|userKeyFile: no.pem; 5; userCertificateFile; gone.der
          """)
  void whatDoesNotFitIsNamedWithItsLine(
      String host, String keys, int line, String key, String allowed) {
    assertThatThrownBy(() -> read(host, keys))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("station.yaml:" + line + ": connectors[0].charger." + key)
        .hasMessageContaining(allowed)
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("'p'");
  }
}
