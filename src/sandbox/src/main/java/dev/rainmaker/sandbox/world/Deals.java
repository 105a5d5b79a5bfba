package dev.rainmaker.sandbox.world;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The life of one deal: how long it takes, where it stands on the as-of day, what it brings. */
final class Deals {
    private static final double CYCLE_MEDIAN_DAYS = 45;
    private static final double AMOUNT_SIGMA = 0.5;

    private Deals() {}

    /** An instant in the working hours (UTC) of that day. */
    static Instant instant(LocalDate day, Dice dice) {
        return day.atTime(6, 0).plusSeconds(dice.below(12 * 3_600)).toInstant(ZoneOffset.UTC);
    }

    /** Days from creation to close: 5 to 200, most often about 45. */
    static int cycleDays(Dice dice) {
        double days = dice.logNormal(CYCLE_MEDIAN_DAYS, 0.5);
        return (int) StrictMath.min(200, StrictMath.max(5, StrictMath.rint(days)));
    }

    /** A draw around the mean amount; the mean of many is that mean. */
    static double amount(double mean, Dice dice) {
        return dice.logNormal(mean * StrictMath.exp(-AMOUNT_SIGMA * AMOUNT_SIGMA / 2), AMOUNT_SIGMA);
    }

    /**
     * Sets stage, dates and money.
     *
     * @param wins how it ends, or will end; unseen while it is open
     */
    static ExportRow course(
            ExportRow row, LocalDate created, LocalDate asOf, boolean wins, double amount, PartnerTruth by, Dice dice) {
        int days = cycleDays(dice);
        LocalDate closes = created.plusDays(days);
        boolean closed = !closes.isAfter(asOf);
        boolean won = closed && wins;
        double margin = amount * StrictMath.min(0.9, by.marginRate() + 0.04 * dice.normal());
        row.set("CreatedDate", instant(created, dice))
                .set("CloseDate", closes)
                .set("IsClosed", closed)
                .set("IsWon", won)
                .set("StageName", closed ? (won ? "Closed Won" : "Closed Lost") : openStage(created, asOf, days))
                .set("CurrencyIsoCode", "USD")
                .money("Amount", amount);
        return won ? answered(row.money("Margin__c", margin), by, dice) : row;
    }

    /** Two customers in five say afterwards how content they are, from 1 to 5. */
    private static ExportRow answered(ExportRow row, PartnerTruth by, Dice dice) {
        Dice own = dice.branch("answer " + row.value("Id"), 0);
        if (!own.chance(0.4)) {
            return row;
        }
        long answer = StrictMath.round(3.7 + 0.5 * by.skill() + 0.8 * own.normal());
        return row.set("Customer_Satisfaction__c", StrictMath.max(1, StrictMath.min(5, answer)));
    }

    private static String openStage(LocalDate created, LocalDate asOf, int days) {
        double done = (asOf.toEpochDay() - created.toEpochDay()) / (double) days;
        if (done < 0.3) {
            return "Prospecting";
        }
        return done < 0.6 ? "Needs Analysis" : done < 0.85 ? "Proposal/Price Quote" : "Negotiation/Review";
    }
}
