package dev.anodyne.opcua.security;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.milo.opcua.sdk.server.util.HostnameUtil;

/**
 * How an application calls itself in its certificate.
 *
 * @param name common name, for a person
 * @param uri application URI; it stands in the certificate's alternative names and must be unique
 * @param hostNames DNS names under which it is reached
 * @param ipAddresses addresses under which it is reached
 */
public record ApplicationIdentity(
    String name, String uri, List<String> hostNames, List<String> ipAddresses) {
  public ApplicationIdentity {
    hostNames = List.copyOf(hostNames);
    ipAddresses = List.copyOf(ipAddresses);
  }

  /** An application on this machine: its host name and the loopback. */
  public static ApplicationIdentity onThisHost(String name, String uri) {
    Set<String> hosts = new LinkedHashSet<>();
    hosts.add("localhost");
    hosts.add(HostnameUtil.getHostname());
    return new ApplicationIdentity(name, uri, List.copyOf(hosts), List.of("127.0.0.1"));
  }

  /** The same, also reachable under this host name or address. */
  public ApplicationIdentity reachableAt(String hostOrAddress) {
    boolean isAddress = hostOrAddress.matches("[0-9.]+") || hostOrAddress.contains(":");
    Set<String> hosts = new LinkedHashSet<>(hostNames);
    Set<String> addresses = new LinkedHashSet<>(ipAddresses);
    (isAddress ? addresses : hosts).add(hostOrAddress);
    return new ApplicationIdentity(name, uri, List.copyOf(hosts), List.copyOf(addresses));
  }
}
