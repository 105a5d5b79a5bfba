package dev.rainmaker.app.ledger;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.rainmaker.account.Account;
import dev.rainmaker.account.AccountMerge;
import dev.rainmaker.dealregistration.DealRegistration;
import dev.rainmaker.dealregistration.LockCopy;
import dev.rainmaker.engagement.Engagement;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.lead.LeadMerge;
import dev.rainmaker.opportunity.Opportunity;
import dev.rainmaker.partner.Partner;
import dev.rainmaker.partner.PartnerAbsence;
import dev.rainmaker.partner.Person;
import dev.rainmaker.satisfaction.SatisfactionAnswer;
import dev.rainmaker.training.TrainingRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Facts as the ledger keeps them: a JSON object without the identity and the stamp, which are columns of their own, so that
 * a record touched without change of content is no new version.
 */
public final class FactJson {

    /** The one mapper for everything the ledger stores: ISO instants, exact decimals, ids as {@code connection/id}. */
    public static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule()
                    .addSerializer(RecordId.class, new RecordIdWriter())
                    .addDeserializer(RecordId.class, new RecordIdReader()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .visibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
            .build();

    private static final Map<FactKind, Class<? extends Fact>> TYPES = Map.ofEntries(
            Map.entry(FactKind.PARTNER, Partner.class),
            Map.entry(FactKind.ACCOUNT, Account.class),
            Map.entry(FactKind.LEAD, Lead.class),
            Map.entry(FactKind.OPPORTUNITY, Opportunity.class),
            Map.entry(FactKind.PERSON, Person.class),
            Map.entry(FactKind.TRAINING, TrainingRecord.class),
            Map.entry(FactKind.ENGAGEMENT, Engagement.class),
            Map.entry(FactKind.SATISFACTION, SatisfactionAnswer.class),
            Map.entry(FactKind.DEAL_REGISTRATION, DealRegistration.class),
            Map.entry(FactKind.LOCK_COPY, LockCopy.class),
            Map.entry(FactKind.ABSENCE, PartnerAbsence.class),
            Map.entry(FactKind.ACCOUNT_MERGE, AccountMerge.class),
            Map.entry(FactKind.LEAD_MERGE, LeadMerge.class));

    private static final Map<FactKind, ObjectReader> READERS = new EnumMap<>(FactKind.class);
    private static final Map<FactKind, ObjectWriter> WRITERS = new EnumMap<>(FactKind.class);

    static {
        TYPES.forEach((kind, type) -> {
            READERS.put(kind, MAPPER.readerFor(type));
            WRITERS.put(kind, MAPPER.copy().addMixIn(type, ContentOnly.class).writerFor(type));
        });
    }

    private FactJson() {}

    @JsonIgnoreProperties({"id", "modifiedAt"})
    private interface ContentOnly {}

    /** The fact's content without id and stamp. */
    static byte[] body(Fact fact) {
        try {
            return Objects.requireNonNull(WRITERS.get(fact.kind())).writeValueAsBytes(fact);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot write " + fact.kind().word() + " " + fact.id(), impossible);
        }
    }

    /** The same fact with the stamp of another reading. */
    public static <F extends Fact> F at(F fact, Class<F> type, Instant modifiedAt) {
        return fact.modifiedAt().equals(modifiedAt)
                ? fact
                : type.cast(read(fact.kind(), fact.id(), modifiedAt, new String(body(fact), StandardCharsets.UTF_8)));
    }

    /** The fact from its columns. */
    static Fact read(FactKind kind, RecordId id, Instant modifiedAt, String body) {
        try {
            ObjectNode node = (ObjectNode) MAPPER.readTree(body);
            node.put("id", id.toString());
            node.put("modifiedAt", modifiedAt.toString());
            return Objects.requireNonNull(READERS.get(kind)).readValue(node);
        } catch (IOException unreadable) {
            throw new IllegalStateException(
                    "the ledger holds a " + kind.word() + " " + id + " that this version cannot read", unreadable);
        }
    }

    private static final class RecordIdWriter extends StdScalarSerializer<RecordId> {
        private static final long serialVersionUID = 1L;

        RecordIdWriter() {
            super(RecordId.class);
        }

        @Override
        public void serialize(RecordId id, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(id.toString());
        }
    }

    private static final class RecordIdReader extends StdScalarDeserializer<RecordId> {
        private static final long serialVersionUID = 1L;

        RecordIdReader() {
            super(RecordId.class);
        }

        @Override
        public RecordId deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return RecordId.parse(in.getText());
        }
    }
}
