package dev.rainmaker.connector.salesforce;

import static dev.rainmaker.connector.SettingKey.Type.DURATION;
import static dev.rainmaker.connector.SettingKey.Type.FILE;
import static dev.rainmaker.connector.SettingKey.Type.INTEGER;
import static dev.rainmaker.connector.SettingKey.Type.TEXT;
import static dev.rainmaker.connector.SettingKey.Type.URL;

import dev.rainmaker.connector.SettingKey;
import java.util.List;

/** The keys of a Salesforce connection: the one list that validation, documentation and help come from. */
final class SalesforceKeys {

    static final List<SettingKey> ALL = List.of(
            SettingKey.required(
                    "login-url",
                    URL,
                    "Where to log in: the org's My Domain address, such as https://example.my.salesforce.com"),
            SettingKey.required("client-id", TEXT, "Consumer key of the External Client App"),
            SettingKey.optional(
                    "auth", TEXT, "client-credentials", "How to log in: client-credentials, jwt or password"),
            SettingKey.secret("client-secret", "Consumer secret of the External Client App; not with auth: jwt"),
            SettingKey.optional("username", TEXT, null, "User to act as; with auth: jwt or password only"),
            SettingKey.secret("password", "The user's password followed by the security token; auth: password only"),
            SettingKey.optional(
                    "keystore", FILE, null, "PKCS12 file with the private key that signs the login; auth: jwt only"),
            SettingKey.secret("keystore-password", "Password of the keystore and of the key in it; auth: jwt only"),
            SettingKey.optional(
                    "jwt-audience",
                    URL,
                    null,
                    "Audience of the signed login; without it the login-url; auth: jwt only"),
            SettingKey.optional("api-version", TEXT, "65.0", "Version of the REST API to speak"),
            SettingKey.optional(
                    "overlap",
                    DURATION,
                    "PT2M",
                    "How far a sync reaches back for records that became visible late, in the server's time"),
            SettingKey.optional("page-size", INTEGER, "2000", "Records per read call, 1 to 2000"),
            SettingKey.optional("connect-timeout", DURATION, "PT10S", "How long to wait for a connection"),
            SettingKey.optional(
                    "idle-timeout", DURATION, "PT1M", "How long to wait for the next byte once a call is under way"),
            SettingKey.optional("call-timeout", DURATION, "PT3M", "How long a whole call may take"),
            SettingKey.optional(
                    "max-connections",
                    INTEGER,
                    "20",
                    "Calls at the same time; Salesforce refuses more than 25 long ones, 5 in a developer org"),
            SettingKey.optional(
                    "max-response-mb", INTEGER, "64", "Largest answer that is accepted, in megabytes (2^20 bytes)"),
            SettingKey.optional(
                    "max-calls-per-day",
                    INTEGER,
                    null,
                    "Stop after this many calls of this process in 24 hours, whatever the org would still allow"),
            SettingKey.optional(
                    "allowed-hosts",
                    TEXT,
                    "salesforce.com, salesforce.mil",
                    "Domains, separated by commas, that the org's own address may lie in beside the login-url's host"));

    private SalesforceKeys() {}
}
