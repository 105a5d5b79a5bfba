package dev.rainmaker.app.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** How much is logged: warnings for a short verb, information for a server, our own details with {@code --verbose}. */
final class Logging {

    private Logging() {}

    static void configure(boolean verbose, boolean server) {
        logger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        logger("dev.rainmaker").setLevel(verbose ? Level.DEBUG : server ? Level.INFO : Level.WARN);
        logger("org.flywaydb").setLevel(Level.ERROR);
        logger("com.zaxxer.hikari").setLevel(Level.ERROR);
        logger("org.apache.camel").setLevel(verbose ? Level.WARN : Level.OFF);
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }
}
