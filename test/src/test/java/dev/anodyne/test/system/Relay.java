package dev.anodyne.test.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A way to a server on this machine that knows when it was used, and that can go deaf: bytes then
 * stay where they are and nobody is told.
 */
final class Relay implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final List<Long> accepted = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private boolean deaf;

  Relay(int targetPort) throws IOException {
    target = targetPort;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** When the first connection after an instant came; {@link Long#MAX_VALUE}: none has. */
  long firstAfter(long nanos) {
    return accepted.stream()
        .filter(at -> at - nanos >= 0)
        .mapToLong(at -> at)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Passes nothing on any more. */
  synchronized void goDeaf() {
    deaf = true;
  }

  private synchronized void awaitHearing() throws IOException {
    try {
      while (deaf) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        accepted.add(System.nanoTime());
        daemon(() -> connect(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void connect(Socket client) {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      sockets.addAll(List.of(client, server));
      daemon(() -> copy(client, server));
      daemon(() -> copy(server, client));
    } catch (IOException e) {
      abort(client);
    }
  }

  private void copy(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        awaitHearing();
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // One side has gone.
    }
    abort(from);
    abort(to);
  }

  private static void abort(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // Closed already.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      // Closed already.
    }
    sockets.forEach(Relay::abort);
  }
}
