package dev.rainmaker.app.mapping;

import dev.rainmaker.account.Account;
import dev.rainmaker.account.AccountMerge;
import dev.rainmaker.dealregistration.DealRegistration;
import dev.rainmaker.dealregistration.LockCopy;
import dev.rainmaker.engagement.Engagement;
import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.lead.Lead;
import dev.rainmaker.lead.LeadMerge;
import dev.rainmaker.opportunity.Opportunity;
import dev.rainmaker.partner.Partner;
import dev.rainmaker.partner.PartnerAbsence;
import dev.rainmaker.partner.Person;
import dev.rainmaker.satisfaction.SatisfactionAnswer;
import dev.rainmaker.training.TrainingRecord;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The components of a kind of fact and how to make one; found by reflection once. */
final class FactShape {

    /** Set from the record itself and never by a mapping. */
    static final String ID = "id";

    static final String MODIFIED_AT = "modifiedAt";

    private static final Map<FactKind, FactShape> SHAPES = new EnumMap<>(FactKind.class);

    static {
        for (FactKind kind : FactKind.values()) {
            SHAPES.put(kind, new FactShape(type(kind)));
        }
    }

    private final Map<String, Target> targets = new LinkedHashMap<>();
    private final MethodHandle constructor;

    private FactShape(Class<? extends Record> type) {
        RecordComponent[] components = type.getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            targets.put(components[i].getName(), Target.of(components[i], i));
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            this.constructor = MethodHandles.publicLookup()
                    .findConstructor(type, MethodType.methodType(void.class, types))
                    .asSpreader(Object[].class, components.length)
                    .asType(MethodType.methodType(Fact.class, Object[].class));
        } catch (ReflectiveOperationException notPublic) {
            throw new IllegalStateException(type + " cannot be made by mappings", notPublic);
        }
    }

    private static Class<? extends Record> type(FactKind kind) {
        return switch (kind) {
            case PARTNER -> Partner.class;
            case ACCOUNT -> Account.class;
            case LEAD -> Lead.class;
            case OPPORTUNITY -> Opportunity.class;
            case PERSON -> Person.class;
            case TRAINING -> TrainingRecord.class;
            case ENGAGEMENT -> Engagement.class;
            case SATISFACTION -> SatisfactionAnswer.class;
            case DEAL_REGISTRATION -> DealRegistration.class;
            case LOCK_COPY -> LockCopy.class;
            case ABSENCE -> PartnerAbsence.class;
            case ACCOUNT_MERGE -> AccountMerge.class;
            case LEAD_MERGE -> LeadMerge.class;
        };
    }

    static FactShape of(FactKind kind) {
        FactShape shape = SHAPES.get(kind);
        if (shape == null) {
            throw new IllegalStateException("no shape for " + kind);
        }
        return shape;
    }

    /** Components by name, in the order of the record. */
    Map<String, Target> targets() {
        return Collections.unmodifiableMap(targets);
    }

    /**
     * Makes the fact.
     *
     * @throws IllegalArgumentException if the fact refuses its values
     */
    Fact make(@Nullable Object[] values) {
        try {
            return (Fact) constructor.invokeExact(values);
        } catch (RuntimeException | Error refused) {
            throw refused;
        } catch (Throwable impossible) {
            throw new IllegalStateException("facts throw no checked exception", impossible);
        }
    }
}
