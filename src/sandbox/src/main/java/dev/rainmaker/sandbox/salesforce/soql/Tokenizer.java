package dev.rainmaker.sandbox.salesforce.soql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a query into tokens. */
final class Tokenizer {

    private static final Pattern TIME = Pattern.compile(
            "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:?\\d{2})", Pattern.CASE_INSENSITIVE);
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(?![\\dT])");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern SYMBOL = Pattern.compile("<=|>=|<>|!=|[=<>(),.:]");

    private final String soql;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Tokenizer(String soql) {
        this.soql = soql;
    }

    static List<Token> tokens(String soql) throws QueryRefused {
        Tokenizer tokenizer = new Tokenizer(soql);
        tokenizer.run();
        return tokenizer.tokens;
    }

    private void run() throws QueryRefused {
        while (true) {
            while (at < soql.length() && Character.isWhitespace(soql.charAt(at))) {
                at++;
            }
            if (at == soql.length()) {
                tokens.add(new Token(Token.Kind.END, "<EOF>", at));
                return;
            }
            if (soql.charAt(at) == '\'') {
                string();
            } else if (!(take(TIME, Token.Kind.TIME)
                    || take(DATE, Token.Kind.DATE)
                    || take(WORD, Token.Kind.WORD)
                    || take(NUMBER, Token.Kind.NUMBER)
                    || take(SYMBOL, Token.Kind.SYMBOL))) {
                throw QueryRefused.malformed(soql, at, "unexpected character: '" + soql.charAt(at) + "'");
            }
        }
    }

    private boolean take(Pattern pattern, Token.Kind kind) {
        Matcher matcher = pattern.matcher(soql).region(at, soql.length());
        if (!matcher.lookingAt()) {
            return false;
        }
        tokens.add(new Token(kind, matcher.group(), at));
        at = matcher.end();
        return true;
    }

    private void string() throws QueryRefused {
        int start = at;
        StringBuilder text = new StringBuilder();
        at++;
        while (at < soql.length() && soql.charAt(at) != '\'') {
            char c = soql.charAt(at);
            if (c == '\\') {
                at++;
                text.append(escape());
            } else {
                text.append(c);
            }
            at++;
        }
        if (at >= soql.length()) {
            throw QueryRefused.malformed(soql, start, "unterminated string literal");
        }
        at++;
        tokens.add(new Token(Token.Kind.STRING, text.toString(), start));
    }

    /** The escapes the vendor lists, and {@code \_} and {@code \%}, which stay marked until LIKE reads them. */
    private String escape() throws QueryRefused {
        char c = at < soql.length() ? soql.charAt(at) : ' ';
        return switch (c) {
            case 'n', 'N' -> "\n";
            case 'r', 'R' -> "\r";
            case 't', 'T' -> "\t";
            case 'b', 'B' -> "\b";
            case 'f', 'F' -> "\f";
            case '"', '\'' -> String.valueOf(c);
            case '\\' -> "\\";
            case '_', '%' -> Wildcard.LITERALLY + String.valueOf(c);
            case 'u' -> unicode();
            default -> throw QueryRefused.malformed(soql, at, "illegal escape sequence: '\\" + c + "'");
        };
    }

    private String unicode() throws QueryRefused {
        String digits = soql.substring(Math.min(at + 1, soql.length()), Math.min(at + 5, soql.length()));
        if (!digits.matches("[0-9a-fA-F]{4}")) {
            throw QueryRefused.malformed(soql, at, "illegal escape sequence: '\\u" + digits + "'");
        }
        at += 4;
        return String.valueOf((char) Integer.parseInt(digits, 16));
    }
}
