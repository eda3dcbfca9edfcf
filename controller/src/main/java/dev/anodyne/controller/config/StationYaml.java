package dev.anodyne.controller.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file as it is written: everything optional, nothing checked. */
record StationYaml(
    @Nullable Http http,
    @Nullable String batteries,
    @Nullable String recordings,
    @Nullable Integer recordingsKept,
    @Nullable Integer recordingsMegabytes,
    @Nullable OpcUa opcua,
    @Nullable Object storage,
    @Nullable JsonNode site,
    @Nullable Object cluster,
    @Nullable Api api,
    @Nullable List<@Nullable Connector> connectors) {
  record Api(
      @Nullable Map<String, @Nullable ApiToken> tokens,
      @Nullable Anonymous anonymous,
      @Nullable Tls tls,
      @Nullable List<@Nullable String> hosts,
      @Nullable List<@Nullable String> corsOrigins,
      @Nullable RateLimit rateLimit,
      @Nullable Double browserHours,
      @Nullable String policies) {}

  record ApiToken(@Nullable String tokenFile, @Nullable String tokenHash, @Nullable String role) {}

  record Tls(@Nullable String certificateFile, @Nullable String keyFile) {}

  record RateLimit(@Nullable Double perSecond, @Nullable Integer burst) {}

  record OpcUa(
      @Nullable String bind,
      @Nullable Integer port,
      @Nullable String host,
      @Nullable String pki,
      @Nullable String station,
      @Nullable List<@Nullable String> securityPolicies,
      @Nullable Boolean allowSignOnly,
      @Nullable Boolean allowNoneBeyondLoopback,
      @Nullable Map<String, @Nullable User> users,
      @Nullable Anonymous anonymous,
      @Nullable Map<String, @Nullable Integer> limits,
      @Nullable Logins logins,
      @Nullable Map<String, @Nullable String> policies,
      @Nullable Integer historyPoints,
      @Nullable Map<String, @Nullable Alarm> alarms,
      @Nullable Audit audit,
      @Nullable Map<String, @Nullable Plate> chargers) {}

  record Alarm(
      @Nullable Integer severity,
      @Nullable Double onDelaySeconds,
      @Nullable Double offDelaySeconds) {}

  record Audit(@Nullable String file, @Nullable Integer megabytes, @Nullable Integer kept) {}

  record User(
      @Nullable String password,
      @Nullable String passwordFile,
      @Nullable String certificateFile,
      @Nullable String role) {}

  record Anonymous(@Nullable String role) {}

  record Logins(
      @Nullable Integer wrongPerUser,
      @Nullable Integer wrongPerAddress,
      @Nullable Integer wrongPerUserAnywhere,
      @Nullable Integer windowSeconds,
      @Nullable Integer longestWaitSeconds) {}

  record Plate(
      @Nullable String manufacturer,
      @Nullable String model,
      @Nullable String productCode,
      @Nullable String serialNumber,
      @Nullable String hardwareRevision,
      @Nullable String softwareRevision,
      @Nullable String assetId,
      @Nullable Double maxPowerWatts) {}

  record Http(@Nullable String bind, @Nullable Integer port) {}

  record Connector(
      @Nullable String id,
      @Nullable String title,
      @Nullable Charger charger,
      @Nullable Battery battery,
      @Nullable String policy,
      @Nullable String estimator,
      @Nullable Object sensors,
      @Nullable Double startSoc,
      @Nullable Double targetSoc,
      @Nullable Double maxVoltageVolts,
      @Nullable Double maxTemperatureC,
      @Nullable Double maxCRate,
      @Nullable Double minAnodePotentialVolts,
      @Nullable Double ambientC,
      @Nullable Double periodSeconds,
      @Nullable Double decideEverySeconds,
      @Nullable String goal,
      @Nullable String departure,
      @Nullable Double departureMinutes,
      @Nullable String tariff,
      @Nullable List<@Nullable Cap> announcedCaps,
      @Nullable Guard guard,
      @Nullable String authorisation,
      @Nullable Double stopRampAmpsPerSecond,
      @Nullable Double resumeMinutes) {}

  record Cap(@Nullable String from, @Nullable Double maxWatts) {}

  record Charger(
      @Nullable String endpoint,
      @Nullable String securityPolicy,
      @Nullable String securityMode,
      @Nullable Boolean allowNoneBeyondLoopback,
      @Nullable String user,
      @Nullable String password,
      @Nullable String passwordFile,
      @Nullable String userCertificateFile,
      @Nullable String userKeyFile,
      @Nullable Boolean anonymous,
      @Nullable String pki,
      @Nullable String chargerId,
      @Nullable Double delaySeconds,
      @Nullable String mapping,
      @Nullable Map<String, @Nullable Tag> tags) {}

  record Tag(
      @Nullable String namespace,
      @Nullable String node,
      @Nullable Double scale,
      @Nullable Double offset) {}

  record Battery(
      @Nullable String cell,
      @Nullable String layout,
      @Nullable Double heatTransfer,
      @Nullable String id) {}

  record Guard(
      @Nullable Double stalenessSeconds,
      @Nullable Double frozenSeconds,
      @Nullable Double maxCurrentAmps) {}
}
