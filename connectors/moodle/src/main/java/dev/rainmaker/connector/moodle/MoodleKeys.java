package dev.rainmaker.connector.moodle;

import static dev.rainmaker.connector.SettingKey.Type.BOOLEAN;
import static dev.rainmaker.connector.SettingKey.Type.DURATION;
import static dev.rainmaker.connector.SettingKey.Type.INTEGER;
import static dev.rainmaker.connector.SettingKey.Type.URL;

import dev.rainmaker.connector.SettingKey;
import java.util.List;

/** The keys of a Moodle connection: the one list that validation, documentation and help come from. */
final class MoodleKeys {

    static final List<SettingKey> ALL = List.of(
            SettingKey.required(
                    "url", URL, "The site's address as in its config.php, such as https://academy.example.com"),
            SettingKey.secret("token", "Web service token of the integration user"),
            SettingKey.optional(
                    "allow-http",
                    BOOLEAN,
                    "false",
                    "Whether the token may travel unencrypted to another machine; in a closed network only"),
            SettingKey.optional("page-size", INTEGER, "100", "Enrolled people per read, 1 to 500"),
            SettingKey.optional(
                    "reach-back",
                    DURATION,
                    "P2D",
                    "How far before the last run a person's course access still counts as new: Moodle's scheduled tasks"
                            + " write completion later"),
            SettingKey.optional("connect-timeout", DURATION, "PT10S", "How long to wait for a connection"),
            SettingKey.optional("call-timeout", DURATION, "PT1M", "How long a whole call may take"),
            SettingKey.optional("max-connections", INTEGER, "4", "Calls at the same time, 1 to 32"),
            SettingKey.optional(
                    "max-response-mb", INTEGER, "32", "Largest answer that is accepted, in megabytes (2^20 bytes)"));

    private MoodleKeys() {}
}
