package dev.anodyne.opcua.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PkiDirectoryTest {
  private static final ApplicationIdentity IDENTITY =
      ApplicationIdentity.onThisHost("Test", "urn:anodyne:test:pki");

  @TempDir Path directory;

  @Test
  void certificateCarriesUriHostAndLoopbackAndIsKept() {
    X509Certificate first;
    try (PkiDirectory pki = PkiDirectory.open(directory, IDENTITY)) {
      first = pki.certificate();
    }
    assertThat(CertificateUtil.getSanUri(first)).contains("urn:anodyne:test:pki");
    assertThat(CertificateUtil.getSanDnsNames(first)).contains("localhost");
    assertThat(CertificateUtil.getSanIpAddresses(first)).contains("127.0.0.1");
    assertThat(first.getSigAlgName()).isEqualToIgnoringCase("SHA256withRSA");
    assertThat(((RSAPublicKey) first.getPublicKey()).getModulus().bitLength()).isEqualTo(2048);
    try (PkiDirectory again = PkiDirectory.open(directory, IDENTITY)) {
      assertThat(again.certificate()).isEqualTo(first);
      assertThat(again.keyPair().getPublic()).isEqualTo(first.getPublicKey());
    }
  }

  @Test
  void anotherIdentityGetsAnotherCertificate() {
    X509Certificate first;
    try (PkiDirectory pki = PkiDirectory.open(directory, IDENTITY)) {
      first = pki.certificate();
    }
    try (PkiDirectory moved = PkiDirectory.open(directory, IDENTITY.reachableAt("bench.example"))) {
      assertThat(moved.certificate()).isNotEqualTo(first);
      assertThat(CertificateUtil.getSanDnsNames(moved.certificate())).contains("bench.example");
    }
  }

  @Test
  void keyIsReadableByItsOwnerOnly() throws Exception {
    try (PkiDirectory pki = PkiDirectory.open(directory, IDENTITY)) {
      assertThat(pki.keyPair().getPrivate()).isNotNull();
    }
    Path key = directory.resolve("own/private/own.pem");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }

  @Test
  void damagedKeyIsNamed() throws Exception {
    try (PkiDirectory pki = PkiDirectory.open(directory, IDENTITY)) {
      assertThat(pki.certificate()).isNotNull();
    }
    Files.writeString(directory.resolve("own/private/own.pem"), "not a key");
    assertThatThrownBy(() -> PkiDirectory.open(directory, IDENTITY))
        .isInstanceOf(PkiException.class)
        .hasMessageContaining("own.pem")
        .hasMessageContaining("Maybe");
  }

  @Test
  void aRenewedCertificateIsTakenUpWithoutARestart() throws Exception {
    Path certFile = directory.resolve("own/certs/own.der");
    try (PkiDirectory running = PkiDirectory.open(directory, IDENTITY)) {
      X509Certificate first = running.certificate();
      running.refresh();
      assertThat(running.certificate()).isEqualTo(first);
      assertThat(running.hasRenewed()).isFalse();
      byte[] renewed;
      try (PkiDirectory administrator = PkiDirectory.open(directory, IDENTITY)) {
        renewed = administrator.renew().getEncoded();
      }
      assertThat(running.hasRenewed()).isTrue();
      assertThat(running.certificate()).as("until it is asked to").isEqualTo(first);

      Files.write(certFile, first.getEncoded());
      running.refresh();
      assertThat(running.certificate()).as("the new key, the old certificate").isEqualTo(first);
      assertThat(Files.readAllBytes(certFile))
          .as("nothing is overwritten half-way")
          .isEqualTo(first.getEncoded());

      Files.write(certFile, renewed);
      running.refresh();
      assertThat(running.certificate().getEncoded()).isEqualTo(renewed);
      assertThat(running.keyPair().getPublic()).isEqualTo(running.certificate().getPublicKey());
      assertThat(running.hasRenewed()).isFalse();
    }
  }

  /** Whoever has the old file open keeps reading the old one: nothing is written over. */
  @Test
  void aRenewedCertificateTakesThePlaceOfTheOldOneAsAWhole() throws Exception {
    try (PkiDirectory pki = PkiDirectory.open(directory, IDENTITY)) {
      byte[] first = pki.certificate().getEncoded();
      Path file = directory.resolve("own/certs/own.der");
      try (InputStream reader = Files.newInputStream(file)) {
        byte[] renewed = pki.renew().getEncoded();
        assertThat(reader.readAllBytes()).isEqualTo(first);
        assertThat(Files.readAllBytes(file)).isEqualTo(renewed).isNotEqualTo(first);
      }
    }
  }

  @Test
  void theEndOfACertificateIsToldAMonthAhead() {
    try (PkiDirectory pki = PkiDirectory.open(directory, IDENTITY)) {
      Instant end = pki.certificate().getNotAfter().toInstant();
      assertThat(pki.notice(end.minus(Duration.ofDays(31)))).isEmpty();
      assertThat(pki.notice(end.minus(Duration.ofDays(29))).orElseThrow())
          .contains("urn:anodyne:test:pki")
          .contains("29 more days")
          .contains("Maybe");
      assertThat(pki.notice(end.plus(Duration.ofDays(1))).orElseThrow()).contains("0 more days");
    }
  }

  @Test
  void passwordsAreHashedWithSaltAndChecked() {
    PasswordHash one = PasswordHash.of("secret");
    assertThat(one.text()).doesNotContain("secret").isNotEqualTo(PasswordHash.of("secret").text());
    assertThat(one.matches("secret")).isTrue();
    assertThat(one.matches("Secret")).isFalse();
    assertThat(PasswordHash.ofTextOrHash(one.text())).isEqualTo(one);
    assertThat(one.toString()).doesNotContain(one.text());
    UserDirectory users = new UserDirectory(Map.of("anna", one));
    assertThat(users.isPassword("anna", "secret")).isTrue();
    assertThat(users.isPassword("anna", "nobody")).isFalse();
    assertThat(users.isPassword("bert", "nobody")).as("the dummy's password").isFalse();
  }

  @Test
  void passwordThatBcryptWouldCutIsRefused() {
    assertThatThrownBy(() -> PasswordHash.of("x".repeat(73))).hasMessageContaining("72 bytes");
  }
}
