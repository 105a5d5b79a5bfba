package dev.rainmaker.sandbox.hubspot;

import dev.rainmaker.sandbox.profile.Profile;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Supplier;

/** The portal's time: the machine's, or what the profile says just now, so that a test lets minutes pass at once. */
final class PortalClock extends Clock {

    private final Clock machine;
    private final Supplier<Profile> profile;

    PortalClock(Clock machine, Supplier<Profile> profile) {
        this.machine = machine;
        this.profile = profile;
    }

    @Override
    public ZoneId getZone() {
        return machine.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new PortalClock(machine.withZone(zone), profile);
    }

    @Override
    public Instant instant() {
        String set = profile.get().text("clock");
        return set.isEmpty() ? machine.instant() : Instant.parse(set);
    }
}
