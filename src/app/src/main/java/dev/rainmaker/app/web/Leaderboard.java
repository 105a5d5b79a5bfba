package dev.rainmaker.app.web;

import dev.rainmaker.app.lifetimevalue.Ranking;
import dev.rainmaker.app.lifetimevalue.Ranking.Ranked;
import dev.rainmaker.lifetimevalue.Trend;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A view of the ranking, as its address states it.
 *
 * @param name part of the partner's name, any case; empty for all
 * @param trend where partners are heading, null for any
 * @param sort the column
 * @param descending whether the largest come first
 */
record Leaderboard(String name, Trend.@Nullable Direction trend, Sort sort, boolean descending) {

    /** Columns by which the list can be sorted. */
    enum Sort {
        SCORE(Comparator.comparing(row -> row.score().score())),
        VALUE(Comparator.comparing(row -> row.score().value().amount())),
        TREND(Comparator.comparing(row -> row.trend().direction().ordinal())),
        CONFIDENCE(Comparator.comparingDouble(row -> row.result().confidence())),
        NAME(Comparator.comparing(row -> row.name().toLowerCase(Locale.ROOT)));

        private final Comparator<Ranked> order;

        Sort(Comparator<Ranked> order) {
            this.order = order;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Leaderboard of(
            @Nullable String name, @Nullable String trend, @Nullable String sort, @Nullable String direction) {
        Sort by = sort == null || sort.isBlank() ? Sort.SCORE : word(Sort.class, sort);
        boolean up = direction == null || direction.isBlank() ? by == Sort.NAME : direction.equals("up");
        return new Leaderboard(
                name == null ? "" : name.strip(),
                trend == null || trend.isBlank() ? null : word(Trend.Direction.class, trend),
                by,
                !up);
    }

    private static <E extends Enum<E>> E word(Class<E> type, String word) {
        try {
            return Enum.valueOf(type, word.strip().replace(' ', '_').toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw Refusal.of(
                    HttpStatus.BAD_REQUEST,
                    "There is no \"" + word + "\" to choose; there are "
                            + List.of(type.getEnumConstants()).toString().toLowerCase(Locale.ROOT) + ".");
        }
    }

    /** The rows that fit, in order. */
    List<Ranked> rows(Ranking ranking) {
        String wanted = name.toLowerCase(Locale.ROOT);
        Comparator<Ranked> order = descending ? sort.order.reversed() : sort.order;
        return ranking.rows().stream()
                .filter(row ->
                        wanted.isEmpty() || row.name().toLowerCase(Locale.ROOT).contains(wanted))
                .filter(row -> trend == null || row.trend().direction() == trend)
                .sorted(order.thenComparingInt(row -> row.interval().rank()))
                .toList();
    }

    /** The address that sorts by a column: the other way round where it is sorted by it already. */
    public String sortedBy(String column) {
        Sort by = word(Sort.class, column);
        boolean down = by == sort ? !descending : by != Sort.NAME;
        return new Leaderboard(name, trend, by, down).address("/partners");
    }

    public String address(String path) {
        return UriComponentsBuilder.fromPath(path)
                .queryParam("name", "{name}")
                .queryParam("trend", trend == null ? "" : trend.name().toLowerCase(Locale.ROOT))
                .queryParam("sort", sort.word())
                .queryParam("direction", descending ? "down" : "up")
                .encode()
                .buildAndExpand(name)
                .toUriString();
    }

    /** How a screen reader names the order of a column. */
    public String ariaSort(String column) {
        return !sort.word().equals(column) ? "none" : descending ? "descending" : "ascending";
    }
}
