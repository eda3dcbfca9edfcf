package dev.anodyne.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.opcua.model.ChargerLink;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.TagBinding;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.security.PkiDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.StatusChangeNotification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servers that answer too little, too much or nonsense. Nothing of it may be charged with, be taken
 * for another tag's value, or end the client: when the server behaves, the charge can go on.
 */
class MisbehavingServerTest {
  /** Connecting takes RSA handshakes and a bcrypt check; shared machines are slow. */
  private static final Duration CONNECT = Duration.ofSeconds(60);

  /** Guards against hanging only. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Double[] MANY = Collections.nCopies(1000, 900.0).toArray(new Double[0]);

  /** Shared by all tests: making a certificate takes longer than most of them. */
  @TempDir static Path directory;

  private final Mischief mischief = new Mischief();
  private FakeCharger server;
  private OpcUaChargerConfig config;

  @BeforeEach
  void startServer() throws Exception {
    server = new FakeCharger(directory.resolve("server"));
    server.prepare(made -> made.add(mischief::on));
    server.restartServer();
    config = server.trustedClient(directory.resolve("client"));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void fewerAnswersThanQuestionsAreNone() {
    try (OpcUaCharger charger = up(config)) {
      mischief.valuesLeftOut = 1;
      awaitReason(charger, "The charger stopped answering: the server answered");
      mischief.behave();
      awaitUp(charger);
      mischief.writesLeftOut = 1;
      charger.apply(command(5));
      awaitReason(charger, "the server answered 3 of 4 writes");
      assertThat(charger.status().faults()).contains(ChargerFault.COMMUNICATION_FAULT);
      mischief.behave();
      charger.apply(command(6));
      await().atMost(PATIENCE).until(() -> charger.status().reason().isEmpty());
    }
  }

  @Test
  void noPasswordGoesToAServerWhoseDiscoveryWasChanged() throws Exception {
    // What somebody in between made of the list, by the server's own word.
    mischief.endpoints =
        told ->
            Arrays.stream(told)
                .filter(one -> one.getSecurityPolicyUri().endsWith("Basic256Sha256"))
                .toArray(EndpointDescription[]::new);
    ServerOffer offer = EndpointFinder.find(config);
    try (PkiDirectory pki = PkiDirectory.open(config.pkiDirectory(), config.identity())) {
      assertThatThrownBy(() -> ClientFactory.connect(config, pki, offer))
          .isInstanceOf(LinkException.class)
          .hasMessageContaining("The server's endpoints are not those that discovery told");
      assertThat(mischief.logIns).hasValue(0);
      mischief.behave();
      ClientFactory.connect(config, pki, offer).disconnect();
      assertThat(mischief.logIns).hasValue(1);
    }
  }

  @Test
  void valuesOfOtherTypesAreNoValues() {
    try (OpcUaCharger charger = up(config)) {
      mischief.twist =
          (tag, value) ->
              switch (tag) {
                case MAX_CELL_VOLTAGE -> new DataValue(new Variant("3.9"));
                case MIN_CELL_VOLTAGE -> new DataValue(new Variant(new Double[] {3.8, 3.8}));
                case CAP_MAX_POWER -> new DataValue(new Variant(MANY));
                case VEHICLE_CONNECTED -> new DataValue(new Variant("yes"));
                case FAULTS -> new DataValue(new Variant(7));
                default -> value;
              };
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(charger.status().measurement().quality()).isEqualTo(Quality.BAD);
                assertThat(charger.status().measurement().maxCellVoltageVolts()).isNaN();
                assertThat(charger.status().measurement().minCellVoltageVolts()).isNaN();
                assertThat(charger.status().capabilities().isKnown()).isFalse();
                assertThat(charger.status().vehicleConnected()).isFalse();
                assertThat(charger.status().faults())
                    .containsExactly(ChargerFault.COMMUNICATION_FAULT);
              });
      assertThat(charger.status().link()).as("the heartbeat goes on").isEqualTo(LinkState.UP);
      mischief.twist =
          (tag, value) ->
              tag == ChargerTag.OUTPUT_CURRENT
                  ? new DataValue(new Variant(Double.POSITIVE_INFINITY))
                  : value;
      await().atMost(PATIENCE).until(() -> charger.status().vehicleConnected());
      assertThat(charger.status().measurement().quality()).isEqualTo(Quality.BAD);
      mischief.behave();
      awaitGood(charger);
    }
  }

  @Test
  void badStatusOfHalfOfTheNodesKeepsTheOthers() {
    try (OpcUaCharger charger = up(config)) {
      StatusCode failed = new StatusCode(StatusCodes.Bad_SensorFailure);
      mischief.twist =
          (tag, value) ->
              tag.ordinal() % 2 == 0 && tag != ChargerTag.HEARTBEAT
                  ? new DataValue(value.value(), failed)
                  : value;
      await().atMost(PATIENCE).until(() -> charger.status().measurement().quality() == Quality.BAD);
      assertThat(charger.status().link()).isEqualTo(LinkState.UP);
      assertThat(charger.status().batteryLimits()).isEqualTo(BatteryLimits.UNKNOWN);
      mischief.behave();
      awaitGood(charger);
    }
  }

  @Test
  void whatIsTooLongEndsTheSessionAndNothingElse() {
    try (OpcUaCharger charger = up(config)) {
      String[] many = new String[10_000];
      Arrays.fill(many, "x".repeat(50));
      mischief.twist =
          (tag, value) -> tag == ChargerTag.FAULTS ? new DataValue(new Variant(many)) : value;
      // Half a megabyte of names that nobody knows is read, and stops the charge.
      await()
          .atMost(PATIENCE)
          .until(() -> charger.status().faults().contains(ChargerFault.VENDOR_ERROR));
      String huge = "x".repeat(5_000_000);
      mischief.twist =
          (tag, value) -> tag == ChargerTag.FAULTS ? new DataValue(new Variant(huge)) : value;
      await().atMost(PATIENCE).until(() -> charger.status().link() == LinkState.DOWN);
      mischief.behave();
      awaitUp(charger);
      awaitGood(charger);
    }
  }

  @Test
  void aServersClockMayBeHoursOff() {
    long fiveHours = Duration.ofHours(5).toSeconds() * 10_000_000L;
    mischief.twist =
        (tag, value) ->
            new DataValue(
                value.value(),
                value.statusCode(),
                value.sourceTime() == null
                    ? null
                    : new DateTime(value.sourceTime().utcTime() - fiveHours));
    try (OpcUaCharger charger = up(config)) {
      assertThat(charger.status().measurement().quality()).isEqualTo(Quality.GOOD);
      long asked = System.nanoTime();
      assertThat(asked - charger.status().measurement().timeNanos())
          .as("stamped with this machine's time")
          .isLessThan(Duration.ofSeconds(1).toNanos());
    }
  }

  @Test
  void namespacesMayStandInAnotherOrderAfterARestart() {
    try (OpcUaCharger charger = up(config)) {
      server.stopServer();
      server.prepare(
          made ->
              made.add(
                  opcUa -> {
                    opcUa.getNamespaceTable().add("urn:somebody:first");
                    return mischief.on(opcUa);
                  }));
      server.startServer();
      await().atMost(PATIENCE).until(() -> charger.status().link() != LinkState.UP);
      awaitUp(charger);
      awaitGood(charger);
      server.writes.clear();
      charger.apply(command(7));
      await().atMost(PATIENCE).until(() -> !server.writes.isEmpty());
      assertThat(server.writes.get(0)).containsEntry(ChargerTag.SETPOINT_CURRENT, 7.0);
    }
  }

  @Test
  void aServerThatNeverPublishesIsLeftAndAsked() {
    try (OpcUaCharger charger = up(subscribing())) {
      mischief.neverPublishes = true;
      // Requests that already wait at the server are still answered once.
      await().atMost(Duration.ofSeconds(5)).until(() -> charger.status().link() == LinkState.DOWN);
      assertThat(charger.status().reason()).contains("stopped sending");
      mischief.behave();
      awaitUp(charger);
    }
  }

  @Test
  void whatTheServerRevisesTooFarIsNamed() {
    Map<ChargerTag, TagBinding> silent = new EnumMap<>(ChargerTag.class);
    silent.putAll(TagMapping.bench("CH01").bindings());
    silent.keySet().retainAll(ChargerTag.CHARGER);
    silent.remove(ChargerTag.HEARTBEAT);
    TagMapping withoutHeartbeat =
        new TagMapping(
            silent, Map.of(), List.of(), Optional.empty(), subscribing().mapping().link(), true);
    mischief.created = answer -> revised(answer, answer.getRevisedPublishingInterval(), 1000);
    try (OpcUaCharger charger =
        OpcUaCharger.start(config.withMapping(withoutHeartbeat), NanoClock.SYSTEM)) {
      awaitReason(charger, "The server shows that it lives every 100000 ms at the most often");
    }
    mischief.created = answer -> revised(answer, 5000.0, 3);
    try (OpcUaCharger charger = OpcUaCharger.start(subscribing(), NanoClock.SYSTEM)) {
      awaitReason(charger, "The server publishes every 5000 ms at the fastest");
    }
  }

  private static CreateSubscriptionResponse revised(
      CreateSubscriptionResponse answer, double publishingMillis, int keepAlives) {
    return new CreateSubscriptionResponse(
        answer.getResponseHeader(),
        answer.getSubscriptionId(),
        publishingMillis,
        answer.getRevisedLifetimeCount(),
        uint(keepAlives));
  }

  @Test
  void anEndedSubscriptionIsMadeAnew() {
    try (OpcUaCharger charger = up(subscribing())) {
      StatusChangeNotification ended =
          new StatusChangeNotification(new StatusCode(StatusCodes.Bad_Timeout), null);
      mischief.published = answer -> with(answer, ended);
      awaitReason(charger, "has dropped the subscription: Bad_Timeout");
      mischief.behave();
      awaitUp(charger);
      awaitGood(charger);
    }
  }

  @Test
  void aNodeThatWentIsLookedForAnew() {
    OpcUaChargerConfig quick = config.withStaleness(Duration.ofMillis(300));
    StatusCode unknown = new StatusCode(StatusCodes.Bad_NodeIdUnknown);
    try (OpcUaCharger charger = up(quick)) {
      mischief.twist =
          (tag, value) -> tag == ChargerTag.MAX_CELL_VOLTAGE ? new DataValue(unknown) : value;
      await().atMost(PATIENCE).until(() -> charger.status().measurement().quality() == Quality.BAD);
      // Ten staleness limits later.
      awaitReason(charger, "A node has gone from the server; looking for it again.");
      mischief.behave();
      awaitUp(charger);
      awaitGood(charger);
    }
  }

  private static PublishResponse with(PublishResponse answer, StatusChangeNotification ended) {
    NotificationMessage message = answer.getNotificationMessage();
    return new PublishResponse(
        answer.getResponseHeader(),
        answer.getSubscriptionId(),
        answer.getAvailableSequenceNumbers(),
        answer.getMoreNotifications(),
        new NotificationMessage(
            uint(message.getSequenceNumber().longValue()),
            message.getPublishTime(),
            new ExtensionObject[] {ExtensionObject.encode(DefaultEncodingContext.INSTANCE, ended)}),
        answer.getResults(),
        answer.getDiagnosticInfos());
  }

  private OpcUaChargerConfig subscribing() {
    ChargerLink link =
        new ChargerLink(
            ChargerLink.Mode.SUBSCRIBE,
            Optional.empty(),
            new ChargerLink.Expiry.ValidFor(),
            ChargerLink.OnReconnect.WAIT,
            Optional.empty(),
            Optional.of(ChargerLink.USUAL_CONFIRM),
            1);
    return config.withMapping(TagMapping.bench("CH01").withLink(link));
  }

  private static void awaitReason(OpcUaCharger charger, String part) {
    await()
        .pollInterval(Duration.ofMillis(5))
        .atMost(CONNECT)
        .until(() -> charger.status().reason().contains(part));
  }

  private static void awaitGood(OpcUaCharger charger) {
    await().atMost(PATIENCE).until(() -> charger.status().measurement().quality() == Quality.GOOD);
  }

  private static void awaitUp(OpcUaCharger charger) {
    await().atMost(CONNECT).until(() -> charger.status().link() == LinkState.UP);
  }

  private static OpcUaCharger up(OpcUaChargerConfig config) {
    OpcUaCharger charger = OpcUaCharger.start(config, NanoClock.SYSTEM);
    awaitUp(charger);
    return charger;
  }

  private static CurrentCommand command(double amps) {
    return new CurrentCommand(amps, 16.8, System.nanoTime() + 3_000_000_000L);
  }
}
