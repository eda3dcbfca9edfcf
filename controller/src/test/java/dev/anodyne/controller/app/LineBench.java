package dev.anodyne.controller.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Chargers that note who commands them, when, and under which fencing number. */
final class LineBench implements AutoCloseable {
  private final ServerSocket listener;
  private final List<Command> commands = new CopyOnWriteArrayList<>();

  /**
   * A command as it arrived.
   *
   * @param nanos when, on this process's clock
   * @param validMillis how long it holds from then on
   */
  record Command(
      long nanos, String connector, String node, long fencing, double amps, long validMillis) {
    long endNanos() {
      return amps == 0 ? nanos : nanos + validMillis * 1_000_000;
    }
  }

  LineBench() throws IOException {
    listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    daemon(
        () -> {
          try {
            while (true) {
              Socket one = listener.accept();
              daemon(() -> read(one));
            }
          } catch (IOException e) {
            // Closed.
          }
        });
  }

  int port() {
    return listener.getLocalPort();
  }

  List<Command> commands() {
    return commands;
  }

  List<Command> commands(String connector) {
    return commands.stream().filter(c -> c.connector().equals(connector)).toList();
  }

  private void read(Socket socket) {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] part = line.split(" ");
        commands.add(
            new Command(
                System.nanoTime(),
                part[0],
                part[1],
                Long.parseLong(part[2]),
                Double.parseDouble(part[3]),
                Long.parseLong(part[4])));
      }
    } catch (IOException e) {
      // The node has gone.
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "line-bench");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
