package dev.anodyne.controller.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A network between a controller and a charger that can be cut in two ways. As in TCP, what was
 * sent while packets were dropped arrives late when both ends still hold the connection, and never
 * when one of them has given it up.
 */
final class CuttableNetwork implements AutoCloseable {
  /** What the network does with packets. */
  private enum State {
    OPEN,
    DROPPING,
    RESETTING
  }

  /** Long against the loopback, short against everything else. */
  private static final int DRAIN_MILLIS = 20;

  private final ServerSocket listener;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private State state = State.OPEN;

  CuttableNetwork(int targetPort) throws IOException {
    target = targetPort;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Nothing arrives any more, in either direction, and nobody is told. */
  void drop() {
    become(State.DROPPING);
  }

  /** Every connection is reset, and so is every attempt at a new one. */
  void reset() {
    become(State.RESETTING);
    sockets.forEach(CuttableNetwork::abort);
    sockets.clear();
  }

  /** All is well again. */
  void heal() {
    become(State.OPEN);
  }

  private synchronized void become(State next) {
    state = next;
    notifyAll();
  }

  private synchronized boolean isOpen() {
    return state == State.OPEN;
  }

  private synchronized void awaitOpen() throws IOException {
    try {
      while (state == State.DROPPING) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    if (state == State.RESETTING) {
      throw new IOException("reset");
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        daemon(() -> connect(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void connect(Socket client) {
    try {
      awaitOpen();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
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
        if (isOpen()) {
          out.write(buffer, 0, n);
          continue;
        }
        ByteArrayOutputStream held = new ByteArrayOutputStream();
        held.write(buffer, 0, n);
        awaitOpen();
        drain(from, in, held);
        out.write(held.toByteArray());
      }
    } catch (IOException e) {
      // One side has gone.
    }
    abort(from);
    abort(to);
  }

  /** Takes in what has been sent meanwhile; fails when the sender has given the connection up. */
  private static void drain(Socket from, InputStream in, ByteArrayOutputStream held)
      throws IOException {
    byte[] buffer = new byte[8192];
    from.setSoTimeout(DRAIN_MILLIS);
    try {
      for (int n = in.read(buffer); ; n = in.read(buffer)) {
        if (n < 0) {
          throw new IOException("given up");
        }
        held.write(buffer, 0, n);
      }
    } catch (SocketTimeoutException e) {
      from.setSoTimeout(0);
    }
  }

  private static void abort(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // Closed already.
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "network");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    reset();
    try {
      listener.close();
    } catch (IOException e) {
      // Closed already.
    }
  }
}
