package dev.rainmaker.app.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * While the ledger's database is away nothing can be answered, not even who is calling: 503, come back. In front of the
 * doors, because they ask the ledger too.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class LedgerAway extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerAway.class);
    private static final String DETAIL =
            "Rainmaker's database cannot be reached just now; nothing was stored. Try again.";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException failed) {
            if (!is(failed) || response.isCommitted()) {
                throw failed;
            }
            LOG.warn("the ledger is away: {}", failed.getMessage());
            answer(request, response);
        }
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.reset();
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader("Retry-After", "5");
        response.setCharacterEncoding("UTF-8");
        if (request.getRequestURI().startsWith("/api/")) {
            response.setContentType("application/problem+json");
            response.getWriter()
                    .write("{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,\"detail\":\""
                            + DETAIL + "\"}");
            return;
        }
        response.setContentType("text/html");
        response.getWriter()
                .write("<!doctype html><html lang=\"en\"><title>Rainmaker</title><h1>The ledger is away</h1><p>"
                        + DETAIL + "</p><p><a href=\"/\">Try again</a></p></html>");
    }

    /** Whether the cause is a database that cannot be reached or was shut down: SQLSTATE classes 08 and 57P, or no connection. */
    static boolean is(Throwable failed) {
        for (Throwable at = failed; at != null; at = at.getCause()) {
            if (at instanceof org.springframework.jdbc.CannotGetJdbcConnectionException
                    || at instanceof org.springframework.transaction.CannotCreateTransactionException) {
                return true;
            }
            if (at instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState().startsWith("08") || sql.getSQLState().startsWith("57P");
            }
        }
        return false;
    }
}
