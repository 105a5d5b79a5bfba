package dev.rainmaker.app;

import dev.rainmaker.app.cli.RainmakerCommand;

/** The program. */
public final class Main {

    private Main() {}

    /** Runs one verb and exits with its code. */
    public static void main(String[] args) {
        System.exit(RainmakerCommand.run(args));
    }
}
