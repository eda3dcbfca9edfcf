package dev.anodyne.opcua.server.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.FilterOperator;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilterElement;
import org.eclipse.milo.opcua.stack.core.types.structured.ElementOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.LiteralOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;
import org.junit.jupiter.api.Test;

/** Filters of event items before the library sees them. */
class EventFiltersTest {
  private static final EncodingContext CONTEXT = DefaultEncodingContext.INSTANCE;
  private static final SimpleAttributeOperand CONDITION_ID =
      new SimpleAttributeOperand(NodeIds.ConditionType, null, AttributeId.NodeId.uid(), null);

  @Test
  void aNullBrowsePathIsAnEmptyOne() {
    EventFilter mended =
        mended(
            new EventFilter(
                new SimpleAttributeOperand[] {CONDITION_ID},
                new ContentFilter(
                    new ContentFilterElement[] {element(FilterOperator.IsNull, CONDITION_ID)})));
    assertThat(mended.getSelectClauses()[0].getBrowsePath()).isEmpty();
    SimpleAttributeOperand inWhere =
        (SimpleAttributeOperand)
            mended.getWhereClause().getElements()[0].getFilterOperands()[0].decode(CONTEXT);
    assertThat(inWhere.getBrowsePath()).isEmpty();
    assertThat(inWhere.getTypeDefinitionId()).isEqualTo(NodeIds.ConditionType);
  }

  @Test
  void aTreeOfElementsPasses() {
    EventFilter mended =
        mended(
            filter(
                element(FilterOperator.Not, new ElementOperand(UInteger.valueOf(1))),
                element(FilterOperator.OfType, literal(NodeIds.AlarmConditionType))));
    assertThat(mended.getSelectClauses()).hasSize(1);
    assertThat(mended.getWhereClause().getElements()).hasSize(2);
  }

  @Test
  void elementsThatReferToEachOtherWithoutEndAreRefused() {
    ElementOperand itself = new ElementOperand(UInteger.valueOf(0));
    ElementOperand next = new ElementOperand(UInteger.valueOf(1));
    ContentFilterElement leaf = element(FilterOperator.OfType, literal(NodeIds.BaseEventType));
    refused(element(FilterOperator.Not, itself));
    refused(element(FilterOperator.Not, next), element(FilterOperator.Not, itself));
    refused(element(FilterOperator.Not, next));
    refused(element(FilterOperator.Equals, next, next), leaf);
    ContentFilterElement[] many = new ContentFilterElement[33];
    java.util.Arrays.fill(many, leaf);
    refused(many);
  }

  @Test
  void whatIsCombinedMustBeSound() {
    ContentFilterElement leaf = element(FilterOperator.OfType, literal(NodeIds.BaseEventType));
    ElementOperand one = new ElementOperand(UInteger.valueOf(1));
    ElementOperand two = new ElementOperand(UInteger.valueOf(2));
    EventFilter both = mended(filter(element(FilterOperator.And, one, two), leaf, leaf));
    assertThat(both.getSelectClauses()).hasSize(1);
    assertThat(both.getWhereClause().getElements())
        .singleElement()
        .extracting(ContentFilterElement::getFilterOperator)
        .isEqualTo(FilterOperator.Equals);
    refused(element(FilterOperator.And, one), leaf);
    refused(element(FilterOperator.Or, one, literal(true)), leaf);
    refused(element(FilterOperator.Between, CONDITION_ID, literal(1)));
    refused(element(FilterOperator.Like, CONDITION_ID, literal("[ab]%")));
    refused(element(FilterOperator.Like, CONDITION_ID, literal("%a%b%c%d%")));
    refused(element(FilterOperator.And, one, two), leaf, element(FilterOperator.BitwiseOr));
  }

  @Test
  void aClientCannotAskForAClauseByItsField() {
    SimpleAttributeOperand own =
        new SimpleAttributeOperand(
            NodeIds.BaseEventType,
            new QualifiedName[] {new QualifiedName(65535, "AAAA")},
            AttributeId.Value.uid(),
            null);
    refused(element(FilterOperator.IsNull, own));
    assertThat(
            mended(
                    new EventFilter(
                        new SimpleAttributeOperand[] {own},
                        new ContentFilter(new ContentFilterElement[0])))
                .getSelectClauses())
        .isEmpty();
  }

  @Test
  void whatIsNoEventFilterIsLeftAsItIs() {
    ExtensionObject other = ExtensionObject.encode(CONTEXT, literal(5));
    assertThat(new EventFilters(CONTEXT).apply(other)).isSameAs(other);
  }

  private static void refused(ContentFilterElement... where) {
    assertThat(mended(filter(where)).getSelectClauses())
        .as("the library refuses a filter without fields")
        .isEmpty();
  }

  private static EventFilter filter(ContentFilterElement... where) {
    return new EventFilter(new SimpleAttributeOperand[] {CONDITION_ID}, new ContentFilter(where));
  }

  private static EventFilter mended(EventFilter filter) {
    return (EventFilter)
        new EventFilters(CONTEXT).apply(ExtensionObject.encode(CONTEXT, filter)).decode(CONTEXT);
  }

  private static LiteralOperand literal(Object value) {
    return new LiteralOperand(new Variant(value));
  }

  private static ContentFilterElement element(
      FilterOperator operator, UaStructuredType... operands) {
    ExtensionObject[] encoded = new ExtensionObject[operands.length];
    for (int i = 0; i < operands.length; i++) {
      encoded[i] = ExtensionObject.encode(CONTEXT, operands[i]);
    }
    return new ContentFilterElement(operator, encoded);
  }
}
