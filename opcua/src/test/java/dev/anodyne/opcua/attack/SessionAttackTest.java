package dev.anodyne.opcua.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.opcua.server.shield.Refusal;
import dev.anodyne.opcua.server.shield.ShieldLimits;
import dev.anodyne.opcua.server.station.CommandAnswer;
import dev.anodyne.opcua.server.station.StationUnderAttack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.UaMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.CallResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSubscriptionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.ServiceFault;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody can do who has logged in. */
final class SessionAttackTest {
  @TempDir private static Path directory;
  private static StationUnderAttack station;
  private static Siege siege;

  @BeforeAll
  static void start() throws Exception {
    station = StationUnderAttack.open(directory);
    siege = new Siege(station);
  }

  @AfterAll
  static void stop() {
    station.close();
  }

  @AfterEach
  void answer() {
    station.answer(command -> CompletableFuture.completedFuture(StationUnderAttack.yes()));
  }

  private static RawClient session() throws IOException {
    return new RawClient(station.port()).hello(station.url()).open().session(station.url());
  }

  /** A session of somebody who may call. */
  private static RawClient operator() throws Exception {
    RawClient client = new RawClient(station.port()).hello(station.url()).open();
    Passwords.logIn(client, station);
    return client;
  }

  private static NodeId current() {
    return station.node("CH01.Measurements.Current");
  }

  private static boolean isFault(UaMessageType answer, long status) {
    return answer instanceof ServiceFault fault
        && fault.getResponseHeader().getServiceResult().value() == status;
  }

  /** Sessions that leave as many subscriptions behind as they can. */
  @Test
  void unlimitedPersistentSubscriptions() throws Exception {
    Siege.Attack leaving =
        () -> {
          for (int i = 0; i < 12; i++) {
            try (RawClient client = session()) {
              for (int k = 0; k < 30; k++) {
                if (client.ask(Requests.subscribe(client.session()))
                    instanceof CreateSubscriptionResponse made) {
                  client.ask(
                      Requests.monitor(
                          client.session(), made.getSubscriptionId(), current(), 20, 1_000_000));
                }
              }
              client.ask(Requests.close(client.session(), false));
            }
          }
        };
    siege.attack(leaving, leaving);
    int kept = ShieldLimits.SAFE.connections().orphans();
    assertThat(station.subscriptions()).hasSizeLessThanOrEqualTo(kept);
    try (RawClient client = session()) {
      assertThat(client.ask(Requests.subscribe(client.session())))
          .isInstanceOf(CreateSubscriptionResponse.class);
      client.ask(Requests.close(client.session(), true));
    }
  }

  /** Publish requests without end. */
  @Test
  void publishFlood() throws Exception {
    Siege.Attack flood =
        () -> {
          try (RawClient client = session()) {
            client.ask(Requests.subscribe(client.session()));
            byte[] publish = Wire.encode(Requests.publish(client.session()));
            for (int i = 0; i < 3000; i++) {
              client.send(client.chunk("MSGF", 100 + i, publish));
              client.drain();
            }
            client.send(
                client.chunk("MSGF", 9999, Wire.encode(Requests.close(client.session(), true))));
            Thread.sleep(300);
          }
        };
    siege.attack(flood, flood);
    assertThat(station.shield().refusals(Refusal.TOO_MANY_PUBLISHES)).isPositive();
  }

  /** Calls that the controller does not answer, from many connections at once. */
  @Test
  void workerStarvation() throws Exception {
    Queue<CompletableFuture<CommandAnswer>> waiting = holdAnswers();
    List<RawClient> clients = new ArrayList<>();
    CountDownLatch asked = new CountDownLatch(2);
    Siege.Attack calls =
        () -> {
          for (int c = 0; c < 4; c++) {
            RawClient client = operator();
            synchronized (clients) {
              clients.add(client);
            }
            byte[] call = Wire.encode(start(client.session()));
            for (int i = 0; i < 40; i++) {
              client.send(client.chunk("MSGF", 100 + i, call));
            }
          }
          asked.countDown();
        };
    Siege.Attack release =
        () -> {
          asked.await();
          Thread.sleep(500);
          assertThat(waiting.size())
              .as("calls that occupy a thread")
              .isBetween(1, ShieldLimits.SAFE.messages().callsOfAll());
          letGo(waiting);
          for (RawClient client : clients) {
            client.drain();
            client.send(
                client.chunk("MSGF", 999, Wire.encode(Requests.close(client.session(), true))));
          }
          Thread.sleep(200);
          for (RawClient client : clients) {
            client.close();
          }
        };
    siege.attack(calls, calls, release);
    assertThat(station.shield().refusals(Refusal.TOO_MANY_CALLS)).isPositive();
  }

  /** Connections that end while a method of theirs is being carried out. */
  @Test
  void closeDuringMethod() throws Exception {
    Queue<CompletableFuture<CommandAnswer>> waiting = holdAnswers();
    Siege.Attack leaving =
        () -> {
          for (int i = 0; i < 8; i++) {
            RawClient client = operator();
            NodeId session = client.session();
            client.send(client.chunk("MSGF", 100, Wire.encode(start(session))));
            client.send(client.chunk("MSGF", 101, Wire.encode(Requests.close(session, true))));
            if (i % 2 == 0) {
              client.expect("MSG");
            }
            client.reset();
            letGo(waiting);
          }
        };
    siege.attack(leaving, leaving);
    letGo(waiting);
    answer();
    try (RawClient client = operator()) {
      for (int i = 0; i < 20; i++) {
        assertThat(client.ask(start(client.session())))
            .as("places of calls that nobody waits for are free again")
            .isInstanceOf(CallResponse.class);
      }
      client.ask(Requests.close(client.session(), true));
    }
  }

