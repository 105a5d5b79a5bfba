package dev.rainmaker.account;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Legal forms as they end (or begin) company names, per country. A form that is also a word ("spa", "as", "ab") is taken
 * off only in the countries that use it.
 */
final class LegalForms {

    /** Spelling (plain, words apart) to its canonical short form, for every country. */
    private static final Map<String, String> ANYWHERE = new HashMap<>();

    private static final Map<String, Map<String, String>> BY_COUNTRY = new HashMap<>();

    /** Forms that also stand before the name. */
    private static final Map<String, Set<String>> LEADING = Map.of(
            "RU", Set.of("ooo", "oao", "pao", "zao", "ao"),
            "UA", Set.of("tov", "pat", "prat"),
            "ID", Set.of("pt", "cv"),
            "SE", Set.of("ab"),
            "NO", Set.of("as"),
            "FI", Set.of("oy"),
            "LT", Set.of("uab", "ab"),
            "LV", Set.of("sia", "as"),
            "EE", Set.of("ou", "as"));

    private static final int LONGEST = 5;

    static {
        anywhere("inc", "inc", "incorporated");
        anywhere("corp", "corp", "corporation");
        anywhere("co", "co", "company");
        anywhere("ltd", "ltd", "limited", "co ltd", "company limited", "co limited");
        anywhere("llc", "llc", "l l c");
        anywhere("llp", "llp");
        anywhere("lp", "lp");
        anywhere("plc", "plc", "public limited company");
        anywhere("gmbh", "gmbh", "gesellschaft mit beschrankter haftung", "ges m b h", "gesmbh", "mbh");
        anywhere("gmbh & co kg", "gmbh co kg", "gmbh cokg", "gmbh co");
        anywhere("ag", "ag", "aktiengesellschaft");
        anywhere("kg", "kg");
        anywhere("se", "se");
        anywhere("sarl", "sarl", "s a r l", "societe a responsabilite limitee");
        anywhere("bv", "bv", "b v", "besloten vennootschap");
        anywhere("pty ltd", "pty ltd", "proprietary limited", "pty limited", "pty");
        anywhere("pte ltd", "pte ltd", "private limited singapore", "pte");
        anywhere("pvt ltd", "pvt ltd", "private limited", "private ltd", "pvt limited", "p ltd");
        anywhere("sdn bhd", "sdn bhd", "sendirian berhad");
        anywhere("kk", "kabushiki kaisha", "kabushikigaisha", "\u682a\u5f0f\u4f1a\u793e");
        anywhere("sro", "s r o", "sro", "spol s r o", "spol s ro");
        anywhere("zoo", "sp z o o", "sp z oo", "spolka z ograniczona odpowiedzialnoscia", "spolka z o o");
        anywhere("doo", "d o o", "doo");
        anywhere("aps", "aps", "anpartsselskab");
        anywhere("ltda", "ltda", "limitada");
        anywhere("sa de cv", "sa de cv", "s a de c v");
        anywhere("fzco", "fzco", "fz llc", "fze");
        in(Set.of("DE", "AT"), "ohg", "ohg");
        in(Set.of("DE"), "ug", "ug", "ug haftungsbeschrankt");
        in(Set.of("DE", "AT"), "ev", "e v", "ev");
        in(Set.of("DE", "AT"), "eg", "eg");
        in(
                Set.of("FR", "BE", "LU", "CH", "ES", "PT", "PL", "GR", "AR", "MX", "CL", "PE", "CO", "RO", "BR"),
                "sa",
                "sa",
                "s a");
        in(Set.of("FR"), "sas", "sas", "sasu", "societe par actions simplifiee");
        in(Set.of("FR", "MC"), "eurl", "eurl");
        in(Set.of("FR"), "sci", "sci");
        in(Set.of("IT", "CL", "DZ"), "spa", "spa", "s p a", "societa per azioni");
        in(Set.of("IT", "RO", "AR", "MD"), "srl", "srl", "s r l", "srls");
        in(Set.of("IT"), "snc", "snc");
        in(Set.of("ES"), "sl", "sl", "s l", "slu", "sociedad limitada");
        in(Set.of("PT"), "lda", "lda");
        in(Set.of("BR"), "eireli", "eireli");
        in(Set.of("NL", "BE"), "nv", "nv", "n v");
        in(Set.of("NL", "BE"), "vof", "vof");
        in(Set.of("BE"), "srl", "bvba", "sprl", "srl");
        in(Set.of("SE", "FI", "LT"), "ab", "ab", "aktiebolag");
        in(Set.of("NO", "DK", "EE", "LV", "TR"), "as", "as", "a s", "aktieselskab", "aksjeselskap");
        in(Set.of("NO"), "asa", "asa");
        in(Set.of("CZ", "SK"), "as", "a s", "as");
        in(Set.of("FI"), "oy", "oy", "oyj", "osakeyhtio");
        in(Set.of("IS"), "hf", "hf", "ehf");
        in(Set.of("EE"), "ou", "ou");
        in(Set.of("LV"), "sia", "sia");
        in(Set.of("LT"), "uab", "uab");
        in(Set.of("HU"), "kft", "kft");
        in(Set.of("HU"), "zrt", "zrt", "nyrt", "rt");
        in(Set.of("BG"), "ood", "ood", "eood");
        in(Set.of("BG"), "ad", "ad", "ead");
        in(Set.of("HR", "SI", "RS", "BA", "MK"), "dd", "d d", "dd", "ad");
        in(Set.of("GR", "CY"), "ae", "ae", "a e", "epe");
        in(Set.of("RU"), "ooo", "ooo");
        in(Set.of("RU"), "ao", "ao", "oao", "pao", "zao");
        in(Set.of("UA"), "tov", "tov");
        in(Set.of("ID"), "pt", "pt", "tbk");
        in(Set.of("MY"), "bhd", "bhd", "berhad");
        in(Set.of("JP"), "kk", "kk", "k k");
        in(Set.of("TR"), "as", "anonim sirketi");
        in(Set.of("IE"), "dac", "dac");
        in(Set.of("US"), "pc", "pc", "pllc");
        in(Set.of("US"), "co", "cos");
    }

