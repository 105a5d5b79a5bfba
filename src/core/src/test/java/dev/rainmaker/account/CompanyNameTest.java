package dev.rainmaker.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompanyNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DE | M\u00fcller & S\u00f6hne GmbH | Mueller und Soehne G.m.b.H.",
                "DE | Muller Sohne | M\u00dcLLER S\u00d6HNE GMBH & CO. KG",
                "US | The Widget Company, Inc. | WIDGET COMPANY",
                "US | I.B.M. Corp. | IBM Corporation",
                "US | O'Reilly Media | OReilly Media, LLC",
                "FR | Soci\u00e9t\u00e9 Exemplaire S.A.R.L. | SOCIETE EXEMPLAIRE SARL",
                "FR | L\u2019\u00c9toile SAS | L'Etoile",
                "PL | Przyk\u0142ad Sp. z o.o. | Przyklad sp.z o.o.",
                "CZ | P\u0159\u00edklad, s.r.o. | Priklad spol. s r.o.",
                "RU | \u041e\u041e\u041e \u00ab\u0420\u043e\u043c\u0430\u0448\u043a\u0430\u00bb | OOO Romashka",
                "AU | Bright Pty Ltd | Bright Proprietary Limited",
                "IN | Bright Private Limited | Bright Pvt. Ltd.",
                "GB | Smith and Sons Ltd | Smith & Sons Limited",
                "NL | Voorbeeld B.V. | Voorbeeld BV",
                "SE | AB Volvia | Volvia AB",
                "DK | \u00d8rsted A/S | Orsted",
                "US | Foo-Bar Systems | Foo Bar Systems",
            })
    void differentSpellingsAreOneName(String country, String one, String other) {
        assertThat(CompanyName.of(one, country).orElseThrow().key())
                .isEqualTo(CompanyName.of(other, country).orElseThrow().key());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "US | Mountain Spa | Mountain",
                "US | Delta Air | Delta Sea",
                "DE | Nord Bau | Nord Bank",
                "US | Limited | Company",
            })
    void differentCompaniesKeepDifferentNames(String country, String one, String other) {
        assertThat(CompanyName.of(one, country).map(CompanyName::key))
                .isNotEqualTo(CompanyName.of(other, country).map(CompanyName::key));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[not provided]",
                "unknown",
                "N/A",
                "n.a.",
                "-",
                "???",
                "Test",
                "  ",
                "xxxx",
                "TBD",
                "self-employed",
                "00000",
                "Unknown Ltd",
                "k\u00e9ine",
                "12"
            })
    void placeholdersIdentifyNobody(String text) {
        assertThat(CompanyName.of(text, "GB").map(CompanyName::key)).isEqualTo(Optional.empty());
    }

    @Test
    void legalFormOfAnotherCountryIsPartOfTheName() {
        assertThat(CompanyName.of("Terme Spa", "IT").orElseThrow().legalForm()).isEqualTo("spa");
        assertThat(CompanyName.of("Terme Spa", "US").orElseThrow().legalForm()).isNull();
    }

    @Test
    void nameIsNeverStrippedToNothing() {
        assertThat(CompanyName.of("The Company", "US").orElseThrow().key()).isEqualTo("the");
        assertThat(CompanyName.of("Limited Brands", "US").orElseThrow().key()).isEqualTo("limitedbrands");
        assertThat(CompanyName.of("\u682a\u5f0f\u4f1a\u793e\u30c6\u30b9\u30c8\u96fb\u6a5f", "JP"))
                .isPresent();
    }
}
