package dev.rainmaker.attribution;

import java.util.Locale;

/** What a partner's part in a deal was. */
public enum Part {
    /** It originated the deal. */
    SOURCED,
    /** Others originated it, this partner moved it on. */
    INFLUENCED,
    /** It only delivers or invoices. */
    ATTACHED;

    /** The word used in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
