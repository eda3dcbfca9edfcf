package dev.anodyne.opcua.attack;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Changes messages so that they are still mostly what they were. */
final class Mutations {
  /** Numbers that lengths, counts and types do not expect. */
  private static final long[] ODD = {
    0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 65_536, 500_000, 0x7FFFFFFF, 0x80000000L, 0xFFFFFFFFL
  };

  private Mutations() {}

  /**
   * A changed copy.
   *
   * @param others messages that parts may be taken from
   */
  static byte[] of(byte[] message, List<byte[]> others, RandomGenerator random) {
    byte[] bytes = message.clone();
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times && bytes.length > 0; i++) {
      bytes = once(bytes, others, random);
    }
    return bytes;
  }

  private static byte[] once(byte[] bytes, List<byte[]> others, RandomGenerator random) {
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(9)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2, 3 -> lie(bytes, random);
      case 4 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 5 -> {
        byte[] other = others.get(random.nextInt(others.size()));
        int from = random.nextInt(other.length);
        return join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(other, from, other.length));
      }
      case 6 -> {
        // A part of it twice.
        int end = Math.min(bytes.length, at + 1 + random.nextInt(64));
        return join(Arrays.copyOf(bytes, end), Arrays.copyOfRange(bytes, at, bytes.length));
      }
      case 7 -> {
        // Another type: of a variant, a node id, an extension object.
        bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(32) : 0x80 | random.nextInt(32));
      }
      default -> {
        int depth = 1 << random.nextInt(12);
        byte[] inner = Nested.variants(depth, ODD[random.nextInt(4)]);
        return join(Arrays.copyOf(bytes, at), inner, Arrays.copyOfRange(bytes, at, bytes.length));
      }
    }
    return bytes;
  }

  /** Says that something is as long, or as many, as it is not. */
  private static void lie(byte[] bytes, RandomGenerator random) {
    if (bytes.length < 4) {
      return;
    }
    int at = random.nextInt(bytes.length - 3);
    long value = ODD[random.nextInt(ODD.length)];
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (value >> 8 * i);
    }
  }

  private static byte[] join(byte[]... parts) {
    Wire wire = new Wire();
    for (byte[] part : parts) {
      wire.raw(part);
    }
    return wire.bytes();
  }
}
