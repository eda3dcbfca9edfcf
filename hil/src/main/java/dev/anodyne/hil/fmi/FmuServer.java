package dev.anodyne.hil.fmi;

import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.hil.channel.Channels;
import dev.anodyne.plantsim.PlantConfig;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What exported units call back into: each connection has a plant of its own, which moves when its
 * tool says so. Listens on this machine only.
 */
public final class FmuServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FmuServer.class);
  private static final int OK = 0;
  private static final int ERROR = 3;
  private static final int MOST_VALUES = 1 << 20;

  private final PlantConfig plant;
  private final String guid;
  private final ServerSocket server;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private FmuServer(PlantConfig plant, ServerSocket server) {
    this.plant = plant;
    this.server = server;
    guid = FmuExport.guid(plant);
  }

  /**
   * Begins to listen.
   *
   * @param port 0 for a free one
   */
  public static FmuServer start(PlantConfig plant, int port) throws IOException {
    ServerSocket socket = new ServerSocket(port, 8, InetAddress.getByName("127.0.0.1"));
    FmuServer made = new FmuServer(plant, socket);
    daemon(made::accept, "fmu server").start();
    return made;
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Where it listens. */
  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        open.add(socket);
        daemon(() -> serve(socket), "fmu plant").start();
      } catch (IOException e) {
        LOG.debug("No further units.", e);
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      new Instance(socket).run();
    } catch (EOFException e) {
      LOG.debug("A unit went away.", e);
    } catch (IOException | RuntimeException e) {
      LOG.warn("A unit's connection ended: {}", e.toString());
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** One unit's plant. */
  private final class Instance {
    private final Socket socket;
    private SimulatedPack pack = new SimulatedPack(plant);
    private long nowNanos;

    Instance(Socket socket) {
      this.socket = socket;
      pack.image(0);
    }

    void run() throws IOException {
      boolean greeted = false;
      while (true) {
        ByteBuffer head = read(5);
        char what = (char) head.get();
        int count = head.getInt();
        if (count < 0 || count > MOST_VALUES) {
          throw new IOException("a request of " + count + " values");
        }
        if (what == 'H') {
          greeted = StandardCharsets.UTF_8.decode(read(count)).toString().equals(guid);
          answer(greeted ? OK : ERROR);
        } else if (what == 'Q') {
          answer(OK);
          return;
        } else if (greeted) {
          request(what, count);
        } else {
          throw new IOException("a request before the greeting");
        }
      }
    }

    private void request(char what, int count) throws IOException {
      switch (what) {
        case 'R' -> {
          pack = new SimulatedPack(plant);
          pack.image(0);
          nowNanos = 0;
          answer(OK);
        }
        case 'S' -> set(count);
        case 'G' -> get(count);
        case 'D' -> step();
        default -> throw new IOException("an unknown request " + (int) what);
      }
    }

    private void set(int count) throws IOException {
      ByteBuffer in = read(12 * count);
      Channels channels = pack.channels();
      int status = OK;
      for (int i = 0; i < count; i++) {
        int index = in.getInt(4 * i);
        double value = in.getDouble(4 * count + 8 * i);
        try {
          channels.get(index).force(value);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
          LOG.warn("Variable {} cannot be {}: {}", index, value, e.getMessage());
          status = ERROR;
        }
      }
      answer(status);
    }

    private void get(int count) throws IOException {
      ByteBuffer in = read(4 * count);
      Channels channels = pack.channels();
      ByteBuffer out = ByteBuffer.allocate(8 * count).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < count; i++) {
        int index = in.getInt(4 * i);
        if (index < 0 || index >= channels.count()) {
          answer(ERROR);
          return;
        }
        out.putDouble(channels.read(index));
      }
      socket.getOutputStream().write(OK);
      socket.getOutputStream().write(out.array());
    }

    private void step() throws IOException {
      ByteBuffer in = read(16);
      double time = in.getDouble();
      double dtSeconds = in.getDouble();
      boolean isPossible = dtSeconds > 0 && Math.abs(time - nowNanos * 1e-9) < 1e-6;
      if (isPossible) {
        // Without a forced current nobody commands anything.
        pack.step(dtSeconds, CurrentCommand.zero(nowNanos), nowNanos);
        nowNanos += Math.round(dtSeconds * 1e9);
        pack.image(nowNanos);
      }
      answer(isPossible && pack.plant().status().isUsable() ? OK : ERROR);
    }

    private void answer(int status) throws IOException {
      socket.getOutputStream().write(status);
    }

    private ByteBuffer read(int bytes) throws IOException {
      byte[] read = socket.getInputStream().readNBytes(bytes);
      if (read.length < bytes) {
        throw new EOFException("the unit's tool has gone");
      }
      return ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
