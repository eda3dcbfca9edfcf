package dev.anodyne.controller.storage;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.anodyne.controller.storage.spool.Frame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Batches of entries as bytes, for the spool: telemetry in binary, the rest as JSON, all deflated.
 * A later release must read what an earlier one has left: samples tell how many numbers and words
 * they have, and JSON may lack or have more fields.
 */
final class EntryCodec {
  private static final int SAMPLE = 1;
  private static final int VALUE = 2;
  private static final int EVENT = 3;
  private static final Map<String, Class<? extends Entry.Event>> EVENTS =
      Map.of(
          "ChargeBegun", Entry.ChargeBegun.class,
          "StateChanged", Entry.StateChanged.class,
          "ChargeEnded", Entry.ChargeEnded.class,
          "BatteryTold", Entry.BatteryTold.class,
          "Audited", Entry.Audited.class,
          "AlarmTold", Entry.AlarmTold.class);
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, new ToMicros())
                  .addDeserializer(Instant.class, new FromMicros()))
          .build();

  private EntryCodec() {}

  /** A batch as a frame. */
  static Frame encode(List<Entry> batch) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + batch.size() * 64);
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    int events = 0;
    try (DataOutputStream out =
        new DataOutputStream(new DeflaterOutputStream(bytes, fast, 1 << 14))) {
      out.writeInt(batch.size());
      for (Entry entry : batch) {
        write(entry, out);
        events += entry instanceof Entry.Event ? 1 : 0;
      }
    } catch (IOException e) {
      throw new IllegalStateException("An entry cannot be written to memory.", e);
    } finally {
      fast.end();
    }
    return new Frame(bytes.toByteArray(), batch.size() - events, events);
  }

  /**
   * A frame's batch.
   *
   * @throws IOException when it is none of ours
   */
  static List<Entry> decode(Frame frame) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(frame.payload())))) {
      int size = in.readInt();
      List<Entry> batch = new ArrayList<>(Math.min(size, 1 << 16));
      for (int i = 0; i < size; i++) {
        batch.add(read(in));
      }
      return batch;
    }
  }

  /** The same frame without telemetry. */
  static Frame thinned(Frame frame) {
    if (frame.expendable() == 0) {
      return frame;
    }
    try {
      return encode(decode(frame).stream().filter(Entry.Event.class::isInstance).toList());
    } catch (IOException e) {
      return encode(List.of());
    }
  }

  private static void write(Entry entry, DataOutputStream out) throws IOException {
    if (entry instanceof Sample sample) {
      out.writeByte(SAMPLE);
      out.writeUTF(sample.charge());
      out.writeUTF(sample.connector());
      out.writeLong(sample.timeMicros());
      out.writeShort(sample.values().length);
      for (double value : sample.values()) {
        out.writeDouble(value);
      }
      out.writeShort(sample.words().length);
      for (String word : sample.words()) {
        out.writeUTF(word == null ? "" : word);
      }
    } else if (entry instanceof HistoryValue value) {
      out.writeByte(VALUE);
      out.writeUTF(value.variable());
      out.writeLong(value.timeMicros());
      out.writeDouble(value.value());
      out.writeLong(value.status());
    } else {
      out.writeByte(EVENT);
      out.writeUTF(entry.getClass().getSimpleName());
      byte[] json = JSON.writeValueAsBytes(entry);
      out.writeInt(json.length);
      out.write(json);
    }
  }

  private static Entry read(DataInputStream in) throws IOException {
    int kind = in.readByte();
    if (kind == SAMPLE) {
      return sample(in);
    }
    if (kind == VALUE) {
      return new HistoryValue(in.readUTF(), in.readLong(), in.readDouble(), in.readLong());
    }
    String name = in.readUTF();
    Class<? extends Entry.Event> type = EVENTS.get(name);
    byte[] json = in.readNBytes(in.readInt());
    if (kind != EVENT || type == null) {
      throw new IOException("An entry of kind " + kind + " '" + name + "' is not known.");
    }
    return JSON.readValue(json, type);
  }

  private static Sample sample(DataInputStream in) throws IOException {
    String charge = in.readUTF();
    String connector = in.readUTF();
    long time = in.readLong();
    double[] values = new double[Sample.VALUES];
    Arrays.fill(values, Double.NaN);
    int count = in.readShort();
    for (int i = 0; i < count; i++) {
      double value = in.readDouble();
      if (i < values.length) {
        values[i] = value;
      }
    }
    @Nullable String[] words = new @Nullable String[Sample.WORDS];
    int spoken = in.readShort();
    for (int i = 0; i < spoken; i++) {
      String word = in.readUTF();
      if (i < words.length && !word.isEmpty()) {
        words[i] = word;
      }
    }
    return new Sample(charge, connector, time, values, words);
  }

  private static final class ToMicros extends JsonSerializer<Instant> {
    @Override
    public void serialize(Instant time, JsonGenerator out, SerializerProvider unused)
        throws IOException {
      out.writeNumber(Micros.of(time));
    }
  }

  private static final class FromMicros extends JsonDeserializer<Instant> {
    @Override
    public Instant deserialize(JsonParser in, DeserializationContext unused) throws IOException {
      return Micros.instant(in.getLongValue());
    }
  }
}
