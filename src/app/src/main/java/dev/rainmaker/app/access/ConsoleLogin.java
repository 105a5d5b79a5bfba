package dev.rainmaker.app.access;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** The console's login form asks here. */
final class ConsoleLogin implements AuthenticationProvider {
    private final ConsoleUsers users;

    ConsoleLogin(ConsoleUsers users) {
        this.users = users;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String password = String.valueOf(attempt.getCredentials());
        ConsoleUsers.Login login = users.login(attempt.getName(), password);
        if (login instanceof ConsoleUsers.Login.Welcome welcome) {
            return welcome.caller().authentication();
        }
        if (login instanceof ConsoleUsers.Login.Wait) {
            throw new LockedException("Too many wrong passwords; wait a few minutes.");
        }
        throw new BadCredentialsException("Unknown user or wrong password.");
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
