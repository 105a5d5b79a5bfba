package dev.rainmaker.partner;

import dev.rainmaker.fact.Fact;
import dev.rainmaker.fact.FactKind;
import dev.rainmaker.fact.RecordId;
import dev.rainmaker.fact.Text;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person in a connected system: a contact, a learner, a portal user.
 *
 * @param company the partner or customer account the source links the person to
 * @param partnerCode an explicit code of the partner, where the source has one
 */
public record Person(
        RecordId id,
        @Nullable String name,
        @Nullable String email,
        @Nullable RecordId company,
        @Nullable String partnerCode,
        Instant modifiedAt)
        implements Fact {

    public Person {
        name = Text.orNull(name);
        email = Text.orNull(email);
        partnerCode = Text.orNull(partnerCode);
    }

    @Override
    public FactKind kind() {
        return FactKind.PERSON;
    }
}
