package dev.rainmaker.sandbox.world;

import java.util.List;
import java.util.Map;

/** What the generated world's vendor sells, to whom, and how its leads come in. */
final class Catalogue {
    /** Products by their price, relative to the middle one. */
    private static final Map<String, Double> PRICES = Map.of(
            "Edge Firewall", 1.6,
            "Log Insight", 1.3,
            "Identity Hub", 1.0,
            "Cloud Backup", 0.8,
            "Endpoint Guard", 0.6);

    static final List<String> PRODUCTS =
            List.of("Edge Firewall", "Log Insight", "Identity Hub", "Cloud Backup", "Endpoint Guard");

    static final List<String> INDUSTRIES = List.of(
            "Manufacturing",
            "Healthcare",
            "Finance",
            "Retail",
            "Technology",
            "Telecommunications",
            "Education",
            "Energy",
            "Government",
            "Transportation");

    static final List<String> PARTNER_TYPES = List.of(
            "Value Added Reseller", "System Integrator", "Managed Service Provider", "Distributor", "Consultant");

    static final List<String> LEAD_SOURCES = List.of("Web", "Referral", "Event", "Content", "Purchased List");

    static final List<String> TITLES = List.of(
            "Head of IT",
            "CIO",
            "IT Manager",
            "Security Officer",
            "Procurement Lead",
            "Network Engineer",
            "Managing Director",
            "CFO");

    /** Words with which an IT reseller says what it is. */
    static final List<String> RESELLER_WORDS = List.of(
            "IT Solutions",
            "Systems",
            "Networks",
            "Security",
            "Cloud Services",
            "Datacom",
            "Consulting",
            "Informatik",
            "Managed Services",
            "Digital");

    private Catalogue() {}

    /** Price relative to the middle product; 1 for a product that the catalogue does not hold. */
    static double price(String product) {
        return PRICES.getOrDefault(product, 1.0);
    }
}
