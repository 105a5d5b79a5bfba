package dev.rainmaker.sandbox.salesforce.soql;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/** A value written in a query. */
sealed interface Literal {

    int position();

    record Null(int position) implements Literal {}

    record Text(String value, int position) implements Literal {}

    record Number(BigDecimal value, int position) implements Literal {}

    record Truth(boolean value, int position) implements Literal {}

    record Date(LocalDate value, int position) implements Literal {}

    record Time(Instant value, int position) implements Literal {}

    /** {@code TODAY}, {@code LAST_N_DAYS:7}; number is 0 where the name takes none. */
    record Relative(DateRange range, int number, int position) implements Literal {}
}