  /** All alarms again and again. */
  @Test
  void conditionRefreshFlood() throws Exception {
    Siege.Attack refresh =
        () -> {
          try (RawClient client = session()) {
            var made =
                (CreateSubscriptionResponse) client.ask(Requests.subscribe(client.session()));
            int refused = 0;
            for (int i = 0; i < 300; i++) {
              UaMessageType answer =
                  client.ask(
                      Requests.call(
                          client.session(),
                          NodeIds.ConditionType,
                          NodeIds.ConditionType_ConditionRefresh,
                          new Variant(made.getSubscriptionId())));
              refused += isFault(answer, StatusCodes.Bad_RefreshInProgress) ? 1 : 0;
            }
            assertThat(refused).isGreaterThan(250);
            client.ask(Requests.close(client.session(), true));
          }
        };
    siege.attack(refresh, refresh);
  }

  /** Sessions and subscriptions come and go, and their nodes with them, while others browse all. */
  @Test
  void nodeChangesWhileBrowsing() throws Exception {
    Siege.Attack changes =
        () -> {
          for (int i = 0; i < 40; i++) {
            try (RawClient client = session()) {
              client.ask(Requests.subscribe(client.session()));
              client.ask(Requests.close(client.session(), true));
            }
          }
        };
    Siege.Attack browses =
        () -> {
          try (RawClient client = session()) {
            for (int round = 0; round < 3; round++) {
              assertThat(browseAll(client, NodeIds.Server)).isGreaterThan(100);
            }
            assertThat(browseAll(client, station.node("CH01"))).isGreaterThan(50);
            client.ask(Requests.close(client.session(), true));
          }
        };
    siege.attack(changes, browses, browses);
  }

  /** Values in values, with and without lies about how many there are. */
  @Test
  void nestedVariantsAndExtensionObjects() throws Exception {
    List<byte[]> bodies = new ArrayList<>();
    for (int depth : new int[] {3, 31, 100, 127, 5000, 60_000}) {
      bodies.add(Nested.write(Nested.variants(depth, 1)));
      bodies.add(Nested.call(Nested.variants(depth, 1)));
      bodies.add(Nested.call(Nested.dataValues(depth)));
    }
    // 600 bytes that ask for half a gigabyte and more, if lengths were believed.
    for (long told : new long[] {500_000, 2_000_000, 0x7FFFFFFF, -2}) {
      bodies.add(Nested.write(Nested.variants(120, told)));
      bodies.add(Nested.call(Nested.variants(30, told)));
    }
    // 30 bytes that ask for 8 GB.
    for (long told : new long[] {0x7FFFFFFF, 400_000_000, -5}) {
      bodies.add(Nested.write(Nested.matrix(true, told)));
      bodies.add(Nested.call(Nested.matrix(false, told)));
    }
    for (int depth : new int[] {5, 200, 3000}) {
      bodies.add(Nested.write(Nested.extensionObjects(depth)));
    }
    Siege.Attack nested =
        () -> {
          for (int round = 0; round < 2; round++) {
            for (byte[] body : bodies) {
              try (RawClient client = new RawClient(station.port()).hello(station.url()).open()) {
                client.send(client.chunk("MSGF", 7, body));
                assertThat(client.receive()).as("an answer or an error").isNotNull();
              } catch (IOException e) {
                // Too large for somebody who has not logged in.
              }
            }
          }
        };
    siege.attack(nested, nested);
  }

  /** A condition that refers to itself would be followed for ever at the next event. */
  @Test
  void filterThatRefersToItself() throws Exception {
    Siege.Attack filters =
        () -> {
          try (RawClient client = session()) {
            var made =
                (CreateSubscriptionResponse) client.ask(Requests.subscribe(client.session()));
            assertThat(
                    isFault(
                        client.ask(
                            Requests.selfReferringFilter(
                                client.session(), made.getSubscriptionId())),
                        StatusCodes.Bad_FilterNotAllowed))
                .isTrue();
            client.ask(Requests.close(client.session(), true));
          }
        };
    siege.attack(filters);
  }

  private static org.eclipse.milo.opcua.stack.core.types.structured.CallRequest start(
      NodeId session) {
    return Requests.call(session, station.node("CH01"), station.type("ChargerType.StartCharging"));
  }

  private static Queue<CompletableFuture<CommandAnswer>> holdAnswers() {
    Queue<CompletableFuture<CommandAnswer>> waiting = new ConcurrentLinkedQueue<>();
    station.answer(
        command -> {
          CompletableFuture<CommandAnswer> later = new CompletableFuture<>();
          waiting.add(later);
          return later;
        });
    return waiting;
  }

  private static void letGo(Queue<CompletableFuture<CommandAnswer>> waiting) {
    for (var later = waiting.poll(); later != null; later = waiting.poll()) {
      later.complete(StationUnderAttack.yes());
    }
  }

  /** The number of nodes below one. */
  private static int browseAll(RawClient client, NodeId root) throws IOException {
    Set<NodeId> seen = new HashSet<>();
    Deque<NodeId> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty() && seen.size() < 3000) {
      List<NodeId> batch = new ArrayList<>();
      while (batch.size() < 50 && !open.isEmpty()) {
        batch.add(open.poll());
      }
      UaMessageType answer =
          client.ask(Requests.browse(client.session(), batch.toArray(NodeId[]::new)));
      assertThat(answer).isInstanceOf(BrowseResponse.class);
      for (BrowseResult result : ((BrowseResponse) answer).getResults()) {
        if (result.getReferences() != null) {
          for (ReferenceDescription reference : result.getReferences()) {
            reference
                .getNodeId()
                .toNodeId(station.library().getNamespaceTable())
                .filter(seen::add)
                .ifPresent(open::add);
          }
        }
      }
    }
    return seen.size();
  }
}
