package dev.rainmaker.sandbox.salesforce.soql;

/**
 * A piece of a query.
 *
 * @param text as written; of a string what it stands for, escapes undone
 */
record Token(Kind kind, String text, int position) {

    enum Kind {
        WORD,
        STRING,
        NUMBER,
        DATE,
        TIME,
        SYMBOL,
        END
    }

    boolean is(String wordOrSymbol) {
        return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(wordOrSymbol);
    }
}
