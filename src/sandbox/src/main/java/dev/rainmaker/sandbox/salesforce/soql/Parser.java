package dev.rainmaker.sandbox.salesforce.soql;

import dev.rainmaker.sandbox.salesforce.record.ApiTime;
import dev.rainmaker.sandbox.salesforce.soql.Query.Condition;
import dev.rainmaker.sandbox.salesforce.soql.Query.Item;
import dev.rainmaker.sandbox.salesforce.soql.Query.Name;
import dev.rainmaker.sandbox.salesforce.soql.Query.Operator;
import dev.rainmaker.sandbox.salesforce.soql.Query.Ordering;
import dev.rainmaker.sandbox.salesforce.soql.Query.Path;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads SOQL by recursive descent. What it does not know is refused at its place, never guessed. */
final class Parser {

    private static final Set<String> FUNCTIONS = Set.of("COUNT", "COUNT_DISTINCT", "SUM", "AVG", "MIN", "MAX");
    private static final Set<String> KEYWORDS = Set.of(
            "SELECT",
            "FROM",
            "WHERE",
            "AND",
            "OR",
            "NOT",
            "IN",
            "LIKE",
            "ORDER",
            "GROUP",
            "BY",
            "LIMIT",
            "OFFSET",
            "HAVING",
            "FOR",
            "WITH",
            "USING",
            "ASC",
            "DESC",
            "NULLS",
            "INCLUDES",
            "EXCLUDES");
    private static final int DEEPEST = 100;

    private final String soql;
    private final List<Token> tokens;
    private int next;
    private int depth;

    private Parser(String soql, List<Token> tokens) {
        this.soql = soql;
        this.tokens = tokens;
    }

    static Query parse(String soql) throws QueryRefused {
        Parser parser = new Parser(soql, Tokenizer.tokens(soql));
        Query query = parser.query();
        if (parser.peek().kind() != Token.Kind.END) {
            throw parser.unexpected();
        }
        return query;
    }

    private Query query() throws QueryRefused {
        expect("SELECT");
        List<Item> select = new ArrayList<>();
        do {
            select.add(item());
        } while (accept(","));
        expect("FROM");
        Name from = name();
        @Nullable Name alias = aliasFollows() ? name() : null;
        @Nullable Condition where = accept("WHERE") ? condition() : null;
        List<Path> groupBy = new ArrayList<>();
        if (accept("GROUP")) {
            expect("BY");
            do {
                groupBy.add(path());
            } while (accept(","));
        }
        List<Ordering> orderBy = new ArrayList<>();
        if (accept("ORDER")) {
            expect("BY");
            do {
                orderBy.add(ordering());
            } while (accept(","));
        }
        @Nullable Integer limit = accept("LIMIT") ? whole() : null;
        int offset = accept("OFFSET") ? whole() : 0;
        if (accept("FOR") && !(accept("VIEW") || accept("REFERENCE"))) {
            throw unexpected();
        }
        return new Query(select, from, alias, where, groupBy, orderBy, limit, offset);
    }

    private boolean aliasFollows() {
        Token token = peek();
        return token.kind() == Token.Kind.WORD
                && !KEYWORDS.contains(token.text().toUpperCase(Locale.ROOT));
    }

    private Item item() throws QueryRefused {
        Token first = peek();
        if (first.kind() == Token.Kind.WORD && tokens.get(next + 1).is("(")) {
            String function = first.text().toUpperCase(Locale.ROOT);
            next += 2;
            if (function.equals("FIELDS")) {
                Name which = name();
                expect(")");
                return new Item.All(which.text().toUpperCase(Locale.ROOT), first.position());
            }
            if (!FUNCTIONS.contains(function)) {
                throw QueryRefused.malformed(soql, first.position(), "unknown function: " + first.text());
            }
            @Nullable Path path = peek().is(")") ? null : path();
            if (path == null && !function.equals("COUNT")) {
                throw unexpected();
            }
            expect(")");
            return new Item.Aggregate(function, path, aliasFollows() ? name() : null, first.position());
        }
        Path path = path();
        return new Item.Field(path, aliasFollows() ? name() : null);
    }

    private Ordering ordering() throws QueryRefused {
        Path path = path();
        boolean descending = accept("DESC");
        if (!descending) {
            accept("ASC");
        }
        boolean nullsLast = false;
        if (accept("NULLS")) {
            nullsLast = accept("LAST");
            if (!nullsLast) {
                expect("FIRST");
            }
        }
        return new Ordering(path, descending, nullsLast);
    }

    /** AND and OR do not mix without parentheses, as in the vendor's grammar. */
    private Condition condition() throws QueryRefused {
        if (++depth > DEEPEST) {
            throw QueryRefused.malformed(soql, peek().position(), "conditions are nested too deeply");
        }
        Condition first = simple();
        List<Condition> parts = new ArrayList<>(List.of(first));
        String joiner = peek().is("AND") ? "AND" : "OR";
        while (accept(joiner)) {
            parts.add(simple());
        }
        if (peek().is("AND") || peek().is("OR")) {
            throw unexpected();
        }
        depth--;
        if (parts.size() == 1) {
            return first;
        }
        return joiner.equals("AND") ? new Condition.And(parts) : new Condition.Or(parts);
    }

