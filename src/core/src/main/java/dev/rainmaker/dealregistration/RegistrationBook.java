package dev.rainmaker.dealregistration;

import java.time.Instant;
import java.util.Optional;

/** Where registrations and their locks are kept. */
public interface RegistrationBook extends LockBook {

    Optional<Registration> find(String number);

    /**
     * Keeps the next version of a registration with the step that led to it.
     *
     * @return false where somebody else moved it since {@code before} was read: nothing is changed then
     */
    boolean save(Registration before, Registration after, Step step, Instant at);
}
