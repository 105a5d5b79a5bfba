package dev.rainmaker.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Precision and recall on generated companies: 3,000 companies, among them namesakes in other countries, sister companies
 * with another legal form and near-namesakes; 12,000 leads that write them in variants. The figures asserted here are
 * those of docs/company-identity.md.
 */
class CompanyIdentityMeasuredTest {

    private static final long SEED = 20260304;
    private static final CompanyIdentity.Reader READER = FewSuffixes.reader();
    private static final String[] FIRST = {
        "M\u00fcller",
        "Nord",
        "Atlas",
        "Blue",
        "Kr\u00f6ger",
        "Delta",
        "Sch\u00e4fer",
        "Prime",
        "Vega",
        "Orion",
        "Gro\u00df",
        "Lumen",
        "Terra",
        "H\u00f6fner",
        "Zenit",
        "Quarz",
        "Ren\u00e9",
        "Falk",
        "Ost",
        "Silber"
    };
    private static final String[] SECOND = {
        "Logistik",
        "Systems",
        "Bau",
        "Pharma",
        "Foods",
        "Optik",
        "Energy",
        "Werke",
        "Media",
        "Robotics",
        "Textil",
        "Bank"
    };
    private static final String[] THIRD = {"", "Holding", "Services", "Partner", "International", "Digital"};

    private record Company(int number, String name, String form, String country, String domain, String phone) {}

    private final Random random = new Random(SEED);

    @Test
    void precisionAndRecallAreAsDocumented() {
        List<Company> companies = companies();
        CompanyDirectory<Integer> directory = new CompanyDirectory<>();
        for (Company company : companies) {
            directory.put(
                    company.number(),
                    READER.of(
                            Set.of(),
                            company.name() + " " + company.form(),
                            company.country(),
                            random.nextInt(10) < 8 ? Stream.of("https://www." + company.domain()) : Stream.of(),
                            random.nextInt(10) < 6 ? company.phone() : null));
        }
        int right = 0;
        int wrong = 0;
        int findable = 0;
        int leads = 12_000;
        for (int i = 0; i < leads; i++) {
            boolean stranger = i % 6 == 0;
            Company company = companies.get(random.nextInt(companies.size()));
            CompanyIdentity asked = stranger ? stranger(company) : variant(company);
            List<CompanyDirectory.Found<Integer>> found = directory.same(asked);
            boolean same = !found.isEmpty() && found.get(0).company() == company.number();
            findable += stranger ? 0 : 1;
            if (!found.isEmpty()) {
                right += !stranger && same ? 1 : 0;
                wrong += stranger || !same ? 1 : 0;
            }
        }
        double precision = (double) right / (right + wrong);
        double recall = (double) right / findable;
        System.out.printf(
                Locale.ROOT, "company identity: precision %.4f recall %.4f seed %d%n", precision, recall, SEED);
        assertThat(precision).isGreaterThan(.99);
        assertThat(recall).isGreaterThan(.88);
    }

    private List<Company> companies() {
        List<Company> companies = new ArrayList<>();
        String[][] homes = {{"DE", "GmbH", "de"}, {"US", "Inc", "com"}, {"GB", "Ltd", "co.uk"}, {"FR", "SARL", "fr"}};
        for (int i = 0; companies.size() < 3_000; i++) {
            String name = (FIRST[i % FIRST.length] + " " + SECOND[i / FIRST.length % SECOND.length] + " "
                            + THIRD[i / (FIRST.length * SECOND.length) % THIRD.length])
                    .strip();
            String[] home = homes[i / (FIRST.length * SECOND.length * THIRD.length) % homes.length];
            int number = companies.size();
            String label = Letters.plain(name).replaceAll("[^a-z]", "") + (i % 3 == 0 ? number : "");
            companies.add(new Company(
                    number, name, home[1], home[0], label + "." + home[2], "+49 30 55" + (100000 + number)));
            if (i % 40 == 0 && companies.size() < 3_000) {
                int sister = companies.size();
                companies.add(new Company(
                        sister,
                        name,
                        home[0].equals("DE") ? "AG" : "LLC",
                        home[0],
                        label + "-ag." + home[2],
                        "+49 30 55" + (100000 + sister)));
            }
        }
        return companies;
    }

    /** What a person or a form makes of a company: one to three changes, with one or two of domain, name and phone. */
    private CompanyIdentity variant(Company company) {
        boolean name = random.nextInt(100) < 90;
        boolean mail = !name || random.nextInt(100) < 65;
        boolean phone = random.nextInt(100) < 30;
        String address = random.nextInt(100) < 25 ? "someone@gmail.com" : "jane.doe@" + sub() + company.domain();
        return READER.of(
                Set.of(),
                name ? spelled(company) : "[not provided]",
                random.nextInt(100) < 92 ? company.country() : null,
                mail ? Stream.of(address) : Stream.of(),
                phone ? company.phone().replace(" ", random.nextBoolean() ? "-" : ".") : null);
    }

    private String sub() {
        return random.nextInt(4) == 0 ? "mail." : "";
    }

    private String spelled(Company company) {
        String form = random.nextInt(3) == 0 ? "" : form(company.form());
        String name = company.name();
        switch (random.nextInt(7)) {
            case 0 -> name = name.toUpperCase(Locale.ROOT);
            case 1 ->
                name = name.replace("\u00fc", "ue")
                        .replace("\u00f6", "oe")
                        .replace("\u00e4", "ae")
                        .replace("\u00df", "ss");
            case 2 ->
                name = name.replace("\u00fc", "u")
                        .replace("\u00f6", "o")
                        .replace("\u00e4", "a")
                        .replace("\u00e9", "e");
            case 3 -> name = name.replace(" ", "-");
            case 4 -> name = "The " + name;
            case 5 -> name = random.nextInt(3) == 0 ? typo(name) : name.toLowerCase(Locale.ROOT);
            default -> name = "  " + name + ",";
        }
        return (name + " " + form).strip();
    }

    private String form(String form) {
        return switch (form) {
            case "GmbH" -> random.nextBoolean() ? "G.m.b.H." : "gmbh";
            case "Inc" -> random.nextBoolean() ? "Incorporated" : ", Inc.";
            case "Ltd" -> random.nextBoolean() ? "Limited" : "Ltd.";
            case "SARL" -> random.nextBoolean() ? "S.A.R.L." : "sarl";
            default -> form;
        };
    }

    private String typo(String name) {
        int at = 1 + random.nextInt(name.length() - 2);
        return name.substring(0, at) + name.substring(at + 1);
    }

    /** A company that is in no directory but shares a name in another country, half a name, or a mail provider. */
    private CompanyIdentity stranger(Company near) {
        return switch (random.nextInt(3)) {
            case 0 ->
                READER.of(Set.of(), near.name(), "JP", Stream.of("info@" + "fremd" + near.number() + ".jp"), null);
            case 1 -> READER.of(Set.of(), near.name() + " Fremd", near.country(), Stream.of("someone@gmail.com"), null);
            default ->
                READER.of(Set.of(), "unknown", near.country(), Stream.of("a@hotmail.com"), "+49 30 99" + near.number());
        };
    }
}
