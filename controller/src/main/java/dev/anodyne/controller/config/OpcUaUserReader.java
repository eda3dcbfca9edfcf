package dev.anodyne.controller.config;

import dev.anodyne.opcua.security.PasswordHash;
import dev.anodyne.opcua.security.Role;
import dev.anodyne.opcua.security.UserAccount;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import org.jspecify.annotations.Nullable;

/** Reads one user of the station's own OPC UA server: password or certificate. */
final class OpcUaUserReader {
  private static final String KEY = "opcua.";
  private static final int LEAST_KEY_BITS = 2048;

  private final YamlFile file;

  OpcUaUserReader(YamlFile file) {
    this.file = file;
  }

  UserAccount read(String key, StationYaml.@Nullable User user, Role role) {
    String inline = user == null ? null : user.password();
    String from = user == null ? null : user.passwordFile();
    String certificate = user == null ? null : user.certificateFile();
    boolean both = inline != null && from != null;
    if (both || inline == null && from == null && certificate == null) {
      throw file.wrong(
          KEY + key,
          null,
          "either password (or its bcrypt hash) or passwordFile, or certificateFile",
          null,
          null);
    }
    PasswordHash hash = inline == null && from == null ? null : password(key, inline, from);
    return new UserAccount(role, hash, certificate == null ? null : certificate(key, certificate));
  }

  /** True when the password itself stands in the configuration or its file. */
  boolean isClearText(String key, StationYaml.@Nullable User user) {
    if (user == null || user.password() == null && user.passwordFile() == null) {
      return false;
    }
    return !PasswordHash.isHash(text(key, user.password(), user.passwordFile()));
  }

  private PasswordHash password(String key, @Nullable String inline, @Nullable String from) {
    String text = text(key, inline, from);
    try {
      PasswordHash hash = PasswordHash.ofTextOrHash(text);
      if (!hash.isBearable()) {
        throw file.wrong(
            KEY + key,
            "a bcrypt hash of cost " + hash.cost(),
            "cost " + PasswordHash.LEAST_COST + " to " + PasswordHash.MOST_COST,
            null,
            null);
      }
      return hash;
    } catch (IllegalArgumentException e) {
      throw file.refused(KEY + key, e);
    }
  }

  private String text(String key, @Nullable String inline, @Nullable String from) {
    try {
      return (inline != null ? inline : Files.readString(file.resolve(String.valueOf(from))))
          .strip();
    } catch (IOException e) {
      throw file.wrong(KEY + key + ".passwordFile", from, "a readable file", null, e);
    }
  }

  private X509Certificate certificate(String key, String from) {
    String at = KEY + key + ".certificateFile";
    try (InputStream bytes = Files.newInputStream(file.resolve(from))) {
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(bytes);
      boolean strong =
          certificate.getPublicKey() instanceof RSAPublicKey rsa
              && rsa.getModulus().bitLength() >= LEAST_KEY_BITS;
      if (!strong) {
        throw file.wrong(
            at, from, "an RSA key of at least " + LEAST_KEY_BITS + " bits", null, null);
      }
      return certificate;
    } catch (IOException e) {
      throw file.wrong(at, from, "a readable file", null, e);
    } catch (CertificateException e) {
      throw file.wrong(at, from, "an X.509 certificate in DER or PEM", null, e);
    }
  }
}
