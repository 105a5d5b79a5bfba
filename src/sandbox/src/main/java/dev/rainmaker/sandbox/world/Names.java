package dev.rainmaker.sandbox.world;

import dev.rainmaker.sandbox.world.Places.Country;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Plausible people, companies and the addresses that go with them. All are invented. */
final class Names {
    private static final List<String> ONSETS = List.of(
            "Al", "Ar", "Bel", "Bor", "Cal", "Cor", "Dal", "Del", "El", "En", "Fal", "Fer", "Gal", "Gren", "Hal", "Hel",
            "Il", "In", "Jor", "Kal", "Kor", "Lan", "Lum", "Mar", "Mer", "Nor", "Nov", "Ol", "Or", "Pal", "Pro", "Quan",
            "Ral", "Ros", "Sal", "Sol", "Tal", "Ter", "Ul", "Val", "Ver", "Vin", "Wal", "Wes", "Xan", "Yor", "Zan",
            "Zel");
    private static final List<String> MIDDLES = List.of(
            "a", "e", "i", "o", "u", "ada", "ane", "ari", "avo", "eda", "emi", "era", "ida", "imo", "ino", "iva", "ode",
            "ona", "ora", "uma", "uni", "ura");
    private static final List<String> ENDINGS = List.of(
            "bit", "dyne", "fab", "gen", "lab", "line", "lith", "logic", "med", "mont", "nex", "park", "plast", "quip",
            "ra", "sys", "tec", "tel", "thal", "tron", "via", "ware", "works", "zon");
    private static final Pattern MARKS = Pattern.compile("[\\u0300-\\u036F]+");
    private static final Pattern NOT_IN_A_SLUG = Pattern.compile("[^a-z0-9]+");

    /** A person's name. */
    record Person(String first, String last) {}

    /** A company's name and the label its web address has before the ending. */
    record Company(String name, String slug) {}

    private Names() {}

    static Person person(Dice dice, Country country) {
        return new Person(dice.pick(country.first()), dice.pick(country.last()));
    }

    static Company company(Dice dice, Country country) {
        String coined = coined(dice);
        String trade = dice.pick(country.trades());
        String legal = dice.pick(country.legal());
        String last = dice.pick(country.last());
        double shape = dice.unit();
        String core;
        if (shape < 0.40) {
            core = coined + " " + trade;
        } else if (shape < 0.55) {
            core = last + " " + trade;
        } else if (shape < 0.62) {
            core = last + " & " + dice.pick(country.last());
        } else if (shape < 0.70) {
            core = city(dice.pick(country.cities())) + " " + trade;
        } else if (shape < 0.72) {
            core = "\"" + coined + "\" " + trade + ", " + last;
        } else {
            core = coined;
        }
        return new Company(core + " " + legal, slug(core, coined));
    }

    static Company reseller(Dice dice, Country country) {
        String coined = coined(dice);
        String core =
                (dice.chance(0.7) ? coined : dice.pick(country.last())) + " " + dice.pick(Catalogue.RESELLER_WORDS);
        return new Company(core + " " + dice.pick(country.legal()), slug(core, coined));
    }

    private static String coined(Dice dice) {
        return dice.pick(ONSETS) + dice.pick(MIDDLES) + dice.pick(ENDINGS);
    }

    /** The same company as somebody else would write it. */
    static String otherSpelling(Dice dice, String company, Country country) {
        String withoutForm = company;
        for (String legal : country.legal()) {
            if (company.endsWith(" " + legal)) {
                withoutForm = company.substring(0, company.length() - legal.length() - 1);
            }
        }
        switch (dice.below(4)) {
            case 0:
                return withoutForm.equals(company) ? company.toUpperCase(Locale.ROOT) : withoutForm;
            case 1:
                return company.toUpperCase(Locale.ROOT);
            case 2:
                String ascii = ascii(company);
                return ascii.equals(company) ? withoutForm + " " + country.name() : ascii;
            default:
                return withoutForm.replace(" & ", " and ").replace(' ', '-') + " " + dice.pick(country.legal());
        }
    }

    static String email(Person person, String domain, Dice dice) {
        String first = NOT_IN_A_SLUG
                .matcher(ascii(person.first()).toLowerCase(Locale.ROOT))
                .replaceAll("");
        String last = NOT_IN_A_SLUG
                .matcher(ascii(person.last()).toLowerCase(Locale.ROOT))
                .replaceAll("");
        String local = first.isEmpty() || last.isEmpty() ? "k" + dice.whole(1000, 9999) : first + "." + last;
        return local + "@" + domain;
    }

    static String domain(Company company, Country country) {
        return company.slug() + "." + country.tld();
    }

    /** A number in the form of the country, with the 555 that films use. */
    static String phone(Dice dice, Country country) {
        return country.dial() + " " + dice.whole(20, 99) + " 555 " + dice.whole(1000, 9999);
    }

    static String city(String cityAndState) {
        return cityAndState.substring(0, cityAndState.indexOf('|'));
    }

    static String state(String cityAndState) {
        return cityAndState.substring(cityAndState.indexOf('|') + 1);
    }

    static String slug(String core, String fallback) {
        String slug =
                NOT_IN_A_SLUG.matcher(ascii(core).toLowerCase(Locale.ROOT)).replaceAll("-");
        String trimmed = slug.replaceAll("^-+|-+$", "");
        return trimmed.length() < 3 ? fallback.toLowerCase(Locale.ROOT) : trimmed;
    }

    /** Latin letters without their marks, as people type them who lack the keys; other scripts stay. */
    static String ascii(String text) {
        String spelled = text.replace("ß", "ss")
                .replace("ä", "ae")
                .replace("ö", "oe")
                .replace("ü", "ue")
                .replace("Ä", "Ae")
                .replace("Ö", "Oe")
                .replace("Ü", "Ue")
                .replace("ø", "o")
                .replace("Ø", "O")
                .replace("ł", "l")
                .replace("Ł", "L")
                .replace("ı", "i");
        String bare = MARKS.matcher(Normalizer.normalize(spelled, Normalizer.Form.NFD))
                .replaceAll("");
        return Normalizer.normalize(bare, Normalizer.Form.NFC);
    }
}
