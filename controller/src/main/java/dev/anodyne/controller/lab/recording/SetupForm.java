package dev.anodyne.controller.lab.recording;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.anodyne.controller.config.ConfigException;
import dev.anodyne.controller.config.PolicyFileReader;
import dev.anodyne.controller.config.PolicyFileWriter;
import dev.anodyne.controller.lab.ChargeSetup;
import dev.anodyne.controller.session.recording.RecordingException;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.StepSeries;
import dev.anodyne.estimators.identification.IdentifiedCell;
import dev.anodyne.mpc.spec.PolicySpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A {@link ChargeSetup} as JSON: every component by its name. Cell and identified battery are too
 * large for that: only that they are there is written, and whoever reads has them at hand.
 */
final class SetupForm {
  private static final String CELL = "cell";
  private static final String BATTERY = "battery";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setVisibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
          .setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
          .setVisibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
          .registerModule(module());

  private SetupForm() {}

  static JsonNode write(ChargeSetup setup) {
    return JSON.valueToTree(setup);
  }

  /**
   * The setup of a tree.
   *
   * @throws RecordingException when the tree is none
   */
  static ChargeSetup read(JsonNode tree, CellParameters cell, Optional<IdentifiedCell> battery) {
    try {
      return JSON.readerFor(ChargeSetup.class)
          .withAttribute(CELL, cell)
          .withAttribute(BATTERY, battery)
          .readValue(tree);
    } catch (IOException e) {
      String what =
          e instanceof JsonProcessingException known
              ? String.valueOf(known.getOriginalMessage()).lines().findFirst().orElse("")
              : String.valueOf(e.getMessage());
      throw new RecordingException("no setup of a charge (" + what + ")", e);
    }
  }

  private static SimpleModule module() {
    SimpleModule module = new SimpleModule();
    module.addSerializer(CellParameters.class, new NameOnly<>());
    module.addDeserializer(CellParameters.class, new AtHand<CellParameters>(CELL));
    module.addSerializer(Optional.class, new NameOnly<>());
    module.addDeserializer(Optional.class, new AtHand<Optional<?>>(BATTERY));
    module.addSerializer(PolicySpec.class, new PolicyWriter());
    module.addDeserializer(PolicySpec.class, new PolicyReader());
    module.addSerializer(StepSeries.class, new SeriesWriter());
    module.addDeserializer(StepSeries.class, new SeriesReader());
    return module;
  }

  /** Writes what somebody else keeps: a cell's name, whether there is a battery. */
  private static final class NameOnly<T> extends JsonSerializer<T> {
    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider all) throws IOException {
      if (value instanceof CellParameters cell) {
        out.writeString(cell.name());
      } else {
        out.writeBoolean(value instanceof Optional<?> o && o.isPresent());
      }
    }
  }

  /** Reads what somebody else kept. */
  private static final class AtHand<T> extends JsonDeserializer<T> {
    private final String name;

    AtHand(String name) {
      this.name = name;
    }

    @Override
    @SuppressWarnings("unchecked") // The attribute of this name is always of this type.
    public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
      in.skipChildren();
      return (T) context.getAttribute(name);
    }
  }

  /** As the text of a policy's file, so that a changed file changes no replay. */
  private static final class PolicyWriter extends JsonSerializer<PolicySpec> {
    @Override
    public void serialize(PolicySpec spec, JsonGenerator out, SerializerProvider all)
        throws IOException {
      out.writeString(PolicyFileWriter.text(spec, Map.of()));
    }
  }

  private static final class PolicyReader extends JsonDeserializer<PolicySpec> {
    @Override
    public PolicySpec deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      try {
        return PolicyFileReader.parse(Path.of("recorded policy"), in.getText()).spec();
      } catch (ConfigException e) {
        throw JsonMappingException.from(in, String.valueOf(e.getMessage()), e);
      }
    }
  }

  private static final class SeriesWriter extends JsonSerializer<StepSeries> {
    @Override
    public void serialize(StepSeries s, JsonGenerator out, SerializerProvider all)
        throws IOException {
      double[] from = new double[s.length()];
      double[] values = new double[s.length()];
      for (int i = 0; i < from.length; i++) {
        from[i] = s.fromSeconds(i);
        values[i] = s.value(i);
      }
      all.defaultSerializeValue(new Series(from, values, s.otherwise()), out);
    }
  }

  private static final class SeriesReader extends JsonDeserializer<StepSeries> {
    @Override
    public StepSeries deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      Series s = context.readValue(in, Series.class);
      return StepSeries.of(s.fromSeconds(), s.values(), s.otherwise());
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Lives for one call.
  private record Series(double[] fromSeconds, double[] values, double otherwise) {}
}
