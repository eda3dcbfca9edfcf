package dev.anodyne.hil.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The blocks of an MDF file in front of its data. Every block begins on a multiple of 8 bytes with
 *
 * <pre>id "##XX", 4 reserved, length (8), number of links (8), links (8 each)</pre>
 */
final class MdfBlocks {
  /** Bytes of a block's header without links. */
  static final int HEADER_BYTES = 24;

  private static final int VERSION = 410;
  private static final int ID_BYTES = 64;
  private static final int CHANNEL_BYTES = 160;
  private static final byte OFFSETS_VALID = 2;
  private static final byte FIXED_LENGTH = 0;
  private static final byte MASTER = 2;
  private static final byte SYNC_NONE = 0;
  private static final byte SYNC_TIME = 1;
  private static final byte FLOAT_LITTLE_ENDIAN = 4;
  private static final String HISTORY =
      "<FHcomment xmlns=\"http://www.asam.net/mdf/v4\"><TX>recorded</TX>"
          + "<tool_id>anodyne</tool_id><tool_vendor>anodyne</tool_vendor>"
          + "<tool_version>1</tool_version></FHcomment>";

  /** Where in the file numbers change while it grows. */
  record Layout(long cycleCountAt, long dataLengthAt, long dataStart) {}

  private final ByteBuffer out;
  private final Layout layout;

  MdfBlocks(List<RecordedColumn> columns, long startNanos) {
    List<byte[]> texts = new ArrayList<>();
    for (RecordedColumn column : columns) {
      texts.add(text(column.name()));
      texts.add(text(column.unit().equals("1") ? "" : column.unit()));
      texts.add(text(column.meaning()));
    }
    byte[] history = text(HISTORY);
    // Order in the file: ID HD FH MD DG CG CN… TX… DT.
    long header = ID_BYTES;
    long historyAt = header + 104;
    long historyTextAt = historyAt + 56;
    long groupAt = historyTextAt + HEADER_BYTES + history.length;
    long channelGroupAt = groupAt + 64;
    long channelsAt = channelGroupAt + 104;
    long textsAt = channelsAt + (long) CHANNEL_BYTES * columns.size();
    long dataAt = textsAt + texts.stream().mapToLong(t -> HEADER_BYTES + t.length).sum();
    layout =
        new Layout(channelGroupAt + HEADER_BYTES + 6 * 8 + 8, dataAt + 8, dataAt + HEADER_BYTES);
    out = ByteBuffer.allocate(Math.toIntExact(dataAt + HEADER_BYTES));
    out.order(ByteOrder.LITTLE_ENDIAN);
    identification();
    header(groupAt, historyAt, startNanos);
    history(historyTextAt, startNanos);
    textBlock("##MD", history);
    block("##DG", 64, 0, channelGroupAt, dataAt, 0);
    out.putLong(0); // no record ids
    channelGroup(channelsAt, columns.size());
    channels(columns, channelsAt, textsAt, texts);
    texts.forEach(text -> textBlock("##TX", text));
    block("##DT", HEADER_BYTES);
    if (out.hasRemaining()) {
      throw new IllegalStateException("MDF blocks have another length than planned.");
    }
    out.flip();
  }

  Layout layout() {
    return layout;
  }

  ByteBuffer bytes() {
    return out;
  }

  private void identification() {
    out.put(ascii("MDF     ")).put(ascii("4.10    ")).put(ascii("anodyne "));
    out.putInt(0);
    out.putShort((short) VERSION);
    out.put(new byte[34]); // reserved; nothing is left to be finalised
  }

  private void header(long groupAt, long historyAt, long startNanos) {
    block("##HD", 104, groupAt, historyAt, 0, 0, 0, 0);
    time(startNanos);
    out.put(new byte[3]); // class, flags, reserved
    out.putDouble(0).putDouble(0); // angle and distance at the start: not valid
  }

  private void history(long textAt, long startNanos) {
    block("##FH", 56, 0, textAt);
    time(startNanos);
    out.put(new byte[3]);
  }

  /** Nanoseconds since 1970 in UTC, no offsets; the offsets are valid. */
  private void time(long nanos) {
    out.putLong(nanos).putShort((short) 0).putShort((short) 0).put(OFFSETS_VALID);
  }

  private void channelGroup(long firstChannelAt, int columns) {
    block("##CG", 104, 0, firstChannelAt, 0, 0, 0, 0);
    out.putLong(0).putLong(0); // record id, number of records
    out.putShort((short) 0).putShort((short) 0).putInt(0);
    out.putInt(columns * Double.BYTES).putInt(0);
  }

  private void channels(
      List<RecordedColumn> columns, long channelsAt, long textsAt, List<byte[]> texts) {
    long text = textsAt;
    for (int i = 0; i < columns.size(); i++) {
      long nameAt = text;
      long unitAt = nameAt + HEADER_BYTES + texts.get(3 * i).length;
      long meaningAt = unitAt + HEADER_BYTES + texts.get(3 * i + 1).length;
      text = meaningAt + HEADER_BYTES + texts.get(3 * i + 2).length;
      long next = i + 1 < columns.size() ? channelsAt + (long) CHANNEL_BYTES * (i + 1) : 0;
      block("##CN", CHANNEL_BYTES, next, 0, nameAt, 0, 0, 0, unitAt, meaningAt);
      out.put(i == 0 ? MASTER : FIXED_LENGTH).put(i == 0 ? SYNC_TIME : SYNC_NONE);
      out.put(FLOAT_LITTLE_ENDIAN).put((byte) 0);
      out.putInt(i * Double.BYTES).putInt(Double.SIZE);
      out.put(new byte[12 + 48]); // flags, invalidation, precision; no ranges
    }
  }

  private void block(String id, long length, long... links) {
    out.put(ascii(id)).putInt(0).putLong(length).putLong(links.length);
    for (long link : links) {
      out.putLong(link);
    }
  }

  private void textBlock(String id, byte[] text) {
    block(id, HEADER_BYTES + (long) text.length);
    out.put(text);
  }

  /** UTF-8 with its zero, filled up to a multiple of 8 bytes. */
  private static byte[] text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    byte[] padded = new byte[(utf8.length + 8) / 8 * 8];
    System.arraycopy(utf8, 0, padded, 0, utf8.length);
    return padded;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
