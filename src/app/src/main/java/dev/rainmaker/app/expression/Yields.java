package dev.rainmaker.app.expression;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import java.util.EnumSet;
import java.util.Set;

/** What an expression must yield where it stands. An expression whose type is only known at run time is let through. */
public enum Yields {
    CONDITION("true or false", CelKind.BOOL),
    TEXT("text", CelKind.STRING),
    WHOLE_NUMBER("a whole number", CelKind.INT, CelKind.UINT),
    NUMBER("a number", CelKind.INT, CelKind.UINT, CelKind.DOUBLE),
    INSTANT("an instant", CelKind.TIMESTAMP, CelKind.STRING),
    TEXTS("a list of texts", CelKind.LIST, CelKind.STRING);

    private final String words;
    private final Set<CelKind> kinds;

    Yields(String words, CelKind first, CelKind... others) {
        this.words = words;
        this.kinds = EnumSet.of(first, others);
    }

    /** For messages, such as {@code true or false}. */
    public String words() {
        return words;
    }

    boolean accepts(CelType type) {
        CelType bare = bare(type);
        return bare.kind() == CelKind.DYN || bare.kind() == CelKind.NULL_TYPE || kinds.contains(bare.kind());
    }

    static CelType bare(CelType type) {
        return type instanceof NullableType nullable ? nullable.targetType() : type;
    }

    /** A type in words. */
    static String words(CelType type) {
        return switch (bare(type).kind()) {
            case BOOL -> CONDITION.words;
            case STRING -> TEXT.words;
            case INT, UINT -> WHOLE_NUMBER.words;
            case DOUBLE -> NUMBER.words;
            case TIMESTAMP -> INSTANT.words;
            case LIST -> "a list";
            case MAP -> "a map";
            case NULL_TYPE -> "nothing";
            default -> bare(type).name();
        };
    }
}
