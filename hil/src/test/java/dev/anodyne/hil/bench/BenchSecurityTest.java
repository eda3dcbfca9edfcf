package dev.anodyne.hil.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.opcua.client.ClientSecurity;
import dev.anodyne.opcua.client.LogIn;
import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.opcua.client.ToolException;
import dev.anodyne.opcua.client.ToolSession;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.ChannelPolicy;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.opcua.server.ChannelSecurity;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every policy with every identity, from log-in to a command that the bench takes. */
class BenchSecurityTest {
  private static final ApplicationIdentity CONTROLLER =
      ApplicationIdentity.onThisHost("Controller", "urn:anodyne:test:controller");

  @TempDir static Path directory;
  private static LogIn.Certificate known;
  private static LogIn.Certificate unknown;
  private static BenchServer open;
  private static BenchServer usual;

  @BeforeAll
  static void startBenches() {
    known = userCertificate("known");
    unknown = userCertificate("unknown");
    open =
        bench(
            new BenchSecurity(
                new ChannelSecurity(Arrays.asList(ChannelPolicy.values()), true, false),
                List.of(known.read().certificate()),
                true));
    usual = bench(BenchSecurity.DEFAULT);
    for (BenchServer bench : List.of(open, usual)) {
      try (PkiDirectory client = PkiDirectory.open(clientFolder(), CONTROLLER)) {
        PkiDirectory.trustEachOther(bench.pki(), client);
      }
    }
  }

  @AfterAll
  static void stopBenches() {
    open.close();
    usual.close();
  }

  static Stream<Arguments> policiesAndIdentities() {
    return Stream.of(
            Optional.of(SecurityPolicy.None),
            Optional.of(SecurityPolicy.Basic256Sha256),
            Optional.of(SecurityPolicy.Aes128_Sha256_RsaOaep),
            Optional.of(SecurityPolicy.Aes256_Sha256_RsaPss))
        .flatMap(
            policy ->
                Stream.of("user", "certificate", "anonymous")
                    .map(identity -> Arguments.of(policy.orElseThrow(), identity)));
  }

  @ParameterizedTest
  @MethodSource("policiesAndIdentities")
  void everyPolicyTakesEveryIdentity(SecurityPolicy policy, String identity) throws Exception {
    LogIn logIn =
        switch (identity) {
          case "user" -> new LogIn.Password("controller", "secret");
          case "certificate" -> known;
          default -> LogIn.ANONYMOUS;
        };
    assertTakesZero(open, ClientSecurity.only(policy, logIn), policy.name());
  }

  @Test
  void theBestPolicyIsTakenAndSigningAloneWhenAskedFor() throws Exception {
    LogIn user = new LogIn.Password("controller", "secret");
    assertTakesZero(usual, ClientSecurity.best(user), "Aes256_Sha256_RsaPss/SignAndEncrypt");
    ClientSecurity signed =
        new ClientSecurity(
            Optional.of(SecurityPolicy.Basic256Sha256),
            Optional.of(MessageSecurityMode.Sign),
            false,
            known);
    assertTakesZero(open, signed, "Basic256Sha256/Sign");
  }

  @Test
  void whoIsNotKnownIsRefusedInWords() {
    assertRefused(open, new LogIn.Password("controller", "wrong"), "user name or password refused");
    assertRefused(open, new LogIn.Password("nobody", "secret"), "user name or password refused");
    assertRefused(open, unknown, "the user's certificate own.der was refused");
    assertRefused(usual, LogIn.ANONYMOUS, "takes no log-in by anonymous; it takes user name.");
    assertRefused(usual, known, "takes no log-in by user certificate; it takes user name.");
    LogIn user = new LogIn.Password("controller", "secret");
    assertThatThrownBy(() -> connect(usual, ClientSecurity.only(SecurityPolicy.None, user)))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("has no endpoint with None");
  }

  private static void assertTakesZero(BenchServer bench, ClientSecurity security, String offered)
      throws InterruptedException {
    OpcUaChargerConfig config = config(bench, security);
    assertThat(ToolSession.offer(config).security()).startsWith(offered);
    try (PkiDirectory pki = PkiDirectory.open(config.pkiDirectory(), config.identity())) {
      ToolSession.ZeroWrite zero = ToolSession.writeZero(config, pki);
      assertThat(zero.problem()).isEmpty();
      assertThat(zero.written()).containsEntry(ChargerTag.SETPOINT_CURRENT, 0.0);
    }
  }

  private static void assertRefused(BenchServer bench, LogIn logIn, String message) {
    assertThatThrownBy(() -> connect(bench, ClientSecurity.best(logIn)))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining(message);
  }

  private static void connect(BenchServer bench, ClientSecurity security)
      throws InterruptedException {
    OpcUaChargerConfig config = config(bench, security);
    try (PkiDirectory pki = PkiDirectory.open(config.pkiDirectory(), config.identity())) {
      ToolSession.open(config, pki, ToolSession.offer(config)).close();
    }
  }

  private static OpcUaChargerConfig config(BenchServer bench, ClientSecurity security) {
    return OpcUaChargerConfig.of(
        bench.endpointUrl(), CONTROLLER, clientFolder(), security, TagMapping.bench("CH01"));
  }

  private static Path clientFolder() {
    return directory.resolve("client");
  }

  private static BenchServer bench(BenchSecurity security) {
    return BenchServer.start(
        BenchSettings.onLoopback(
                0, "controller", "secret", directory.resolve("bench"), Pacing.byClock(1))
            .withSecurity(security),
        new TinyPlant());
  }

  /** Any certificate will do; a folder of an application has one with its key. */
  private static LogIn.Certificate userCertificate(String name) {
    Path folder = directory.resolve(name);
    PkiDirectory.open(folder, ApplicationIdentity.onThisHost(name, "urn:user:" + name)).close();
    return new LogIn.Certificate(
        folder.resolve("own/certs/own.der"), folder.resolve("own/private/own.pem"));
  }
}
