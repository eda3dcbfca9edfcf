package dev.anodyne.opcua.server;

import dev.anodyne.opcua.security.ChannelPolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * How clients may connect.
 *
 * @param policies the policies that are offered, at least one
 * @param signOnly whether messages that are signed but not encrypted are offered as well
 * @param noneBeyondLoopback whether {@link ChannelPolicy#NONE} may be offered where other machines
 *     can connect
 */
public record ChannelSecurity(
    List<ChannelPolicy> policies, boolean signOnly, boolean noneBeyondLoopback) {
  /** Everything that encrypts, and nothing else. */
  public static final ChannelSecurity DEFAULT =
      new ChannelSecurity(ChannelPolicy.PROTECTING, false, false);

  public ChannelSecurity {
    policies = List.copyOf(policies);
    if (policies.isEmpty()) {
      throw new IllegalArgumentException("A server needs a security policy.");
    }
  }

  /** True when clients may connect without any protection. */
  public boolean offersNone() {
    return policies.contains(ChannelPolicy.NONE);
  }

  /** True when nothing here lets other machines talk without protection. */
  public boolean isAllowedOn(String bindAddress) {
    return !offersNone() || noneBeyondLoopback || isLoopback(bindAddress);
  }

  private static boolean isLoopback(String bindAddress) {
    try {
      return InetAddress.getByName(bindAddress).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
