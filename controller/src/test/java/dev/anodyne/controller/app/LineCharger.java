package dev.anodyne.controller.app;

import static dev.anodyne.controller.Images.sample;
import static dev.anodyne.controller.Images.up;

import dev.anodyne.core.charging.Charger;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.NanoClock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The way from a node in another process to a {@link LineBench}: each command is a line with the
 * connector, the node, its fencing number, the current and how long it holds. As with OPC UA the
 * validity goes out as a duration, worked out right before the bytes go out.
 */
final class LineCharger implements Charger {
  private final String connector;
  private final String node;
  private final NanoClock clock;
  private final Socket socket;
  private final OutputStream out;
  private volatile long fencing;
  private volatile double amps;

  LineCharger(String connector, String node, int port, NanoClock clock) {
    this.connector = connector;
    this.node = node;
    this.clock = clock;
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      out = socket.getOutputStream();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public ChargerStatus status() {
    double now = Math.floor(clock.nanoTime() * 1e-8) / 10;
    return up(sample(now, amps));
  }

  @Override
  public void fence(long number) {
    fencing = number;
  }

  @Override
  public void apply(CurrentCommand command) {
    long left = command.validUntilNanos() - clock.nanoTime();
    if (left <= 0 && command.chargeCurrentAmps() != 0) {
      return;
    }
    amps = command.chargeCurrentAmps();
    String line =
        "%s %s %d %s %d%n".formatted(connector, node, fencing, amps, Math.max(0, left) / 1_000_000);
    try {
      out.write(line.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      amps = 0;
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is of no use any more.
    }
  }
}
