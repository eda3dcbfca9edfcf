package dev.anodyne.opcua.client;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;

/**
 * How a charger's server is talked to and who logs in. The deprecated policies Basic128Rsa15 and
 * Basic256 (OPC 10000-7) are never used, not even for a password inside of an encrypted channel.
 *
 * @param policy the one policy that is used; empty: the best that encrypts, whatever the server
 *     offers
 * @param mode the one mode that is used; empty: SignAndEncrypt
 * @param noneBeyondLoopback policy None may be used towards other machines as well
 * @param logIn who logs in
 */
public record ClientSecurity(
    Optional<SecurityPolicy> policy,
    Optional<MessageSecurityMode> mode,
    boolean noneBeyondLoopback,
    LogIn logIn) {

  /**
   * The policies that protect, the weakest first; in the order of the OPC Foundation's own stacks.
   */
  static final List<SecurityPolicy> PROTECTING =
      List.of(
          SecurityPolicy.Basic256Sha256,
          SecurityPolicy.Aes128_Sha256_RsaOaep,
          SecurityPolicy.Aes256_Sha256_RsaPss);

  /** What a configuration calls the choice of the best. */
  public static final String AUTO = "auto";

  public ClientSecurity {
    policy.ifPresent(ClientSecurity::requireUsable);
    boolean isNone = policy.equals(Optional.of(SecurityPolicy.None));
    if (mode.isPresent() && isNone) {
      throw new IllegalArgumentException(
          "Security mode "
              + mode.get()
              + " does not go with policy None, which neither signs nor encrypts; leave it out.");
    }
    mode.ifPresent(ClientSecurity::requireProtecting);
  }

  /** The best that encrypts. */
  public static ClientSecurity best(LogIn logIn) {
    return new ClientSecurity(Optional.empty(), Optional.empty(), false, logIn);
  }

  /** One policy with its usual mode: None without any, the others with SignAndEncrypt. */
  public static ClientSecurity only(SecurityPolicy policy, LogIn logIn) {
    return new ClientSecurity(Optional.of(policy), Optional.empty(), false, logIn);
  }

  /** What may stand in a configuration as a policy. */
  public static List<String> policyNames() {
    return List.of(
        AUTO,
        SecurityPolicy.Basic256Sha256.name(),
        SecurityPolicy.Aes128_Sha256_RsaOaep.name(),
        SecurityPolicy.Aes256_Sha256_RsaPss.name(),
        SecurityPolicy.None.name());
  }

  /** What may stand in a configuration as a mode. */
  public static List<String> modeNames() {
    return List.of(MessageSecurityMode.SignAndEncrypt.name(), MessageSecurityMode.Sign.name());
  }

  /**
   * The policy of that name; empty for {@link #AUTO}.
   *
   * @throws IllegalArgumentException when it is none of {@link #policyNames()}
   */
  public static Optional<SecurityPolicy> policyNamed(String name) {
    if (name.equals(AUTO)) {
      return Optional.empty();
    }
    if (!policyNames().contains(name)) {
      throw new IllegalArgumentException(
          "'" + name + "' is no security policy; allowed: " + String.join(", ", policyNames()));
    }
    return Optional.of(SecurityPolicy.valueOf(name));
  }

  /** True when nothing is signed or encrypted. */
  public boolean isNone() {
    return policy.equals(Optional.of(SecurityPolicy.None));
  }

  /** The mode that is used. */
  MessageSecurityMode usedMode() {
    return isNone() ? MessageSecurityMode.None : mode.orElse(MessageSecurityMode.SignAndEncrypt);
  }

  /** Policy None is for this machine alone, unless it is allowed beyond. */
  public boolean isAllowedAt(String endpointUrl) {
    return !isNone() || noneBeyondLoopback || isLoopback(endpointUrl);
  }

  /**
   * What has to be said at every start; empty when all that is said stays between the two.
   *
   * @param endpointUrl where to
   */
  public Optional<String> warning(String endpointUrl) {
    if (isNone()) {
      return Optional.of(
          "The link to "
              + endpointUrl
              + " is neither signed nor encrypted (securityPolicy None): whoever reaches it can read"
              + " and change every command.");
    }
    return usedMode() == MessageSecurityMode.Sign
        ? Optional.of(
            "The link to "
                + endpointUrl
                + " is signed, but not encrypted (securityMode Sign): whoever listens can read it.")
        : Optional.empty();
  }

  /** In a few words, without the password. */
  @Override
  public String toString() {
    return policy.map(SecurityPolicy::name).orElse(AUTO)
        + (isNone() ? "" : "/" + usedMode())
        + ", "
        + logIn;
  }

  /** How strong a policy is; below 0 when it does not protect. */
  static int strength(SecurityPolicy policy) {
    return PROTECTING.indexOf(policy);
  }

  /** By name alone: a name server that lies must not decide. */
  static boolean isLoopback(String endpointUrl) {
    String host = EndpointUtil.getHost(endpointUrl);
    if (host == null) {
      return false;
    }
    String bare = host.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
    return bare.equals("localhost") || bare.equals("::1") || isLoopbackNumber(bare);
  }

  private static boolean isLoopbackNumber(String host) {
    String[] parts = host.split("\\.", -1);
    return parts.length == 4
        && parts[0].equals("127")
        && Arrays.stream(parts).allMatch(part -> part.matches("\\d{1,3}"));
  }

  private static void requireUsable(SecurityPolicy policy) {
    if (policy != SecurityPolicy.None && !PROTECTING.contains(policy)) {
      throw new IllegalArgumentException(
          "Security policy "
              + policy
              + " is outdated and not used; allowed: "
              + String.join(", ", policyNames())
              + ".");
    }
  }

  private static void requireProtecting(MessageSecurityMode mode) {
    if (mode != MessageSecurityMode.Sign && mode != MessageSecurityMode.SignAndEncrypt) {
      throw new IllegalArgumentException(
          "Security mode "
              + mode
              + " is not possible; allowed: "
              + String.join(", ", modeNames())
              + ".");
    }
  }
}
