package dev.rainmaker.connector.salesforce;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which addresses a connection may talk to: the login address itself, and addresses inside the allowed domains with the
 * same scheme. Everything the org sends us that contains an address (its own, a next page, a redirect) is measured by this.
 */
final class OrgHosts {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final URI login;
    private final List<String> domains;

    OrgHosts(URI login, List<String> domains) {
        this.login = login;
        this.domains = domains;
    }

    /** Whether a host is this machine or a neighbour in a container network: a name without a dot. */
    static boolean isNear(String host) {
        return LOOPBACK.contains(host.toLowerCase(Locale.ROOT)) || !(host.contains(".") || host.contains(":"));
    }

    boolean allows(URI address) {
        String host = address.getHost();
        if (host == null || address.getUserInfo() != null || address.getScheme() == null) {
            return false;
        }
        host = host.toLowerCase(Locale.ROOT);
        return isLogin(address, host) || domains.stream().anyMatch(domain -> liesIn(domain, address));
    }

    private boolean isLogin(URI address, String host) {
        String wanted = login.getHost();
        boolean sameHost = host.equals(wanted) || LOOPBACK.contains(host) && LOOPBACK.contains(wanted);
        return sameHost && address.getScheme().equalsIgnoreCase(login.getScheme()) && port(address) == port(login);
    }

    private boolean liesIn(String domain, URI address) {
        String host = address.getHost().toLowerCase(Locale.ROOT);
        int colon = domain.indexOf(':');
        String name = colon < 0 ? domain : domain.substring(0, colon);
        boolean sameScheme = address.getScheme().equalsIgnoreCase(login.getScheme());
        int port = colon >= 0
                ? Integer.parseInt(domain.substring(colon + 1))
                : login.getScheme().equals("http") ? 80 : 443;
        boolean inside = host.equals(name) || host.endsWith("." + name);
        boolean safe = login.getScheme().equals("https") || isNear(host);
        return inside && sameScheme && safe && port(address) == port;
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "http".equalsIgnoreCase(address.getScheme()) ? 80 : 443;
    }
}
