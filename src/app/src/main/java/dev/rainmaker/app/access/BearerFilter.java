package dev.rainmaker.app.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Knows callers of the REST interface by {@code Authorization: Bearer}. A token that is given and wrong ends the request. */
final class BearerFilter extends OncePerRequestFilter {
    private static final String SCHEME = "bearer ";

    private final ApiTokens tokens;

    BearerFilter(ApiTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader("Authorization");
        if (header != null) {
            Optional<Caller> caller = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                    ? tokens.authenticate(header.substring(SCHEME.length()).strip())
                    : Optional.empty();
            if (caller.isEmpty()) {
                AccessProblem.UNKNOWN_TOKEN.write(response);
                return;
            }
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(caller.get().authentication());
            SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
    }
}
