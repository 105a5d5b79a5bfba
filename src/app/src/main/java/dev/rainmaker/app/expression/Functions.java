package dev.rainmaker.app.expression;

import com.google.common.net.InternetDomainName;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Our few functions beside CEL's own: {@code lower(text)}, {@code country(text)} (ISO alpha-2, absent where no country is
 * meant), {@code domain(text)} (registrable domain of an e-mail or web address, absent where there is none) and
 * {@code split(text, separator)}.
 */
final class Functions {

    private static final CelType MAYBE_TEXT = NullableType.create(SimpleType.STRING);

    private Functions() {}

    static List<CelFunctionDecl> declarations() {
        return List.of(
                text("lower"),
                text("country"),
                text("domain"),
                CelFunctionDecl.newFunctionDeclaration(
                        "split",
                        CelOverloadDecl.newGlobalOverload(
                                "split_string_string",
                                ListType.create(SimpleType.STRING),
                                MAYBE_TEXT,
                                SimpleType.STRING)));
    }

    private static CelFunctionDecl text(String name) {
        return CelFunctionDecl.newFunctionDeclaration(
                name, CelOverloadDecl.newGlobalOverload(name + "_string", MAYBE_TEXT, MAYBE_TEXT));
    }

    static List<CelFunctionBinding> bindings() {
        return List.of(
                bound("lower", text -> text.toLowerCase(Locale.ROOT)),
                bound("country", text -> orAbsent(Countries.find(text))),
                bound("domain", text -> orAbsent(domain(text))),
                CelFunctionBinding.from(
                        "split_string_string",
                        Object.class,
                        String.class,
                        (text, separator) -> text instanceof String given ? parts(given, separator) : List.of()));
    }

    private static CelFunctionBinding bound(String name, CelFunctionOverload.Unary<String> function) {
        return CelFunctionBinding.from(
                name + "_string",
                Object.class,
                value -> value instanceof String text ? function.apply(text) : NullValue.NULL_VALUE);
    }

    private static Object orAbsent(Optional<String> text) {
        return text.isPresent() ? text.get() : NullValue.NULL_VALUE;
    }

    private static List<String> parts(String text, String separator) {
        return separator.isEmpty()
                ? List.of(text)
                : Arrays.stream(text.split(java.util.regex.Pattern.quote(separator)))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList();
    }

    /** The part of a host name that somebody registered, by the public suffix list. */
    private static Optional<String> domain(String text) {
        String host = text.strip().toLowerCase(Locale.ROOT);
        host = host.substring(host.lastIndexOf('@') + 1)
                .replaceFirst("^[a-z]+://", "")
                .replaceFirst("[/:?#].*$", "");
        if (!InternetDomainName.isValid(host)) {
            return Optional.empty();
        }
        InternetDomainName name = InternetDomainName.from(host);
        return name.isUnderPublicSuffix() ? Optional.of(name.topPrivateDomain().toString()) : Optional.empty();
    }
}
