package dev.anodyne.opcua.server.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.anodyne.opcua.server.history.HistoryPoint;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.AggregateConfiguration;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryData;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadProcessedDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRawModifiedDetails;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** History as clients read it: raw with continuation points, averages and extremes. */
class StationHistoryTest {
  /** One value a second: 0, 1, 2 … */
  private static final Instant START = Instant.parse("2026-11-23T06:00:00Z");

  private static final int POINTS = 2500;
  private static final String VARIABLE = "CH01.Estimators.Soc";
  private static final AggregateConfiguration DEFAULTS =
      new AggregateConfiguration(true, true, ubyte(100), ubyte(100), false);

  @TempDir static Path directory;
  private static StationBench bench;

  @BeforeAll
  static void start() throws Exception {
    bench = new StationBench(directory, Clock.systemUTC(), "CH01");
    for (int i = 0; i < POINTS; i++) {
      long status = i % 100 == 50 ? StatusCodes.Bad_NoCommunication : StatusCodes.Good;
      double value = i % 100 == 50 ? Double.NaN : i;
      bench.history.append(VARIABLE, HistoryPoint.at(at(i), value, status));
    }
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @Test
  void aRangeIsReadFromItsBeginningToBeforeItsEnd() throws Exception {
    List<DataValue> values = all(raw(at(10), at(13), 0, false));
    assertThat(values).extracting(v -> v.value().value()).containsExactly(10.0, 11.0, 12.0);
    assertThat(values.get(0).sourceTime()).isEqualTo(at(10));
    assertThat(all(raw(at(13), at(10), 0, false)))
        .extracting(v -> v.value().value())
        .as("a start after the end asks for the newest first")
        .containsExactly(13.0, 12.0, 11.0);
  }

  @Test
  void aNumberOfValuesIsReadForwardsOrBackwards() throws Exception {
    assertThat(all(raw(at(100), DateTime.MIN_VALUE, 3, false)))
        .extracting(v -> v.value().value())
        .containsExactly(100.0, 101.0, 102.0);
    assertThat(all(raw(DateTime.MIN_VALUE, at(100), 3, false)))
        .extracting(v -> v.value().value())
        .containsExactly(100.0, 99.0, 98.0);
  }

  @Test
  void boundsAreTheNearestValuesOutsideOrSaidToBeMissing() throws Exception {
    DateTime between = new DateTime(START.plusMillis(10_500));
    List<DataValue> values = all(raw(between, at(12), 0, true));
    assertThat(values).extracting(v -> v.value().value()).containsExactly(10.0, 11.0, 12.0);
    List<DataValue> before = all(raw(new DateTime(START.minusSeconds(5)), at(1), 0, true));
    assertThat(before.get(0).statusCode().value()).isEqualTo(StatusCodes.Bad_BoundNotFound);
    assertThat(before.get(0).value().value()).isNull();
  }

  @Test
  void longAnswersGoOnWhereTheyEnded() throws Exception {
    HistoryReadDetails details = raw(at(0), at(POINTS), 0, false);
    HistoryReadResult first = read(details, ByteString.NULL_VALUE);
    assertThat(values(first)).hasSize(1000);
    assertThat(first.getContinuationPoint().bytes()).isNotEmpty();
    List<DataValue> everything = all(details);
    assertThat(everything).hasSize(POINTS);
    for (int i = 0; i < POINTS; i++) {
      assertThat(everything.get(i).sourceTime()).isEqualTo(at(i));
    }
    assertThat(all(raw(at(0), at(10), 4, false)))
        .as("with both times given the number is the length of a page")
        .hasSize(10);
    HistoryReadResult page = read(raw(at(0), at(10), 4, false), ByteString.NULL_VALUE);
    assertThat(values(page)).hasSize(4);
  }

  @Test
  void aContinuationPointThatIsNotOursIsRefused() throws Exception {
    HistoryReadDetails details = raw(at(0), at(POINTS), 0, false);
    ByteString ours = read(details, ByteString.NULL_VALUE).getContinuationPoint();
    byte[] changed = ours.bytes().clone();
    changed[3] ^= 1;
    assertStatus(read(details, ByteString.of(changed)), StatusCodes.Bad_ContinuationPointInvalid);
    assertStatus(
        read(details, ByteString.of(new byte[] {1, 2})), StatusCodes.Bad_ContinuationPointInvalid);
    assertStatus(
        read(raw(at(1), at(POINTS), 0, false), ours), StatusCodes.Bad_ContinuationPointInvalid);
  }

  @Test
  void questionsWithoutSenseAreRefused() throws Exception {
    assertStatus(
        read(raw(DateTime.MIN_VALUE, DateTime.MIN_VALUE, 5, false), ByteString.NULL_VALUE),
        StatusCodes.Bad_HistoryOperationInvalid);
    assertStatus(
        read(raw(at(0), DateTime.MIN_VALUE, 0, false), ByteString.NULL_VALUE),
        StatusCodes.Bad_HistoryOperationInvalid);
    assertStatus(
        read(new ReadRawModifiedDetails(true, at(0), at(1), uint(0), false), ByteString.NULL_VALUE),
        StatusCodes.Bad_HistoryOperationUnsupported);
    HistoryReadResult live =
        bench.client.historyRead(
                raw(at(0), at(1), 0, false),
                TimestampsToReturn.Both,
                false,
                List.of(valueId(bench.node("CH01.Policy.Reason"), ByteString.NULL_VALUE)))
            .getResults()[0];
    assertStatus(live, StatusCodes.Bad_HistoryOperationUnsupported);
    assertStatus(
        read(processed(0, 100, 10, NodeIds.AggregateFunction_Count), ByteString.NULL_VALUE),
        StatusCodes.Bad_AggregateNotSupported);
    HistoryReadResult empty =
        read(raw(at(POINTS + 10), at(POINTS + 20), 0, false), ByteString.NULL_VALUE);
    assertStatus(empty, StatusCodes.Good_NoData);
    assertThat(values(empty)).isEmpty();
  }

  @Test
  void averagesAndExtremesAreThoseOfEachInterval() throws Exception {
    assertThat(all(processed(0, 30, 10, NodeIds.AggregateFunction_Average)))
        .extracting(v -> v.value().value())
        .containsExactly(4.5, 14.5, 24.5);
    assertThat(all(processed(0, 30, 10, NodeIds.AggregateFunction_Minimum)))
        .extracting(v -> v.value().value())
        .containsExactly(0.0, 10.0, 20.0);
    List<DataValue> highest = all(processed(0, 25, 10, NodeIds.AggregateFunction_Maximum));
    assertThat(highest)
        .extracting(v -> v.value().value())
        .as("the last interval is shorter")
        .containsExactly(9.0, 19.0, 24.0);
    assertThat(highest.get(1).sourceTime()).isEqualTo(at(10));
    assertThat(highest.get(1).statusCode().value() & 0x1f)
        .as("historian bits: calculated")
        .isEqualTo(1);
  }

  @Test
  void anIntervalWithABadValueIsUncertainAndOneWithoutAnyIsBad() throws Exception {
    List<DataValue> values = all(processed(40, 60, 10, NodeIds.AggregateFunction_Average));
    assertThat(values.get(0).statusCode().isGood()).isTrue();
    assertThat(values.get(1).statusCode().isUncertain())
        .as("one of ten values is bad, and 100 % good are asked for")
        .isTrue();
    assertThat(values.get(1).value().value()).isEqualTo(55.0);
    List<DataValue> none =
        all(processed(POINTS + 10, POINTS + 30, 10, NodeIds.AggregateFunction_Average));
    assertThat(none).hasSize(2).allMatch(v -> v.statusCode().value() == StatusCodes.Bad_NoData);
  }

  @Test
  void whatIsPublishedIsKept() throws Exception {
    Instant now = Instant.now();
    bench.server.publish(Snapshots.charging("CH01", now));
    await()
        .until(
            () ->
                !bench
                    .history
                    .ascending("CH01.Measurements.Current", 0, Long.MAX_VALUE, 1)
                    .isEmpty());
    HistoryPoint point =
        bench.history.ascending("CH01.Measurements.Current", 0, Long.MAX_VALUE, 1).get(0);
    assertThat(point.value()).isEqualTo(180.0);
    assertThat(bench.history.ascending("CH01.Policy.Reason", 0, Long.MAX_VALUE, 1)).isEmpty();
  }

  private static HistoryReadDetails raw(DateTime from, DateTime to, int number, boolean bounds) {
    return new ReadRawModifiedDetails(false, from, to, uint(number), bounds);
  }

  private static HistoryReadDetails processed(int from, int to, int seconds, NodeId function) {
    return new ReadProcessedDetails(
        at(from), at(to), seconds * 1000.0, new NodeId[] {function}, DEFAULTS);
  }

  private static DateTime at(int second) {
    return new DateTime(START.plusSeconds(second));
  }

  private static List<DataValue> all(HistoryReadDetails details) throws Exception {
    List<DataValue> values = new ArrayList<>();
    ByteString resume = ByteString.NULL_VALUE;
    do {
      HistoryReadResult result = read(details, resume);
      assertThat(result.getStatusCode().isGood()).as("%s", result.getStatusCode()).isTrue();
      values.addAll(values(result));
      resume = result.getContinuationPoint();
    } while (resume != null && resume.bytes() != null && resume.bytes().length > 0);
    return values;
  }

  private static HistoryReadResult read(HistoryReadDetails details, ByteString resume)
      throws Exception {
    return bench.client.historyRead(
            details, TimestampsToReturn.Both, false, List.of(valueId(bench.node(VARIABLE), resume)))
        .getResults()[0];
  }

  private static HistoryReadValueId valueId(NodeId id, ByteString resume) {
    return new HistoryReadValueId(id, null, QualifiedName.NULL_VALUE, resume);
  }

  private static List<DataValue> values(HistoryReadResult result) {
    HistoryData data =
        (HistoryData) result.getHistoryData().decode(bench.client.getStaticEncodingContext());
    return data.getDataValues() == null ? List.of() : List.of(data.getDataValues());
  }

  private static void assertStatus(HistoryReadResult result, long status) {
    assertThat(Long.toHexString(result.getStatusCode().value()))
        .isEqualTo(Long.toHexString(status));
  }
}
