package dev.rainmaker.sandbox.hubspot.page;

import dev.rainmaker.sandbox.http.Reply;
import dev.rainmaker.sandbox.http.Request;
import dev.rainmaker.sandbox.hubspot.portal.Portal;

/** What a person sees in a browser. */
public final class PortalPages {

    private final Portal portal;
    private final long portalId;

    public PortalPages(Portal portal, long portalId) {
        this.portal = portal;
        this.portalId = portalId;
    }

    /** Answers everything outside the API. */
    public Reply answer(Request request) {
        return Reply.html(
                404, "portal " + portalId + " " + portal.types().getClass().getSimpleName());
    }
}
