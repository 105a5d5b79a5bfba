package dev.rainmaker.people;

/**
 * Why a person is taken to belong to a partner.
 *
 * @param text what agreed, in words; an e-mail domain may be in it, an address never
 */
public record LinkEvidence(Kind kind, String text) {

    /** Kinds of evidence, the strongest first. */
    public enum Kind {
        /** Somebody decided it here. */
        RULING,
        /** The CRM links a contact with the same e-mail address to the partner. */
        CONTACT,
        /** The source states the partner's code. */
        CODE,
        /** The domain of the e-mail address is the partner's own. */
        DOMAIN;

        /** The lower-case name, as stored and shown. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** @throws IllegalArgumentException if there is no such kind */
        public static Kind of(String word) {
            return valueOf(word.toUpperCase(java.util.Locale.ROOT));
        }
    }

    public LinkEvidence {
        if (text.isBlank()) {
            throw new IllegalArgumentException("evidence must say what agreed");
        }
    }
}
