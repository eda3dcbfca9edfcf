package dev.anodyne.hil.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A plain reader of MDF 4.10 for tests, written from the standard's tables and not from the writer:
 * it follows links, never positions that the writer knows.
 */
final class MdfFile {
  record Channel(
      String name, String unit, String comment, int type, int dataType, int offset, int bits) {}

  private final ByteBuffer in;
  final List<Channel> channels = new ArrayList<>();
  final long cycles;
  final long startNanos;
  private final int recordBytes;
  private final long dataAt;

  private record Block(String id, long length, long[] links, int data) {}

  MdfFile(Path file) throws IOException {
    in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    require(ascii(0, 8).equals("MDF     "), "finalised MDF");
    require(ascii(8, 8).equals("4.10    "), "version text");
    require(in.getShort(28) == 410, "version number");
    require(in.getShort(60) == 0 && in.getShort(62) == 0, "no unfinished flags");
    Block header = block(64, "##HD", 6);
    startNanos = in.getLong(header.data());
    Block history = block(header.links()[1], "##FH", 2);
    require(text(history.links()[1], "##MD").startsWith("<FHcomment"), "history comment");
    Block group = block(header.links()[0], "##DG", 4);
    require(group.links()[0] == 0, "one data group");
    require(in.get(group.data()) == 0, "no record ids");
    Block channelGroup = block(group.links()[1], "##CG", 6);
    require(channelGroup.links()[0] == 0, "one channel group");
    cycles = in.getLong(channelGroup.data() + 8);
    recordBytes = in.getInt(channelGroup.data() + 24);
    require(in.getInt(channelGroup.data() + 28) == 0, "no invalidation bytes");
    for (long at = channelGroup.links()[1]; at != 0; ) {
      Block channel = block(at, "##CN", 8);
      int d = channel.data();
      channels.add(
          new Channel(
              text(channel.links()[2], "##TX"),
              text(channel.links()[6], "##TX"),
              text(channel.links()[7], "##TX"),
              in.get(d),
              in.get(d + 2),
              in.getInt(d + 4),
              in.getInt(d + 8)));
      at = channel.links()[0];
    }
    Block data = block(group.links()[2], "##DT", 0);
    dataAt = data.data();
    require(data.length() - 24 == cycles * recordBytes, "as much data as records");
    require(dataAt + cycles * recordBytes <= in.limit(), "data within the file");
  }

  double value(long row, int channel) {
    return in.getDouble((int) (dataAt + row * recordBytes + channels.get(channel).offset()));
  }

  private Block block(long at, String id, int links) {
    require(at > 0 && at % 8 == 0 && at < in.limit(), id + " lies on a multiple of 8 in the file");
    int p = (int) at;
    require(ascii(p, 4).equals(id), "a block " + id + " at " + at + ", not " + ascii(p, 4));
    require(in.getLong(p + 16) == links, id + " has " + links + " links");
    long[] found = new long[links];
    for (int i = 0; i < links; i++) {
      found[i] = in.getLong(p + 24 + 8 * i);
    }
    return new Block(id, in.getLong(p + 8), found, p + 24 + 8 * links);
  }

  private String text(long at, String id) {
    Block block = block(at, id, 0);
    byte[] bytes = new byte[(int) block.length() - 24];
    in.get(block.data(), bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf(0);
    require(end >= 0, "text ends with a zero");
    return text.substring(0, end);
  }

  private String ascii(int at, int length) {
    byte[] bytes = new byte[length];
    in.get(at, bytes);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException("Not as MDF 4.10 wants it: " + what);
    }
  }
}
