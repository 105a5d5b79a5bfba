package dev.rainmaker.app.lifetimevalue;

import dev.rainmaker.app.lifetimevalue.Ranking.Ranked;
import dev.rainmaker.lifetimevalue.PlvTerm;
import dev.rainmaker.lifetimevalue.ScoreTerm;
import java.util.List;
import java.util.Locale;

/** The ranking as a table for spreadsheets (RFC 4180). */
public final class RankingCsv {

    private static final String HEAD = "rank,best_rank,worst_rank,partner_id,name,score,value,lower80,upper80,currency,"
            + "trend,confidence,p_alive,model,as_of,version";

    private RankingCsv() {}

    /** One line per partner, in the order given. */
    public static String of(List<Ranked> rows) {
        return table(rows, false);
    }

    /** The same with the points of each term, which sum to the score. */
    public static String withTerms(List<Ranked> rows) {
        return table(rows, true);
    }

    private static String table(List<Ranked> rows, boolean terms) {
        StringBuilder csv = new StringBuilder(HEAD);
        for (PlvTerm term : PlvTerm.values()) {
            csv.append(terms ? ",points_" + term.word() : "");
        }
        csv.append("\r\n");
        for (Ranked row : rows) {
            csv.append(String.join(
                    ",",
                    String.valueOf(row.interval().rank()),
                    String.valueOf(row.interval().best()),
                    String.valueOf(row.interval().worst()),
                    cell(row.partner().toString()),
                    cell(row.name()),
                    row.score().score().toPlainString(),
                    row.score().value().amount().toPlainString(),
                    money(row.result().value().lower80()),
                    money(row.result().value().upper80()),
                    row.score().value().currency(),
                    row.trend().direction().word(),
                    String.format(Locale.ROOT, "%.3f", row.result().confidence()),
                    String.format(Locale.ROOT, "%.3f", row.result().probabilityAlive()),
                    cell(row.result().method()),
                    row.result().asOf().toString(),
                    cell(row.score().version())));
            for (ScoreTerm term : row.result().terms()) {
                csv.append(terms ? "," + term.points().toPlainString() : "");
            }
            csv.append("\r\n");
        }
        return csv.toString();
    }

    private static String money(double amount) {
        return String.format(Locale.ROOT, "%.2f", amount);
    }

    /** A text cell; what a spreadsheet would run as a formula is made plain text. */
    private static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.matches("[^\",\\r\\n]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
