package dev.rainmaker.app.access;

import dev.rainmaker.fact.RecordId;
import java.security.Principal;
import java.util.Collection;
import java.util.Optional;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who makes the current request.
 *
 * @param name of the user or token, for audit entries
 * @param partner the only partner whose things a caller of role partner may see; empty for all other roles
 */
public record Caller(String name, Role role, Optional<RecordId> partner) implements Principal {

    public Caller {
        if ((role == Role.PARTNER) != partner.isPresent()) {
            throw new IllegalArgumentException("a caller of role partner, and no other, is bound to a partner");
        }
    }

    @Override
    public String getName() {
        return name;
    }

    /** Whether this caller may see what belongs to a partner. */
    public boolean maySee(RecordId partnerRecord) {
        return partner.map(partnerRecord::equals).orElse(true);
    }

    /**
     * The caller of the request that this thread serves.
     *
     * @throws IllegalStateException outside a request that has passed the doors
     */
    public static Caller current() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("no caller is known here");
    }

    Authentication authentication() {
        return new Known(this);
    }

    /** A caller whose identity has been proven. */
    private static final class Known extends AbstractAuthenticationToken {
        private static final long serialVersionUID = 1L;

        private final transient Caller caller;

        Known(Caller caller) {
            super(authorities(caller));
            this.caller = caller;
            setAuthenticated(true);
        }

        private static Collection<SimpleGrantedAuthority> authorities(Caller caller) {
            return caller.role().included().stream()
                    .map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
                    .toList();
        }

        @Override
        public Object getCredentials() {
            return "";
        }

        @Override
        public Object getPrincipal() {
            return caller;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Known known && known.caller.equals(caller);
        }

        @Override
        public int hashCode() {
            return caller.hashCode();
        }
    }
}
