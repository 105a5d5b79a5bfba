package dev.rainmaker.app.mapping;

import dev.rainmaker.fact.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where the value of a target comes from. */
sealed interface Source {

    /** The fields it reads. */
    List<FieldPath> paths();

    /** Those of them that a record must have. */
    default List<FieldPath> required() {
        return paths();
    }

    /** The value before conversion, null where there is none. */
    @Nullable
    Object read(MappingRun run);

    /** In the words of the mapping file, for the preview. */
    String described();

    /** A field of the record. */
    record Field(FieldPath path) implements Source {
        @Override
        public List<FieldPath> paths() {
            return List.of(path);
        }

        @Override
        public @Nullable Object read(MappingRun run) {
            return path.at(run.record());
        }

        @Override
        public String described() {
            return path.toString();
        }
    }

    /** An expression over the record. */
    record Computed(RecordExpression expression) implements Source {
        @Override
        public List<FieldPath> paths() {
            return expression.paths();
        }

        @Override
        public @Nullable Object read(MappingRun run) {
            return expression.evaluate(run.record());
        }

        @Override
        public String described() {
            return expression.text();
        }
    }

    /** The same value for every record, converted when the file was loaded. */
    record Constant(Object value) implements Source {
        @Override
        public List<FieldPath> paths() {
            return List.of();
        }

        @Override
        public Object read(MappingRun run) {
            return value;
        }

        @Override
        public String described() {
            return "always " + value;
        }
    }

    /** An amount and its currency. */
    record Amount(
            FieldPath amount,
            @Nullable FieldPath currency,
            @Nullable String defaultCurrency) implements Source {
        @Override
        public List<FieldPath> paths() {
            return currency == null ? List.of(amount) : List.of(amount, currency);
        }

        /** An org with one currency has no currency field: with a default it may be lacking. */
        @Override
        public List<FieldPath> required() {
            return defaultCurrency == null ? paths() : List.of(amount);
        }

        @Override
        public @Nullable Object read(MappingRun run) {
            Object value = amount.at(run.record());
            if (Values.isEmpty(value) || value == null) {
                return null;
            }
            BigDecimal number = Values.number(value);
            Object stated = currency == null ? null : currency.at(run.record());
            String code = stated == null || Values.isEmpty(stated) ? defaultCurrency : Values.text(stated);
            if (code == null) {
                throw new Misfit("an amount without a currency; give the rule a default-currency");
            }
            try {
                return new Money(number, code);
            } catch (IllegalArgumentException unknown) {
                throw new Misfit(code, "an ISO 4217 currency code");
            }
        }

        @Override
        public String described() {
            return currency == null ? amount + " in " + defaultCurrency : amount + " in " + currency;
        }
    }

    /** A map of texts, each from its own rule; those without a value are left out. */
    record Entries(Map<String, FieldRule> rules) implements Source {
        @Override
        public List<FieldPath> paths() {
            List<FieldPath> paths = new ArrayList<>();
            rules.values().forEach(rule -> paths.addAll(rule.source().paths()));
            return paths;
        }

        @Override
        public List<FieldPath> required() {
            List<FieldPath> paths = new ArrayList<>();
            rules.values().forEach(rule -> paths.addAll(rule.required()));
            return paths;
        }

        @Override
        public Object read(MappingRun run) {
            Map<String, String> texts = new TreeMap<>();
            rules.forEach((name, rule) -> {
                Object value = rule.value(run);
                if (value != null) {
                    texts.put(name, value.toString());
                }
            });
            return texts;
        }

        @Override
        public String described() {
            return rules.keySet().toString();
        }
    }
}
