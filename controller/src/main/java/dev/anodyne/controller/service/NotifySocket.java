package dev.anodyne.controller.service;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The service manager's socket, as sd_notify(3) describes it: datagrams to a UNIX socket whose path
 * is in the environment. By the C library, since the JDK's own UNIX sockets know streams only.
 */
final class NotifySocket implements AutoCloseable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;

  /** Of sun_path, with its closing zero. */
  private static final int LONGEST_PATH = 108;

  private final LibC libc;
  private final byte[] address;
  private final int descriptor;

  private interface LibC extends Library {
    int socket(int domain, int type, int protocol) throws LastErrorException;

    int sendto(int fd, byte[] data, long length, int flags, byte[] address, int addressLength)
        throws LastErrorException;

    int close(int fd) throws LastErrorException;
  }

  /**
   * Opens the way to a socket.
   *
   * @param path an absolute path, or an abstract name that begins with {@code @}
   * @throws IllegalArgumentException when it is neither, or too long
   * @throws LastErrorException when the system has no such sockets
   */
  NotifySocket(String path) {
    address = address(path);
    libc = Native.load("c", LibC.class);
    descriptor = libc.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  }

  /** A sockaddr_un; an abstract name has no closing zero. */
  static byte[] address(String path) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    boolean isAbstract = path.startsWith("@");
    if (!isAbstract && !path.startsWith("/") || name.length >= LONGEST_PATH) {
      throw new IllegalArgumentException(
          "NOTIFY_SOCKET: '"
              + path
              + "' is not possible; allowed: an absolute path or an abstract name of at most "
              + (LONGEST_PATH - 1)
              + " bytes.");
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(2 + name.length + (isAbstract ? 0 : 1)).order(ByteOrder.nativeOrder());
    bytes.putShort((short) AF_UNIX).put(name);
    if (isAbstract) {
      bytes.put(2, (byte) 0);
    }
    return bytes.array();
  }

  /**
   * Sends assignments, one a line.
   *
   * @throws LastErrorException when nobody listens
   */
  void send(String assignments) {
    byte[] data = assignments.getBytes(StandardCharsets.UTF_8);
    int unused = libc.sendto(descriptor, data, data.length, MSG_NOSIGNAL, address, address.length);
  }

  @Override
  public void close() {
    int unused = libc.close(descriptor);
  }
}