    private Condition simple() throws QueryRefused {
        if (accept("NOT")) {
            if (++depth > DEEPEST) {
                throw QueryRefused.malformed(soql, peek().position(), "conditions are nested too deeply");
            }
            Condition part = simple();
            depth--;
            return new Condition.Not(part);
        }
        if (accept("(")) {
            Condition inner = condition();
            expect(")");
            return inner;
        }
        return field();
    }

    private Condition field() throws QueryRefused {
        Path path = path();
        Token token = peek();
        if (accept("NOT")) {
            expect("IN");
            return in(path, true);
        }
        if (accept("IN")) {
            return in(path, false);
        }
        if (accept("INCLUDES")) {
            return new Condition.Includes(path, false, literals());
        }
        if (accept("EXCLUDES")) {
            return new Condition.Includes(path, true, literals());
        }
        for (Operator operator : Operator.values()) {
            if (token.is(operator.symbol)) {
                next++;
                return new Condition.Compare(path, operator, literal());
            }
        }
        if (accept("<>")) {
            return new Condition.Compare(path, Operator.NOT_EQUAL, literal());
        }
        throw unexpected();
    }

    private Condition in(Path path, boolean negated) throws QueryRefused {
        if (peek().is("(") && tokens.get(next + 1).is("SELECT")) {
            next++;
            if (++depth > DEEPEST) {
                throw QueryRefused.malformed(soql, peek().position(), "queries are nested too deeply");
            }
            Query query = query();
            depth--;
            expect(")");
            return new Condition.InQuery(path, negated, query);
        }
        return new Condition.In(path, negated, literals());
    }

    private List<Literal> literals() throws QueryRefused {
        expect("(");
        List<Literal> literals = new ArrayList<>();
        do {
            literals.add(literal());
        } while (accept(","));
        expect(")");
        return literals;
    }

    private Literal literal() throws QueryRefused {
        Token token = peek();
        next++;
        int position = token.position();
        return switch (token.kind()) {
            case STRING -> new Literal.Text(token.text(), position);
            case NUMBER -> new Literal.Number(new BigDecimal(token.text()), position);
            case DATE -> new Literal.Date(ApiTime.parseDate(token.text()).orElseThrow(() -> notADate(token)), position);
            case TIME -> new Literal.Time(ApiTime.parse(token.text()).orElseThrow(() -> notADate(token)), position);
            case WORD -> word(token);
            default -> {
                next--;
                throw unexpected();
            }
        };
    }

    private QueryRefused notADate(Token token) {
        return QueryRefused.malformed(soql, token.position(), "not a date: " + token.text());
    }

    private Literal word(Token token) throws QueryRefused {
        switch (token.text().toUpperCase(Locale.ROOT)) {
            case "NULL":
                return new Literal.Null(token.position());
            case "TRUE":
                return new Literal.Truth(true, token.position());
            case "FALSE":
                return new Literal.Truth(false, token.position());
            default:
                break;
        }
        DateRange range = DateRange.named(token.text()).orElse(null);
        if (range == null) {
            next--;
            throw unexpected();
        }
        int number = 0;
        if (range.takesNumber()) {
            expect(":");
            number = whole();
        }
        return new Literal.Relative(range, number, token.position());
    }

    private Path path() throws QueryRefused {
        Name first = name();
        List<String> parts = new ArrayList<>(List.of(first.text()));
        while (accept(".")) {
            parts.add(name().text());
        }
        return new Path(parts, first.position());
    }

    private Name name() throws QueryRefused {
        Token token = peek();
        if (token.kind() != Token.Kind.WORD
                || KEYWORDS.contains(token.text().toUpperCase(Locale.ROOT))
                        && !tokens.get(Math.min(next + 1, tokens.size() - 1)).is(".")) {
            throw unexpected();
        }
        next++;
        return new Name(token.text(), token.position());
    }

    private int whole() throws QueryRefused {
        Token token = peek();
        if (token.kind() != Token.Kind.NUMBER || !token.text().matches("\\d{1,9}")) {
            throw unexpected();
        }
        next++;
        return Integer.parseInt(token.text());
    }

    private Token peek() {
        return tokens.get(next);
    }

    private boolean accept(String wordOrSymbol) {
        boolean found = peek().is(wordOrSymbol);
        if (found) {
            next++;
        }
        return found;
    }

    private void expect(String wordOrSymbol) throws QueryRefused {
        if (!accept(wordOrSymbol)) {
            throw unexpected();
        }
    }

    private QueryRefused unexpected() {
        Token token = peek();
        return QueryRefused.malformed(soql, token.position(), "unexpected token: '" + token.text() + "'");
    }
}
