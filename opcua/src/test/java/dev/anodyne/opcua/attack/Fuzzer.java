package dev.anodyne.opcua.attack;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.anodyne.opcua.server.station.StationUnderAttack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.jspecify.annotations.Nullable;

/**
 * Sends changed messages from one address: first words of a connection, and requests of a session
 * that is logged in. The same seed sends the same messages.
 */
final class Fuzzer implements Siege.Attack {
  private static final int OPENING_PERCENT = 10;
  private static final int FRAMING_PERCENT = 5;

  private final StationUnderAttack station;
  private final SplittableRandom random;
  private final String from;
  private final int messages;
  private @Nullable RawClient client;
  private @Nullable NodeId session;
  private int sent;

  Fuzzer(StationUnderAttack station, long seed, String from, int messages) {
    this.station = station;
    this.random = new SplittableRandom(seed);
    this.from = from;
    this.messages = messages;
  }

  @Override
  public void run() throws Exception {
    while (sent < messages) {
      try {
        if (random.nextInt(100) < OPENING_PERCENT) {
          opening();
        } else {
          request();
        }
        sent++;
      } catch (IOException e) {
        // The server has closed the connection, as it should.
        drop();
      }
    }
    drop();
  }

  /** Hello and the opening of a channel, on a connection of their own. */
  private void opening() throws IOException {
    List<byte[]> words =
        List.of(
            Wire.hello(station.url()),
            Wire.open(Wire.NO_SECURITY, null, null),
            Wire.open(
                "http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256",
                new byte[900],
                new byte[20]));
    try (RawClient fresh = new RawClient(station.port(), from)) {
      if (random.nextBoolean()) {
        fresh.send(Mutations.of(words.get(0), words, random));
      } else {
        fresh.hello(station.url());
        fresh.send(Mutations.of(words.get(1 + random.nextInt(2)), words, random));
      }
      fresh.drain();
    }
  }

  private void request() throws IOException {
    RawClient connected = client == null ? connect() : client;
    List<byte[]> sound = sound(connected.session());
    byte[] body = Mutations.of(sound.get(random.nextInt(sound.size())), sound, random);
    byte[] frame = connected.chunk("MSGF", 1000L + sent, body);
    if (random.nextInt(100) < FRAMING_PERCENT) {
      frame = Mutations.of(frame, sound, random);
    }
    connected.send(frame);
    connected.drain();
  }

  /** A new connection; the session is taken along while it lives. */
  private RawClient connect() throws IOException {
    RawClient made = new RawClient(station.port(), from);
    client = made;
    made.hello(station.url()).open();
    if (session == null || !made.adopt(session)) {
      session = null;
      made.session(station.url());
      session = made.session();
    }
    return made;
  }

  private void drop() throws IOException {
    if (client != null) {
      client.close();
      client = null;
    }
  }

  private List<byte[]> sound(NodeId token) {
    NodeId current = station.node("CH01.Measurements.Current");
    List<byte[]> all = new ArrayList<>();
    all.add(Wire.encode(Requests.create(station.url())));
    all.add(Wire.encode(Requests.activate(token, Requests.nobody())));
    all.add(Wire.encode(Requests.browse(token, NodeIds.ObjectsFolder, station.node("CH01"))));
    all.add(Wire.encode(Requests.read(token, current, 3)));
    all.add(
        Wire.encode(
            Requests.write(token, station.node("CH01.Setpoints.PowerLimit"), new Variant(1e5))));
    all.add(
        Wire.encode(
            Requests.call(
                token,
                station.node("CH01"),
                station.type("ChargerType.SetPolicy"),
                new Variant("mpc"))));
    all.add(Wire.encode(Requests.subscribe(token)));
    all.add(Wire.encode(Requests.monitor(token, uint(1), current, 2, 10)));
    all.add(Wire.encode(Requests.selfReferringFilter(token, uint(1))));
    all.add(Wire.encode(Requests.publish(token)));
    all.add(Wire.encode(Requests.history(token, current)));
    return all;
  }
}
