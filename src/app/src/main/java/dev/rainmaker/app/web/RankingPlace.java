package dev.rainmaker.app.web;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Where a page of the ranking begins: places are counted as of a ledger sequence, so that scores which change between two
 * pages neither hide nor repeat a partner.
 */
record RankingPlace(long sequence, int offset) {

    static RankingPlace read(@Nullable String after, long head) {
        if (after == null) {
            return new RankingPlace(head, 0);
        }
        if (!after.matches("\\d{1,18}-\\d{1,9}")) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, "\"after\" is what the page before gave as \"next\"");
        }
        int dash = after.indexOf('-');
        return new RankingPlace(Long.parseLong(after.substring(0, dash)), Integer.parseInt(after.substring(dash + 1)));
    }

    RankingPlace after(int rows) {
        return new RankingPlace(sequence, offset + rows);
    }

    @Override
    public String toString() {
        return sequence + "-" + offset;
    }
}
