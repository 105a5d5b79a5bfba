package dev.rainmaker.bench;

import dev.rainmaker.lifetimevalue.forecast.Transactions;
import dev.rainmaker.lifetimevalue.forecast.TransactionsBuilder;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;

/**
 * A made world of partners and their deals.
 *
 * @param days how long it is watched
 * @param selling writes one partner's deals
 */
record ForecastWorld(String name, int partners, int days, Selling selling) {

    /** One partner's life from its first day to the end of the world. */
    interface Selling {
        void sell(Random random, int first, int days, Deals deals);
    }

    interface Deals {
        void add(double day, double amount);
    }

    static final List<ForecastWorld> ALL = List.of(
            new ForecastWorld("random buying, some leave", 600, 1_100, buying(60, 500, 0.8)),
            new ForecastWorld("random buying, nobody leaves", 600, 1_100, buying(45, 1e9, 0.8)),
            new ForecastWorld("random buying, 60 partners", 60, 1_100, buying(45, 700, 0.8)),
            new ForecastWorld("random buying, 12 partners", 12, 1_100, buying(30, 900, 0.8)),
            new ForecastWorld("random buying, 3 partners", 3, 1_100, buying(20, 2_000, 0.5)),
            new ForecastWorld("random buying, 5 months of data", 400, 150, buying(30, 300, 0.8)),
            new ForecastWorld("weekly orders, regular", 300, 1_100, regular(7, 1, 700)),
            new ForecastWorld("monthly orders, regular", 400, 1_100, regular(30, 4, 700)),
            new ForecastWorld("quarterly orders, regular", 600, 1_100, regular(91, 9, 700)),
            new ForecastWorld("quarterly, clockwork, none leaves", 300, 1_100, regular(91, 0.5, 1e9)),
            new ForecastWorld("daily orders", 120, 500, regular(1.4, 1, 600)),
            new ForecastWorld("seasonal, one peak a year", 500, 1_460, seasonal()),
            new ForecastWorld("bursts of deals, long silence", 500, 1_100, bursts()),
            new ForecastWorld("rare deals, long tail", 1_500, 1_100, buying(700, 2_000, 1.5)),
            new ForecastWorld("few giants hold most money", 500, 1_100, buying(80, 900, 2.0)),
            new ForecastWorld("strength drifts over months", 500, 1_100, drifting()),
            new ForecastWorld("market doubles in two years", 500, 1_100, growing(1.0)),
            new ForecastWorld("market halves in two years", 500, 1_100, growing(-1.0)),
            new ForecastWorld("refunds of a tenth of deals", 500, 1_100, refunded()),
            new ForecastWorld("subscriptions of equal amount", 500, 1_100, subscriptions()));

    Transactions deals(long seed) {
        Random random = new Random(7_919 * seed + name.hashCode());
        TransactionsBuilder builder = Transactions.builder();
        LocalDate start = LocalDate.of(2021, 1, 4);
        long[] line = {0};
        for (int i = 0; i < partners; i++) {
            String id = "p" + i;
            int first = (int) (random.nextDouble() * random.nextDouble() * days * 0.8);
            selling.sell(random, first, days, (day, amount) -> {
                if (day < days) {
                    builder.add(++line[0], id, start.plusDays((long) day), Math.rint(100 * amount) / 100, null, null);
                }
            });
        }
        return builder.build();
    }

    private static Selling buying(double meanGap, double life, double spread) {
        return (random, first, days, deals) -> {
            double gap = meanGap / gamma(random, 1.5) * 1.5;
            double size = 1_000 * Math.exp(spread * random.nextGaussian());
            double end = first + exponential(random, life);
            for (double now = first; now < Math.min(days, end); now += exponential(random, gap)) {
                deals.add(now, size * gamma(random, 3) / 3);
            }
        };
    }

    private static Selling regular(double gap, double jitter, double life) {
        return (random, first, days, deals) -> {
            double size = 1_000 * Math.exp(0.9 * random.nextGaussian());
            double end = first + exponential(random, life);
            for (double due = first; due < Math.min(days, end); due += gap) {
                double day = due + jitter * random.nextGaussian();
                if (day >= first) {
                    deals.add(day, size * gamma(random, 4) / 4);
                }
            }
        };
    }

    private static Selling seasonal() {
        return (random, first, days, deals) -> {
            double gap = 50 / gamma(random, 1.5) * 1.5;
            double size = 1_000 * Math.exp(0.8 * random.nextGaussian());
            double end = first + exponential(random, 1_200);
            for (double now = first; now < Math.min(days, end); now += exponential(random, gap / 2)) {
                if (random.nextDouble() < 0.5 + 0.45 * Math.cos(2 * Math.PI * (now - 320) / 365)) {
                    deals.add(now, size * gamma(random, 3) / 3);
                }
            }
        };
    }

    private static Selling bursts() {
        return (random, first, days, deals) -> {
            double size = 1_000 * Math.exp(0.8 * random.nextGaussian());
            for (double begin = first; begin < days; begin += 60 + exponential(random, 250)) {
                int count = 1 + (int) exponential(random, 5);
                double now = begin;
                for (int i = 0; i < count; i++) {
                    deals.add(now, size * gamma(random, 2) / 2);
                    now += exponential(random, 6);
                }
            }
        };
    }

    private static Selling drifting() {
        return (random, first, days, deals) -> {
            double size = 1_000 * Math.exp(0.6 * random.nextGaussian());
            double lnGap = Math.log(40);
            for (double now = first; now < days; ) {
                double step = exponential(random, Math.exp(lnGap));
                lnGap = Math.max(1.5, Math.min(6, lnGap + 0.12 * Math.sqrt(step) * random.nextGaussian()));
                now += step;
                deals.add(now, size * gamma(random, 3) / 3);
            }
        };
    }

    private static Selling growing(double doublings) {
        return (random, first, days, deals) -> {
            double gap = 40 / gamma(random, 1.5) * 1.5;
            double size = 1_000 * Math.exp(0.8 * random.nextGaussian());
            double end = first + exponential(random, 1_500);
            for (double now = first; now < Math.min(days, end); now += exponential(random, gap)) {
                deals.add(now, size * Math.pow(2, doublings * now / 730) * gamma(random, 3) / 3);
            }
        };
    }

    private static Selling refunded() {
        Selling plain = buying(45, 700, 0.8);
        return (random, first, days, deals) -> plain.sell(random, first, days, (day, amount) -> {
            deals.add(day, amount);
            if (random.nextDouble() < 0.1) {
                deals.add(day + 1 + exponential(random, 15), -amount * (random.nextBoolean() ? 1 : 0.5));
            }
        });
    }

    private static Selling subscriptions() {
        return (random, first, days, deals) -> {
            double fee = 50 * (1 + random.nextInt(6));
            double end = first + exponential(random, 600);
            for (double due = first; due < Math.min(days, end); due += 30.44) {
                deals.add(due, fee);
            }
        };
    }

    private static double exponential(Random random, double mean) {
        return -Math.log(1 - random.nextDouble()) * mean;
    }

    /** Marsaglia and Tsang 2000. */
    static double gamma(Random random, double shape) {
        if (shape < 1) {
            return gamma(random, shape + 1) * Math.pow(random.nextDouble(), 1 / shape);
        }
        double d = shape - 1 / 3.0;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double z = random.nextGaussian();
            double v = Math.pow(1 + c * z, 3);
            if (v > 0 && Math.log(random.nextDouble()) < 0.5 * z * z + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
