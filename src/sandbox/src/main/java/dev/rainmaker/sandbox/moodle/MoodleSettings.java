package dev.rainmaker.sandbox.moodle;

import dev.rainmaker.sandbox.profile.Profile;
import java.nio.file.Path;
import java.time.Clock;

/**
 * How to start a site. Take {@link #in} and change what differs.
 *
 * @param state folder that keeps the site
 * @param content what an empty site is filled with
 * @param host address to listen on
 * @param port 0 for any free one
 * @param hooks whether {@code /__sandbox/…} is there
 */
public record MoodleSettings(
        Path state, Content content, String host, int port, boolean hooks, Profile profile, Clock clock) {

    /** Fills an empty site. */
    @FunctionalInterface
    public interface Content {
        void fill(Academy academy);
    }

    /** An empty site on any free loopback port, without hooks. */
    public static MoodleSettings in(Path state) {
        return new MoodleSettings(
                state, academy -> {}, "127.0.0.1", 0, false, SiteProfile.defaults(), Clock.systemUTC());
    }

    public MoodleSettings filled(Content with) {
        return new MoodleSettings(state, with, host, port, hooks, profile, clock);
    }

    public MoodleSettings at(String newHost, int newPort) {
        return new MoodleSettings(state, content, newHost, newPort, hooks, profile, clock);
    }

    public MoodleSettings at(Clock newClock) {
        return new MoodleSettings(state, content, host, port, hooks, profile, newClock);
    }

    public MoodleSettings withHooks() {
        return new MoodleSettings(state, content, host, port, true, profile, clock);
    }

    public MoodleSettings behaving(Profile newProfile) {
        return new MoodleSettings(state, content, host, port, hooks, newProfile, clock);
    }
}
