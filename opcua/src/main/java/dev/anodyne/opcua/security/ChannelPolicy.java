package dev.anodyne.opcua.security;

import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;

/**
 * How a connection is protected (OPC 10000-7). The deprecated Basic128Rsa15 and Basic256 are left
 * out on purpose: they rest on SHA-1 and PKCS #1 v1.5.
 */
public enum ChannelPolicy {
  BASIC256_SHA256(SecurityPolicy.Basic256Sha256, "Basic256Sha256"),
  AES128_SHA256_RSA_OAEP(SecurityPolicy.Aes128_Sha256_RsaOaep, "Aes128_Sha256_RsaOaep"),
  AES256_SHA256_RSA_PSS(SecurityPolicy.Aes256_Sha256_RsaPss, "Aes256_Sha256_RsaPss"),
  /** No protection of the connection at all; passwords are encrypted nevertheless. */
  NONE(SecurityPolicy.None, "None");

  /** All that protect. */
  public static final List<ChannelPolicy> PROTECTING =
      List.of(BASIC256_SHA256, AES128_SHA256_RSA_OAEP, AES256_SHA256_RSA_PSS);

  private final SecurityPolicy policy;
  private final String word;

  ChannelPolicy(SecurityPolicy policy, String word) {
    this.policy = policy;
    this.word = word;
  }

  /** The library's name for it. */
  public SecurityPolicy policy() {
    return policy;
  }

  /** As it is written in a configuration, and as OPC UA calls it. */
  public String word() {
    return word;
  }

  /** The policy that is written like this. */
  public static Optional<ChannelPolicy> of(String word) {
    for (ChannelPolicy policy : values()) {
      if (policy.word.equals(word)) {
        return Optional.of(policy);
      }
    }
    return Optional.empty();
  }
}