    private LegalForms() {}

    private static void anywhere(String form, String... spellings) {
        for (String spelling : spellings) {
            ANYWHERE.put(spelling, form);
        }
    }

    private static void in(Set<String> countries, String form, String... spellings) {
        for (String country : countries) {
            for (String spelling : spellings) {
                BY_COUNTRY.computeIfAbsent(country, key -> new HashMap<>()).put(spelling, form);
            }
        }
    }

    /** A name without its legal form, and the form in its short spelling; null where none was found. */
    record Stripped(List<String> words, @Nullable String form) {}

    /** Takes legal forms off, as long as a word of the name is left. */
    static Stripped strip(List<String> words, @Nullable String country) {
        Map<String, String> local = country == null ? Map.of() : BY_COUNTRY.getOrDefault(country, Map.of());
        List<String> left = new ArrayList<>(words);
        List<String> forms = new ArrayList<>();
        boolean found = true;
        while (found) {
            found = false;
            for (int length = Math.min(LONGEST, left.size() - 1); length >= 1 && !found; length--) {
                String end = String.join(" ", left.subList(left.size() - length, left.size()));
                String form = local.getOrDefault(end, ANYWHERE.get(end));
                if (form != null) {
                    left.subList(left.size() - length, left.size()).clear();
                    forms.add(0, form);
                    found = true;
                }
            }
        }
        Set<String> leading = country == null ? Set.of() : LEADING.getOrDefault(country, Set.of());
        if (left.size() > 1 && leading.contains(left.get(0))) {
            String form = local.getOrDefault(left.get(0), left.get(0));
            if (!forms.contains(form)) {
                forms.add(form);
            }
            left.remove(0);
        }
        return new Stripped(List.copyOf(left), forms.isEmpty() ? null : String.join(" ", forms));
    }
}
