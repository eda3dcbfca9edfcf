package dev.anodyne.hil.vendor;

import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.ValueRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.ManagedNamespaceWithLifecycle;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredItem;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.sdk.server.util.SubscriptionModel;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.WriteValue;

/**
 * The "Centiamp" charger's nodes. Its set-point is a register that keeps its value; a new value
 * takes effect with the next beat of the controller's life counter, no current at once. When the
 * counter has stood still for the watchdog's time the current goes to zero, but the register stays:
 * whoever lets the counter run again gets the old current back. Chargers like this exist, and a
 * client must cope with them.
 */
public final class CentiampNamespace extends ManagedNamespaceWithLifecycle {
  /** From the last beat of the controller to no current, on the charger's own clock. */
  public static final Duration WATCHDOG = Duration.ofSeconds(1);

  private static final double CENTI = 0.01;

  private final Map<CentiampRegister, UaVariableNode> nodes = new EnumMap<>(CentiampRegister.class);
  private final Map<NodeId, CentiampRegister> written = new HashMap<>();
  private final Duration watchdog;
  private final Map<ChargerTag, ValueRange> namePlate;
  private final Consumer<Map<ChargerTag, Object>> onCommand;
  private final SubscriptionModel subscriptions;
  private double currentAmps;
  private double ceilingVolts;
  private int life = -1;

  /**
   * Makes the nodes.
   *
   * @param watchdog from the last beat of the controller to no current, on the plant's clock
   * @param namePlate what current and ceiling may be, in A and V
   * @param onCommand takes current, ceiling and validity, as the bench's own set-points; called on
   *     a server thread, so it must not block
   */
  public CentiampNamespace(
      OpcUaServer server,
      Duration watchdog,
      Map<ChargerTag, ValueRange> namePlate,
      Consumer<Map<ChargerTag, Object>> onCommand) {
    super(server, CentiampRegister.NAMESPACE_URI);
    this.watchdog = watchdog;
    this.namePlate = Map.copyOf(namePlate);
    this.onCommand = onCommand;
    UaObjectNode device = device();
    for (CentiampRegister register : CentiampRegister.values()) {
      UaVariableNode node = node(register);
      device.addComponent(node);
      nodes.put(register, node);
      if (register.isWritable()) {
        written.put(node.getNodeId(), register);
      }
    }
    subscriptions = new SubscriptionModel(server, this);
    getLifecycleManager().addLifecycle(subscriptions);
  }

  /**
   * Shows new values, one node after the other, as devices do.
   *
   * @param tags what the charger says, in tag units
   * @param statuses status of the tags that are not good
   */
  public void publish(Map<ChargerTag, Object> tags, Map<ChargerTag, StatusCode> statuses) {
    if (!tags.containsKey(ChargerTag.HEARTBEAT)) {
      return;
    }
    StatusCode measured = statuses.getOrDefault(ChargerTag.OUTPUT_CURRENT, StatusCode.GOOD);
    DateTime now = DateTime.now();
    nodes.forEach(
        (register, node) -> {
          if (!register.isWritable()) {
            boolean isSensor = register.number() / 100 == 11;
            StatusCode status = isSensor ? measured : StatusCode.GOOD;
            node.setValue(new DataValue(new Variant(register.shown(tags)), status, now, now));
          }
        });
  }

  @Override
  public List<StatusCode> write(WriteContext context, List<WriteValue> writeValues) {
    List<StatusCode> results = new ArrayList<>();
    for (WriteValue write : writeValues) {
      CentiampRegister register = written.get(write.getNodeId());
      Object value = write.getValue().value().value();
      boolean fits = register == null || !(value instanceof Number n) || isAllowed(register, n);
      StatusCode status =
          fits
              ? super.write(context, List.of(write)).get(0)
              : new StatusCode(StatusCodes.Bad_OutOfRange);
      results.add(status);
      if (status.isGood() && register != null && value instanceof Number number) {
        take(register, number.intValue());
      }
    }
    return results;
  }

  private boolean isAllowed(CentiampRegister register, Number value) {
    ChargerTag tag =
        switch (register) {
          case SET_CURRENT -> ChargerTag.SETPOINT_CURRENT;
          case SET_VOLTAGE -> ChargerTag.SETPOINT_VOLTAGE_CEILING;
          default -> null;
        };
    // A ceiling below what the charger can regulate is refused, as vendors do.
    double lowest = register == CentiampRegister.SET_VOLTAGE ? 1 : 0;
    double number = value.doubleValue() * CENTI;
    return tag == null
        || number >= lowest && Objects.requireNonNull(namePlate.get(tag)).contains(number);
  }

  private synchronized void take(CentiampRegister register, int value) {
    if (register == CentiampRegister.SET_VOLTAGE) {
      ceilingVolts = value * CENTI;
    } else if (register == CentiampRegister.SET_CURRENT) {
      currentAmps = value * CENTI;
      if (value == 0) {
        command(Duration.ZERO);
      }
    } else if (value != life) {
      life = value;
      command(watchdog);
    }
  }

  private void command(Duration validFor) {
    onCommand.accept(
        Map.of(
            ChargerTag.SETPOINT_CURRENT, currentAmps,
            ChargerTag.SETPOINT_VOLTAGE_CEILING, ceilingVolts,
            ChargerTag.SETPOINT_VALID_FOR, UInteger.valueOf(validFor.toMillis())));
  }

  private UaObjectNode device() {
    UaObjectNode device =
        UaObjectNode.builder(getNodeContext())
            .setNodeId(newNodeId(UInteger.valueOf(1000)))
            .setBrowseName(new QualifiedName(getNamespaceIndex(), "Centiamp DC"))
            .setDisplayName(LocalizedText.english("Centiamp DC"))
            .setTypeDefinition(NodeIds.BaseObjectType)
            .buildAndAdd();
    device.addReference(
        new Reference(
            device.getNodeId(),
            NodeIds.Organizes,
            NodeIds.ObjectsFolder.expanded(),
            Reference.Direction.INVERSE));
    return device;
  }

  private UaVariableNode node(CentiampRegister register) {
    var access = register.isWritable() ? AccessLevel.READ_WRITE : AccessLevel.READ_ONLY;
    return new UaVariableNode.UaVariableNodeBuilder(getNodeContext())
        .setNodeId(newNodeId(UInteger.valueOf(register.number())))
        .setBrowseName(new QualifiedName(getNamespaceIndex(), register.title()))
        .setDisplayName(LocalizedText.english(register.title()))
        .setDataType(register.type().dataType())
        .setTypeDefinition(NodeIds.BaseDataVariableType)
        .setAccessLevel(access)
        .setUserAccessLevel(access)
        .setValue(
            register.isWritable()
                ? DataValue.valueOnly(new Variant(register.type().atMost(0)))
                : new DataValue(new StatusCode(StatusCodes.Bad_WaitingForInitialData)))
        .buildAndAdd();
  }

  @Override
  public void onDataItemsCreated(List<DataItem> dataItems) {
    subscriptions.onDataItemsCreated(dataItems);
  }

  @Override
  public void onDataItemsModified(List<DataItem> dataItems) {
    subscriptions.onDataItemsModified(dataItems);
  }

  @Override
  public void onDataItemsDeleted(List<DataItem> dataItems) {
    subscriptions.onDataItemsDeleted(dataItems);
  }

  @Override
  public void onMonitoringModeChanged(List<MonitoredItem> monitoredItems) {
    subscriptions.onMonitoringModeChanged(monitoredItems);
  }
}
