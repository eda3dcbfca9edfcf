package dev.anodyne.opcua.attack;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryDecoder;
import org.eclipse.milo.opcua.stack.core.types.UaMessageType;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionResponse;

/** A connection over which anything can be sent; comes from an address of its own on loopback. */
final class RawClient implements AutoCloseable {
  private static final int HEADER = 8;
  private static final int SYMMETRIC_HEADERS = 24;

  private final Socket socket;
  private final DataInputStream in;
  private long channel;
  private long token;
  private long sequence = 1;
  private NodeId session = NodeId.NULL_VALUE;

  RawClient(int port) throws IOException {
    this(port, "127.0.0.66");
  }

  RawClient(int port, String from) throws IOException {
    socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(5_000);
    socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
    in = new DataInputStream(socket.getInputStream());
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Says hello and waits for the acknowledgement. */
  RawClient hello(String url) throws IOException {
    send(Wire.hello(url));
    expect("ACK");
    return this;
  }

  /** Opens a channel without security. */
  RawClient open() throws IOException {
    send(Wire.open(Wire.NO_SECURITY, null, null));
    ByteBuffer answer = Wire.read(expect("OPN"));
    channel = answer.getInt(HEADER);
    // Policy, no certificate, no thumbprint, sequence header, type; then the response's header.
    int at = HEADER + 4 + 4 + Wire.NO_SECURITY.length() + 8 + 8 + 4 + 24 + 4;
    token = answer.getInt(at + 4);
    return this;
  }

  /** Creates a session and logs in as nobody. */
  RawClient session(String url) throws IOException {
    create(url);
    var answer = ask(Requests.activate(session, Requests.nobody()));
    if (!(answer instanceof ActivateSessionResponse)) {
      throw new IOException("Not logged in: " + answer);
    }
    return this;
  }

  /** Creates a session that nobody has logged in to. */
  CreateSessionResponse create(String url) throws IOException {
    var answer = ask(Requests.create(url));
    if (answer instanceof CreateSessionResponse created) {
      session = created.getAuthenticationToken();
      return created;
    }
    throw new IOException("No session: " + answer);
  }

  /** Takes over a session of another connection. */
  boolean adopt(NodeId token) throws IOException {
    session = token;
    return ask(Requests.activate(token, Requests.nobody())) instanceof ActivateSessionResponse;
  }

  /** The token of its session. */
  NodeId session() {
    return session;
  }

  /** Throws away what the server has sent so far. */
  void drain() throws IOException {
    while (in.available() > 0) {
      if (in.skip(in.available()) == 0) {
        return;
      }
    }
  }

  /** The next chunk of this channel: type and chunk type such as MSGF. */
  byte[] chunk(String type, long requestId, byte[] body) {
    sequence++;
    return Wire.frame(
        type, new Wire().u32(channel).u32(token).u32(sequence).u32(requestId).raw(body).bytes());
  }

  /** Forgets that the last chunk was made: it is not sent as it is. */
  void takeBack() {
    sequence--;
  }

  UaMessageType ask(UaRequestMessageType request) throws IOException {
    send(chunk("MSGF", sequence, Wire.encode(request)));
    byte[] answer = expect("MSG");
    OpcUaBinaryDecoder decoder = new OpcUaBinaryDecoder(DefaultEncodingContext.INSTANCE);
    decoder.setBuffer(
        io.netty.buffer.Unpooled.wrappedBuffer(
            answer, SYMMETRIC_HEADERS, answer.length - SYMMETRIC_HEADERS));
    return decoder.decodeMessage(null);
  }

  /** The next frame; null when the connection is closed. */
  byte[] receive() throws IOException {
    try {
      byte[] header = new byte[HEADER];
      in.readFully(header);
      int size = Wire.read(header).getInt(4);
      byte[] frame = new byte[size];
      System.arraycopy(header, 0, frame, 0, HEADER);
      in.readFully(frame, HEADER, size - HEADER);
      return frame;
    } catch (EOFException | java.net.SocketException e) {
      return null;
    }
  }

  /** The next frame, which must be of a type. */
  byte[] expect(String type) throws IOException {
    byte[] frame = receive();
    String got = frame == null ? "nothing" : new String(frame, 0, 3, StandardCharsets.US_ASCII);
    if (!got.equals(type)) {
      throw new IOException(
          "Expected "
              + type
              + ", got "
              + got
              + (got.equals("ERR") ? " 0x" + Integer.toHexString(Wire.read(frame).getInt(8)) : ""));
    }
    return frame;
  }

  /** The status code of the error that the server sends before it closes; 0 when it just closes. */
  long error() throws IOException {
    for (byte[] frame = receive(); frame != null; frame = receive()) {
      if (new String(frame, 0, 3, StandardCharsets.US_ASCII).equals("ERR")) {
        return Wire.read(frame).getInt(HEADER) & 0xFFFFFFFFL;
      }
    }
    return 0;
  }

  /** True when the server has closed the connection. */
  boolean isClosedByServer() {
    try {
      socket.setSoTimeout(1);
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Closes with a reset: nothing is said goodbye. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Closes from another thread, whatever is being sent. */
  void quit() {
    try {
      socket.close();
    } catch (IOException e) {
      // Closed anyway.
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
