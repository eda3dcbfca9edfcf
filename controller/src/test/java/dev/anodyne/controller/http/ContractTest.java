package dev.anodyne.controller.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import dev.anodyne.opcua.security.Role;
import org.junit.jupiter.api.Test;

/** The document is one of OpenAPI 3.1, and says of every operation who may ask. */
class ContractTest {
  private static final Contract CONTRACT = Contract.load();

  @Test
  void isAnOpenApiDocument() throws Exception {
    // The schema of OpenAPI 3.1 as vertx-openapi carries it; that library itself refuses
    // application/problem+json.
    String place = "https://spec.openapis.org/oas/3.1/schema/2022-10-07";
    JsonSchema schema =
        JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012,
                builder ->
                    builder.schemaMappers(
                        mappers -> mappers.mapPrefix("https://spec.", "classpath:spec.")))
            .getSchema(SchemaLocation.of(place));
    JsonNode document = new ObjectMapper().readTree(CONTRACT.json().getBytes());
    assertThat(schema.validate(document)).isEmpty();
    assertThat(CONTRACT.operations()).extracting(Operation::id).doesNotHaveDuplicates();
  }

  @Test
  void saysOfEveryChangeWhoMayMakeIt() {
    assertThat(CONTRACT.operations())
        .filteredOn(Operation::isChange)
        .filteredOn(o -> !o.id().equals("login") && !o.id().equals("logout"))
        .filteredOn(o -> !o.id().equals("validatePolicy"))
        .allSatisfy(
            o -> {
              assertThat(o.role()).as(o.id()).isNotNull();
              assertThat(o.role().includes(Role.OPERATOR)).as(o.id()).isTrue();
              assertThat(o.isIdempotent()).as(o.id()).isTrue();
            });
    assertThat(CONTRACT.operation("putPolicy").role()).isEqualTo(Role.ENGINEER);
    assertThat(CONTRACT.operation("audit").role()).isEqualTo(Role.ADMIN);
  }

  @Test
  void checksBodiesByTheirSchemas() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode good = mapper.readTree("{\"targetSoc\": 0.9, \"departure\": \"06:30\"}");
    JsonNode bad = mapper.readTree("{\"targetSoc\": 1.2, \"colour\": 1}");
    var schema = CONTRACT.operation("startCharge").body().schema();
    assertThat(schema.validate(good)).isEmpty();
    assertThat(schema.validate(bad)).hasSize(2);
  }

  @Test
  void aLineBreakIsPartOfNoName() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    var schema = CONTRACT.operation("setPolicy").body().schema();
    assertThat(schema.validate(mapper.readTree("{\"policy\": \"mpc\"}"))).isEmpty();
    assertThat(schema.validate(mapper.readTree("{\"policy\": \"mpc\\n\"}"))).isNotEmpty();
    assertThat(CONTRACT.json().toString()).contains("{1,80}$\"").doesNotContain("\\z");
  }
}
