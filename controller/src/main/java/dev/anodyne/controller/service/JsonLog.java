package dev.anodyne.controller.service;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Log lines as JSON, one object each: {@code time}, {@code level}, {@code logger}, {@code thread},
 * {@code message}, {@code connector} where the line is about one, key-value pairs and MDC, and
 * {@code error} with the stack.
 *
 * <p>Sessions share event loops, so no thread belongs to a connector: its id is the first argument
 * of messages that begin with {@code Session {}} or {@code Connector {}}, and is taken from there.
 */
public final class JsonLog extends EncoderBase<ILoggingEvent> {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern OF_CONNECTOR = Pattern.compile("(?s)(Session|Connector) \\{}.*");

  private final ThrowableProxyConverter stack = new ThrowableProxyConverter();

  @Override
  public void start() {
    stack.start();
    super.start();
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("time", Instant.ofEpochMilli(event.getTimeStamp()).toString());
      json.writeStringField("level", event.getLevel().toString());
      json.writeStringField("logger", event.getLoggerName());
      json.writeStringField("thread", event.getThreadName());
      json.writeStringField("message", event.getFormattedMessage());
      String connector = connector(event);
      if (connector != null) {
        json.writeStringField("connector", connector);
      }
      for (Map.Entry<String, String> one : event.getMDCPropertyMap().entrySet()) {
        json.writeStringField(one.getKey(), one.getValue());
      }
      if (event.getKeyValuePairs() != null) {
        for (KeyValuePair pair : event.getKeyValuePairs()) {
          json.writeStringField(pair.key, String.valueOf(pair.value));
        }
      }
      if (event.getThrowableProxy() != null) {
        json.writeStringField("error", stack.convert(event));
      }
      json.writeEndObject();
    } catch (IOException e) {
      return ("{\"message\":\"A log line could not be written.\"}\n")
          .getBytes(StandardCharsets.UTF_8);
    }
    line.write('\n');
    return line.toByteArray();
  }

  private static @Nullable String connector(ILoggingEvent event) {
    Object[] arguments = event.getArgumentArray();
    boolean named =
        arguments != null
            && arguments.length > 0
            && OF_CONNECTOR.matcher(String.valueOf(event.getMessage())).matches();
    return named ? String.valueOf(arguments[0]) : null;
  }
}
