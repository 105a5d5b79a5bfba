package dev.rainmaker.app.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import org.junit.jupiter.api.Test;

class TestPostgresTest {

    @Test
    void eachCallHandsOutADatabaseOfItsOwn() throws Exception {
        TestPostgres.TestDatabase one = TestPostgres.migrated();
        TestPostgres.TestDatabase two = TestPostgres.migrated();

        try (Connection connection = one.dataSource().getConnection()) {
            connection.createStatement().execute("CREATE TABLE only_here (n int)");
        }

        assertThat(hasTable(one, "only_here")).isTrue();
        assertThat(hasTable(two, "only_here")).isFalse();
        assertThat(hasTable(two, "flyway_schema_history")).isTrue();
        assertThat(hasTable(TestPostgres.empty(), "flyway_schema_history")).isFalse();
    }

    private static boolean hasTable(TestPostgres.TestDatabase database, String table) throws Exception {
        try (Connection connection = database.dataSource().getConnection();
                ResultSet found = connection.getMetaData().getTables(null, "public", table, null)) {
            return found.next();
        }
    }
}
