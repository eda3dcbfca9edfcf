package dev.anodyne.opcua.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.anodyne.opcua.server.shield.Refusal;
import dev.anodyne.opcua.server.station.StationUnderAttack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.GetEndpointsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.GetEndpointsResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody can do who can reach the port and nothing more. */
final class NetworkAttackTest {
  private static final int PART = 8192;

  @TempDir private static Path directory;
  private static StationUnderAttack station;
  private static Siege siege;

  @BeforeAll
  static void start() throws Exception {
    station = new StationUnderAttack(directory);
    siege = new Siege(station);
  }

  @AfterAll
  static void stop() {
    station.close();
  }

  private static String discovery() {
    return station.url() + "/discovery";
  }

  /** Messages that never end, and connections cut in the middle of them. */
  @Test
  void chunkFlood() throws Exception {
    Siege.Attack flood =
        () -> {
          for (int i = 0; i < 150; i++) {
            try (RawClient client = new RawClient(station.port())) {
              client.hello(discovery()).open();
              byte[] part = new byte[PART];
              for (int k = 0; k < 20; k++) {
                client.send(client.chunk("MSGC", 7, part));
              }
              assertThat(client.error()).isIn(0L, StatusCodes.Bad_TcpMessageTooLarge);
            } catch (IOException e) {
              // Closed while it was still sending.
            }
          }
        };
    Siege.Attack cut =
        () -> {
          for (int i = 0; i < 300; i++) {
            RawClient client = new RawClient(station.port());
            client.hello(discovery()).open();
            for (int k = 0; k < 7; k++) {
              client.send(client.chunk("MSGC", 7, new byte[PART]));
            }
            client.reset();
          }
        };
    siege.attack(flood, cut, flood);
    assertThat(station.shield().refusals(Refusal.TOO_LARGE)).isPositive();
  }

  /** Connections, channels and renewals as fast as they go. */
  @Test
  void secureChannelFlood() throws Exception {
    Siege.Attack held =
        () -> {
          List<RawClient> clients = new ArrayList<>();
          int refused = 0;
          for (int i = 0; i < 200; i++) {
            RawClient client = new RawClient(station.port());
            clients.add(client);
            try {
              client.hello(discovery()).open();
            } catch (IOException e) {
              refused++;
            }
          }
          assertThat(refused).as("connections of one address without a session").isPositive();
          for (RawClient client : clients) {
            client.close();
          }
        };
    Siege.Attack brief =
        () -> {
          for (int i = 0; i < 500; i++) {
            try (RawClient client = new RawClient(station.port(), "127.0.0.67")) {
              client.hello(discovery()).open();
            }
          }
        };
    Siege.Attack encrypted =
        () -> {
          Random random = new Random(1);
          byte[] certificate =
              station.client().getConfig().getCertificate().orElseThrow().getEncoded();
          byte[] thumbprint = Certificates.thumbprint(station);
          for (int i = 0; i < 4; i++) {
            try (RawClient client = new RawClient(station.port(), "127.0.0.68")) {
              client.hello(station.url());
              byte[] junk = new byte[768];
              random.nextBytes(junk);
              client.send(
                  Wire.frame(
                      "OPNF",
                      new Wire()
                          .u32(0)
                          .text("http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256")
                          .bytes(certificate)
                          .bytes(thumbprint)
                          .raw(junk)
                          .bytes()));
              client.error();
            }
          }
        };
    List<Siege.Attack> attacks = new ArrayList<>(List.of(held, brief));
    attacks.addAll(Collections.nCopies(15, encrypted));
    siege.attack(attacks.toArray(Siege.Attack[]::new));
    assertThat(station.shield().refusals(Refusal.TOO_MANY_CONNECTIONS)).isPositive();
  }

  /** Every endpoint is asked for without end, and nothing of it is read. */
  @Test
  void answersThatNobodyReads() throws Exception {
    byte[] request =
        Wire.encode(
            new GetEndpointsRequest(
                new RequestHeader(
                    NodeId.NULL_VALUE, DateTime.now(), uint(1), uint(0), null, uint(0), null),
                discovery(),
                null,
                null));
    Siege.Attack greedy =
        () -> {
          try (RawClient client = new RawClient(station.port())) {
            client.hello(discovery()).open();
            CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(client::quit);
            for (int i = 0; i < 1_000_000; i++) {
              client.send(client.chunk("MSGF", i, request));
            }
          } catch (IOException e) {
            // It could send no more, or the second is over.
          }
        };
    siege.attack(greedy, greedy, greedy);
    try (RawClient client = new RawClient(station.port())) {
      client.hello(discovery()).open();
      assertThat(
              client.ask(
                  new GetEndpointsRequest(
                      new RequestHeader(
                          NodeId.NULL_VALUE, DateTime.now(), uint(1), uint(0), null, uint(0), null),
                      discovery(),
                      null,
                      null)))
          .isInstanceOf(GetEndpointsResponse.class);
    }
  }

  /** Chains that lead back to themselves, that are endless, or that are no certificates. */
  @Test
  void certificateChainLoop() throws Exception {
    byte[] thumbprint = Certificates.thumbprint(station);
    List<byte[]> chains = Certificates.loops();
    Siege.Attack loops =
        () -> {
          for (int round = 0; round < 5; round++) {
            for (byte[] chain : chains) {
              try (RawClient client = new RawClient(station.port())) {
                client.hello(station.url());
                client.send(
                    Wire.frame(
                        "OPNF",
                        new Wire()
                            .u32(0)
                            .text("http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256")
                            .bytes(chain)
                            .bytes(thumbprint)
                            .raw(new byte[512])
                            .bytes()));
                assertThat(client.error()).as("refused").isNotZero();
              }
            }
          }
        };
    siege.attack(loops, loops);
    assertThat(station.shield().refusals(Refusal.CERTIFICATES)).isPositive();
  }

  /** Values in values in values, where nobody has logged in. */
  @Test
  void nestedVariantsBeforeLogIn() throws Exception {
    Siege.Attack nested =
        () -> {
          for (int depth : new int[] {2, 50, 127, 1000, 9000}) {
            try (RawClient client = new RawClient(station.port())) {
              client.hello(discovery()).open();
              client.send(client.chunk("MSGF", 2, Nested.write(Nested.variants(depth, 1))));
              assertThat(client.error()).isEqualTo(StatusCodes.Bad_SecurityPolicyRejected);
            }
          }
        };
    siege.attack(nested, nested);
    assertThat(station.shield().refusals(Refusal.NOT_WITHOUT_SECURITY)).isPositive();
  }
}
