package dev.anodyne.opcua.server.station;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.opcua.model.ValueRange;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.NodeClass;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every node of a station as any client sees it: class, type, data type, unit, range, access. */
class StationModelTest {
  @TempDir static Path directory;
  private static StationBench bench;

  @BeforeAll
  static void start() throws Exception {
    bench = new StationBench(directory, Clock.systemUTC(), "CH01", "CH02");
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @Test
  void treeIsBrowsedFromTheObjectsFolder() throws Exception {
    assertThat(bench.children(NodeIds.ObjectsFolder)).contains("Station", "DeviceSet");
    assertThat(bench.children(bench.node("Station")))
        .containsExactlyInAnyOrder(
            "GridConnection",
            "EnergyManagement",
            "Chargers",
            "Alarms",
            "EmergencyStopRequest",
            // as notifiers of events
            "CH01",
            "CH02");
    assertThat(bench.children(bench.node("Station.Chargers"))).containsExactly("CH01", "CH02");
    assertThat(bench.children(bench.node("CH01")))
        .contains(
            "Identification",
            "Connectors",
            "Measurements",
            "Setpoints",
            "Limits",
            "Estimators",
            "Policy",
            "Session",
            "Health",
            "Alarms")
        .contains("StartOrder", "Authorise")
        .contains("StartCharging", "StopCharging", "SetPolicy", "SetPowerLimit", "SetDeparture")
        .contains("Acknowledge", "Reset", "EmergencyStopRequest");
    assertThat(bench.children(new NodeId(bench.di, 5001))).containsExactly("CH01", "CH02");
  }

  @Test
  void everyVariableHasItsTypeUnitRangeAndAccess() throws Exception {
    for (GroupSpec<ChargerView> group : ChargerModel.GROUPS) {
      for (VariableSpec<ChargerView> spec : group.variables()) {
        String id = "CH02." + group.path() + "." + spec.name();
        checkVariable(bench.node(id), spec);
        checkVariable(bench.type(group.typeName() + "." + spec.name()), spec);
      }
    }
    for (GroupSpec<StationView> group : StationModel.GROUPS) {
      for (VariableSpec<StationView> spec : group.variables()) {
        checkVariable(bench.node("Station." + group.path() + "." + spec.name()), spec);
      }
    }
  }

  private static void checkVariable(NodeId id, VariableSpec<?> spec) throws Exception {
    assertThat(bench.read(id, AttributeId.NodeClass).value().value())
        .as("%s", id)
        .isEqualTo(NodeClass.Variable.getValue());
    assertThat(typeOf(id)).as("%s", id).isEqualTo(spec.typeDefinition());
    NodeId dataType = (NodeId) bench.read(id, AttributeId.DataType).value().value();
    if (spec.enumeration() == null) {
      assertThat(dataType).as("%s", id).isEqualTo(spec.kind().dataType());
    } else {
      String[] names = enumStrings(dataType);
      assertThat(names).as("%s", id).hasSameSizeAs(spec.enumeration().getEnumConstants());
      for (int i = 0; i < names.length; i++) {
        assertThat(names[i]).isEqualTo(spec.enumeration().getEnumConstants()[i].name());
      }
    }
    int access = ((UByte) bench.read(id, AttributeId.AccessLevel).value().value()).intValue();
    assertThat(access & 1).as("%s is readable", id).isEqualTo(1);
    assertThat((access & 2) != 0).as("%s is writable", id).isEqualTo(spec.isWritable());
    assertThat((access & 4) != 0).as("%s has a history", id).isEqualTo(spec.historized());
    assertThat(bench.read(id, AttributeId.ValueRank).value().value())
        .as("%s", id)
        .isEqualTo(spec.kind().isArray() ? 1 : -1);
    if (spec.typeDefinition().equals(NodeIds.AnalogUnitRangeType)) {
      checkRange(id, spec);
    }
  }

  private static void checkRange(NodeId id, VariableSpec<?> spec) throws Exception {
    ValueRange expected = Objects.requireNonNull(spec.range());
    boolean narrowed = id.equals(bench.node("CH02.Setpoints.PowerLimit"));
    int namespace = id.getNamespaceIndex().intValue();
    Range range = (Range) bench.decoded(new NodeId(namespace, id.getIdentifier() + ".EURange"));
    assertThat(range.getLow()).as("%s", id).isEqualTo(expected.low());
    assertThat(range.getHigh()).as("%s", id).isEqualTo(narrowed ? 250_000 : expected.high());
    EUInformation unit =
        (EUInformation)
            bench.decoded(new NodeId(namespace, id.getIdentifier() + ".EngineeringUnits"));
    assertThat(unit.getUnitId())
        .as("%s", id)
        .isEqualTo(Objects.requireNonNull(spec.unit()).unitId());
  }

  @Test
  void instancesHaveTheTypesThatTheModelNames() throws Exception {
    assertThat(typeOf(bench.node("Station"))).isEqualTo(bench.type("StationType"));
    assertThat(typeOf(bench.node("CH01"))).isEqualTo(bench.type("ChargerType"));
    assertThat(typeOf(bench.node("CH01.Identification")))
        .isEqualTo(bench.type("ChargerIdentificationType"));
    for (GroupSpec<ChargerView> group : ChargerModel.GROUPS) {
      assertThat(typeOf(bench.node("CH01." + group.path())))
          .isEqualTo(bench.type(group.typeName()));
    }
    assertThat(superTypeOf("ChargerType")).isEqualTo(new NodeId(bench.di, 15063));
    assertThat(superTypeOf("ChargerIdentificationType")).isEqualTo(new NodeId(bench.di, 1005));
    assertThat(superTypeOf("ChargeSessionStateMachineType"))
        .isEqualTo(NodeIds.FiniteStateMachineType);
  }

  @Test
  void identificationSaysWhatIsKnownAndNothingElse() throws Exception {
    assertThat(bench.children(bench.node("CH01.Identification")))
        .containsExactly(
            "Manufacturer",
            "Model",
            "SoftwareRevision",
            "SerialNumber",
            "AssetId",
            "ComponentName");
    assertThat(bench.read("CH01.Identification.SerialNumber").value().value()).isEqualTo("4711");
    assertThat(bench.read("CH01.Identification.Manufacturer").value().value())
        .isEqualTo(LocalizedText.english("Vendor"));
  }

  @Test
  void sessionTypeHasStatesAndTransitions() throws Exception {
    for (SessionTransition transition : SessionTransition.values()) {
      NodeId id = bench.type(transition.nodeId());
      assertThat(typeOf(id)).isEqualTo(NodeIds.TransitionType);
      assertThat(targets(id, NodeIds.FromState))
          .containsExactly(bench.type(transition.from().nodeId()));
      assertThat(targets(id, NodeIds.ToState))
          .containsExactly(bench.type(transition.to().nodeId()));
    }
    assertThat(typeOf(bench.type(SessionPhase.IDLE.nodeId()))).isEqualTo(NodeIds.InitialStateType);
    assertThat(typeOf(bench.type(SessionPhase.FAULTED.nodeId()))).isEqualTo(NodeIds.StateType);
  }

  @Test
  void everyMethodTellsItsArguments() throws Exception {
    for (StationMethod method : StationMethod.values()) {
      String id = method.ownerType() + "." + method.methodName();
      Argument[] outputs = arguments(id + ".OutputArguments");
      assertThat(outputs).extracting(Argument::getName).containsExactly("Result", "Message");
      assertThat(outputs[0].getDataType()).isEqualTo(bench.type("CommandResult"));
      if (method.inputs().isEmpty()) {
        assertThat(bench.read(bench.type(id + ".InputArguments"), AttributeId.Value).statusCode())
            .extracting(status -> status.value())
            .isEqualTo(StatusCodes.Bad_NodeIdUnknown);
        continue;
      }
      Argument[] inputs = arguments(id + ".InputArguments");
      assertThat(inputs).hasSameSizeAs(method.inputs().toArray());
      for (int i = 0; i < inputs.length; i++) {
        assertThat(inputs[i].getName()).isEqualTo(method.inputs().get(i).name());
        assertThat(inputs[i].getDataType()).isEqualTo(method.inputs().get(i).kind().dataType());
        assertThat(inputs[i].getDescription().text()).isNotEmpty();
      }
    }
  }

  @Test
  void namespacesSayTheirVersion() throws Exception {
    assertThat(bench.children(NodeIds.Server_Namespaces))
        .contains(StationUris.TYPES, StationUris.INSTANCES, StationUris.DI);
    assertThat(
            bench
                .read(bench.type("NamespaceMetadata.NamespaceVersion"), AttributeId.Value)
                .value()
                .value())
        .isEqualTo(TypesNamespace.VERSION);
    assertThat(bench.read(new NodeId(bench.di, 15005), AttributeId.Value).value().value())
        .as("only a part of DI is here")
        .isEqualTo(true);
  }

  private static Argument[] arguments(String id) throws Exception {
    ExtensionObject[] values =
        (ExtensionObject[]) bench.read(bench.type(id), AttributeId.Value).value().value();
    Argument[] arguments = new Argument[values.length];
    for (int i = 0; i < values.length; i++) {
      arguments[i] = (Argument) values[i].decode(bench.client.getStaticEncodingContext());
    }
    return arguments;
  }

  private static String[] enumStrings(NodeId dataType) throws Exception {
    ReferenceDescription property = bench.browse(dataType, NodeIds.HasProperty).get(0);
    NodeId id = property.getNodeId().toNodeId(bench.client.getNamespaceTable()).orElseThrow();
    LocalizedText[] texts = (LocalizedText[]) bench.read(id, AttributeId.Value).value().value();
    String[] names = new String[texts.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = texts[i].text();
    }
    return names;
  }

  private static NodeId typeOf(NodeId id) throws Exception {
    return targets(id, NodeIds.HasTypeDefinition).get(0);
  }

  private static NodeId superTypeOf(String type) throws Exception {
    return bench
        .client
        .browse(
            new BrowseDescription(
                bench.type(type),
                BrowseDirection.Inverse,
                NodeIds.HasSubtype,
                true,
                UInteger.MIN,
                UInteger.valueOf(63)))
        .getReferences()[0]
        .getNodeId()
        .toNodeId(bench.client.getNamespaceTable())
        .orElseThrow();
  }

  private static List<NodeId> targets(NodeId id, NodeId references) throws Exception {
    return bench.browse(id, references).stream()
        .map(r -> r.getNodeId().toNodeId(bench.client.getNamespaceTable()).orElseThrow())
        .toList();
  }
}
