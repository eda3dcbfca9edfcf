package dev.anodyne.opcua.client;

import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.security.ApplicationIdentity;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How to reach a charger and how patient to be with it. The times are the machine's, whatever the
 * speed of a simulation: they are about the network.
 *
 * @param endpointUrl {@code opc.tcp://host:port/path} of the server
 * @param identity how this application calls itself; its URI stands in its certificate
 * @param pkiDirectory folder of this application's certificate and of those it trusts
 * @param security how the server is talked to and who logs in
 * @param mapping which node carries which tag
 * @param readPeriod how often all tags are read, in one request
 * @param staleness how long the heartbeat may stand still before the values count as stale
 * @param requestTimeout how long an answer may take before the link counts as lost
 * @param connectTimeout how long each step of connecting may take
 * @param maxBackOff longest pause between two attempts to connect; the first is a quarter second
 */
public record OpcUaChargerConfig(
    String endpointUrl,
    ApplicationIdentity identity,
    Path pkiDirectory,
    ClientSecurity security,
    TagMapping mapping,
    Duration readPeriod,
    Duration staleness,
    Duration requestTimeout,
    Duration connectTimeout,
    Duration maxBackOff) {
  private static final String SCHEME = "opc.tcp";

  public OpcUaChargerConfig {
    requireUrl(endpointUrl);
    requirePositive("readPeriod", readPeriod);
    requirePositive("staleness", staleness);
    requirePositive("requestTimeout", requestTimeout);
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("maxBackOff", maxBackOff);
    if (!security.isAllowedAt(endpointUrl)) {
      throw new IllegalArgumentException(
          "Security policy None is for this machine alone, but '"
              + endpointUrl
              + "' is another.\nMaybe allowNoneBeyondLoopback: true is meant.");
    }
    if (readPeriod.multipliedBy(2).compareTo(staleness) > 0) {
      throw new IllegalArgumentException(
          "Read period "
              + readPeriod.toMillis()
              + " ms is too long for a staleness of "
              + staleness.toMillis()
              + " ms: it must be at most half of it.");
    }
  }

  /** The best policy, with a user name and its password. */
  public static OpcUaChargerConfig of(
      String endpointUrl,
      ApplicationIdentity identity,
      Path pkiDirectory,
      String userName,
      String password,
      TagMapping mapping) {
    ClientSecurity best = ClientSecurity.best(new LogIn.Password(userName, password));
    return of(endpointUrl, identity, pkiDirectory, best, mapping);
  }

  /** The usual times: read every 100 ms, stale after 0.9 s, lost after 2 s, back within 2 s. */
  public static OpcUaChargerConfig of(
      String endpointUrl,
      ApplicationIdentity identity,
      Path pkiDirectory,
      ClientSecurity security,
      TagMapping mapping) {
    return new OpcUaChargerConfig(
        endpointUrl,
        identity,
        pkiDirectory,
        security,
        mapping,
        Duration.ofMillis(100),
        Duration.ofMillis(900),
        Duration.ofSeconds(2),
        Duration.ofSeconds(3),
        Duration.ofSeconds(2));
  }

  /** The same with another read period. */
  public OpcUaChargerConfig withReadPeriod(Duration period) {
    return new OpcUaChargerConfig(
        endpointUrl,
        identity,
        pkiDirectory,
        security,
        mapping,
        period,
        staleness,
        requestTimeout,
        connectTimeout,
        maxBackOff);
  }

  /** The same with another staleness limit. */
  public OpcUaChargerConfig withStaleness(Duration limit) {
    return new OpcUaChargerConfig(
        endpointUrl,
        identity,
        pkiDirectory,
        security,
        mapping,
        readPeriod,
        limit,
        requestTimeout,
        connectTimeout,
        maxBackOff);
  }

  /** The same talked to in another way, or by somebody else. */
  public OpcUaChargerConfig withSecurity(ClientSecurity newSecurity) {
    return new OpcUaChargerConfig(
        endpointUrl,
        identity,
        pkiDirectory,
        newSecurity,
        mapping,
        readPeriod,
        staleness,
        requestTimeout,
        connectTimeout,
        maxBackOff);
  }

  /** The same with another mapping. */
  public OpcUaChargerConfig withMapping(TagMapping newMapping) {
    return new OpcUaChargerConfig(
        endpointUrl,
        identity,
        pkiDirectory,
        security,
        newMapping,
        readPeriod,
        staleness,
        requestTimeout,
        connectTimeout,
        maxBackOff);
  }

  /** Hides the password. */
  @Override
  public String toString() {
    return "OpcUaChargerConfig[" + endpointUrl + ", " + security + "]";
  }

  private static void requireUrl(String url) {
    try {
      URI uri = URI.create(url);
      if (SCHEME.equals(uri.getScheme()) && uri.getHost() != null && uri.getPort() > 0) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Reported below, together with the other ways to be wrong.
    }
    throw new IllegalArgumentException(
        "Charger address '" + url + "' is not usable; it must look like opc.tcp://host:4840/path.");
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(
          "Charger option " + name + " is " + duration + "; it must be positive.");
    }
  }
}
