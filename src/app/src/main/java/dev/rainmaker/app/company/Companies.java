package dev.rainmaker.app.company;

import dev.rainmaker.account.CompanyIdentity;

/** The one reader of company identities of this installation. */
public final class Companies {

    /** Safe for use by several threads. */
    public static final CompanyIdentity.Reader READER =
            new CompanyIdentity.Reader(new ListedSuffixes(), new NumberingPlans());

    private Companies() {}
}
