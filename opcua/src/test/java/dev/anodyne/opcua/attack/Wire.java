package dev.anodyne.opcua.attack;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryEncoder;
import org.eclipse.milo.opcua.stack.core.types.UaMessageType;

/** Bytes as OPC UA binary writes them, without any care for whether they make sense. */
final class Wire {
  static final String NO_SECURITY = "http://opcfoundation.org/UA/SecurityPolicy#None";

  private static final int OPEN_SECURE_CHANNEL = 446;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Wire u8(int value) {
    out.write(value);
    return this;
  }

  Wire u16(int value) {
    return u8(value).u8(value >> 8);
  }

  Wire u32(long value) {
    return u16((int) value).u16((int) (value >> 16));
  }

  Wire i64(long value) {
    return u32(value).u32(value >> 32);
  }

  Wire raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** A text or bytes with their length before them; null as −1. */
  Wire bytes(byte[] bytes) {
    return bytes == null ? u32(-1) : u32(bytes.length).raw(bytes);
  }

  Wire text(String text) {
    return bytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8));
  }

  /** A numeric node id of the standard's namespace. */
  Wire type(int id) {
    return u8(1).u8(0).u16(id);
  }

  /** A request's header without a session. */
  Wire header(long handle) {
    return u16(0).i64(0).u32(handle).u32(0).u32(-1).u32(10_000).u16(0).u8(0);
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  /** A message in one chunk. */
  static byte[] frame(String type, byte[] body) {
    return new Wire()
        .raw(type.getBytes(StandardCharsets.US_ASCII))
        .u32(body.length + 8)
        .raw(body)
        .bytes();
  }

  static byte[] hello(String url) {
    return frame("HELF", new Wire().u32(0).u32(65535).u32(65535).u32(0).u32(0).text(url).bytes());
  }

  static byte[] open(String policy, byte[] certificate, byte[] thumbprint) {
    return open(policy, certificate, thumbprint, 0, 0);
  }

  /**
   * Asks for a secure channel without encryption.
   *
   * @param channel 0 for a new one
   * @param requestType 0 issue, 1 renew
   */
  static byte[] open(
      String policy, byte[] certificate, byte[] thumbprint, long channel, int requestType) {
    return frame(
        "OPNF",
        new Wire()
            .u32(channel)
            .text(policy)
            .bytes(certificate)
            .bytes(thumbprint)
            .u32(1)
            .u32(1)
            .type(OPEN_SECURE_CHANNEL)
            .header(1)
            .u32(0)
            .u32(requestType)
            .u32(1)
            .u32(-1)
            .u32(3_600_000)
            .bytes());
  }

  /** A request as the library encodes it. */
  static byte[] encode(UaMessageType message) {
    var buffer = io.netty.buffer.Unpooled.buffer();
    new OpcUaBinaryEncoder(DefaultEncodingContext.INSTANCE)
        .setBuffer(buffer)
        .encodeMessage(null, message);
    byte[] bytes = new byte[buffer.readableBytes()];
    buffer.readBytes(bytes);
    return bytes;
  }

  static ByteBuffer read(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
