package dev.anodyne.opcua.server.shield;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.reflect.Field;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.ServerTable;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.encoding.DataTypeCodec;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingManager;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryDecoder;
import org.eclipse.milo.opcua.stack.core.types.DataTypeManager;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.transport.server.uasc.UascServerSymmetricHandler;
import org.jspecify.annotations.Nullable;

/**
 * Reads what clients send and believes no length that the message cannot hold: every element takes
 * a byte at least. The library (1.1.2) makes arrays as long as the message says, up to the longest
 * message that is allowed, once for each level of values in values; and it does not bound the
 * dimensions of a matrix at all, so that thirty bytes can ask for eight gigabytes. Matrices are not
 * taken: no node here has one.
 */
final class CheckedDecoder extends OpcUaBinaryDecoder {
  private static final int DIMENSIONS = 0x40;

  private final Context context;
  private @Nullable ByteBuf buffer;

  private CheckedDecoder(Context context) {
    super(context);
    this.context = context;
  }

  static CheckedDecoder with(EncodingContext library) {
    return new CheckedDecoder(new Context(library));
  }

  /**
   * Lets the handler of a channel read with such a decoder.
   *
   * @throws IllegalStateException when the library is another than the one that this was made for
   */
  static void install(UascServerSymmetricHandler handler, EncodingContext library) {
    try {
      // The library makes its decoder itself and offers no other way to exchange it.
      Field decoder = UascServerSymmetricHandler.class.getDeclaredField("binaryDecoder");
      decoder.setAccessible(true);
      decoder.set(handler, with(library));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The OPC UA library's decoder cannot be guarded.", e);
    }
  }

  /**
   * Reads a structure that the library is going to read by itself.
   *
   * @return null when it is not known here, or empty
   * @throws UaSerializationException when it is not sound, or not binary
   */
  static @Nullable Object read(ExtensionObject structure, EncodingContext library) {
    if (structure.isNull()) {
      return null;
    }
    if (!(structure instanceof ExtensionObject.Binary binary)) {
      throw new UaSerializationException(StatusCodes.Bad_DecodingError, "only binary structures");
    }
    DataTypeCodec codec = library.getDataTypeManager().getCodec(binary.getEncodingOrTypeId());
    if (codec == null) {
      return null;
    }
    CheckedDecoder decoder = with(library);
    decoder.setBuffer(Unpooled.wrappedBuffer(binary.getBody().bytesOrEmpty()));
    return codec.decode(decoder.context, decoder);
  }

  @Override
  public OpcUaBinaryDecoder setBuffer(ByteBuf next) {
    buffer = next;
    context.bytes = next.readableBytes();
    return super.setBuffer(next);
  }

  @Override
  public Variant decodeVariant() throws UaSerializationException {
    ByteBuf in = buffer;
    if (in != null && in.isReadable() && (in.getByte(in.readerIndex()) & DIMENSIONS) != 0) {
      throw new UaSerializationException(
          StatusCodes.Bad_EncodingLimitsExceeded, "matrices are not taken");
    }
    return super.decodeVariant();
  }

  /** The library's, with limits that shrink to the message at hand. */
  private static final class Context implements EncodingContext {
    private final EncodingContext library;
    private final EncodingLimits limits;
    private int bytes;

    Context(EncodingContext library) {
      this.library = library;
      EncodingLimits usual = library.getEncodingLimits();
      limits =
          new EncodingLimits(
              usual.getMaxChunkSize(),
              usual.getMaxChunkCount(),
              usual.getMaxMessageSize(),
              usual.getMaxRecursionDepth()) {
            @Override
            public int getMaxMessageSize() {
              return Math.min(bytes, super.getMaxMessageSize());
            }
          };
    }

    @Override
    public DataTypeManager getDataTypeManager() {
      return library.getDataTypeManager();
    }

    @Override
    public EncodingManager getEncodingManager() {
      return library.getEncodingManager();
    }

    @Override
    public EncodingLimits getEncodingLimits() {
      return limits;
    }

    @Override
    public NamespaceTable getNamespaceTable() {
      return library.getNamespaceTable();
    }

    @Override
    public ServerTable getServerTable() {
      return library.getServerTable();
    }
  }
}
