package dev.rainmaker.app.access;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Refusals of the REST interface, as problem details (RFC 9457). */
enum AccessProblem {
    NO_TOKEN(401, "Token missing", "Send a token: Authorization: Bearer rmk_..."),
    UNKNOWN_TOKEN(401, "Token not accepted", "The token is unknown, revoked or expired; ask an admin for a new one."),
    NOT_ALLOWED(403, "Not allowed", "The token's role does not allow this; ask an admin for a token of another role."),
    NOT_HERE(403, "Not allowed", "The demo answers only to a browser on its own machine, under localhost.");

    private final int status;
    private final String title;
    private final String detail;

    AccessProblem(int status, String title, String detail) {
        this.status = status;
        this.title = title;
        this.detail = detail;
    }

    void write(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        if (status == 401) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        response.setContentType("application/problem+json");
        response.setCharacterEncoding("UTF-8");
        response.getWriter()
                .write("{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status + ",\"detail\":\""
                        + detail + "\"}");
    }
}
