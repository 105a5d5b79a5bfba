package dev.rainmaker.app.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The demo's console is open, but only to the machine it runs on: the connection comes from loopback, was not forwarded, and the
 * browser asked for a loopback name (a stranger's page that made its own name point here would ask for that name).
 */
final class DemoFilter extends OncePerRequestFilter {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
    private static final Caller VISITOR = new Caller("demo", Role.ADMIN, Optional.empty());

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!isLocal(request)) {
            AccessProblem.NOT_HERE.write(response);
            return;
        }
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(VISITOR.authentication());
        SecurityContextHolder.setContext(context);
        chain.doFilter(request, response);
    }

    private static boolean isLocal(HttpServletRequest request) {
        return isLoopback(request.getRemoteAddr())
                && LOOPBACK_NAMES.contains(request.getServerName())
                && request.getHeader("X-Forwarded-For") == null
                && request.getHeader("Forwarded") == null;
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }
}
