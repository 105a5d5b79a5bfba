package dev.rainmaker.sandbox.world;

import dev.rainmaker.sandbox.hubspot.portal.AssociationType;
import dev.rainmaker.sandbox.hubspot.portal.Change;
import dev.rainmaker.sandbox.hubspot.portal.ObjectKind;
import dev.rainmaker.sandbox.hubspot.portal.Portal;
import dev.rainmaker.sandbox.hubspot.portal.PortalRefused;
import dev.rainmaker.sandbox.hubspot.portal.Source;
import dev.rainmaker.sandbox.state.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fills a portal with a generated world: the same makers that fill an export folder, told in HubSpot's terms. Partners are
 * companies of type RESELLER, their people contacts outside the sales funnel, leads contacts in it. A few customers are those
 * of the Salesforce world under another spelling.
 */
public final class HubSpotWorld {

    private static final int SHARED = 12;
    private static final Map<String, String> STAGES = Map.of(
            "Prospecting", "appointmentscheduled",
            "Needs Analysis", "qualifiedtobuy",
            "Proposal/Price Quote", "presentationscheduled",
            "Negotiation/Review", "decisionmakerboughtin",
            "Closed Won", "closedwon",
            "Closed Lost", "closedlost");
    private static final Map<String, String> ORIGINS = Map.of(
            "Web", "ORGANIC_SEARCH",
            "Referral", "REFERRALS",
            "Event", "OFFLINE",
            "Content", "EMAIL_MARKETING",
            "Purchased List", "OTHER_CAMPAIGNS");

    private final Portal portal;
    private final Shelf shelf;
    private final Path export;
    private final Map<String, Long> ids = new HashMap<>();
    private final Map<String, String> owners = new HashMap<>();
    private long next = 50_000_000_000L;

    private HubSpotWorld(Portal portal, Shelf shelf, Path export) {
        this.portal = portal;
        this.shelf = shelf;
        this.export = export;
    }

    /**
     * Fills an empty portal.
     *
     * @param export a generated world's folder
     * @param other the folder of the Salesforce world whose customers partly are here too; null for none
     */
    public static void fill(Portal portal, Shelf shelf, Path export, @Nullable Path other) throws IOException {
        HubSpotWorld world = new HubSpotWorld(portal, shelf, export);
        HubSpotSetup.properties(portal);
        world.owners();
        try {
            AssociationType partner =
                    portal.types().define(ObjectKind.DEAL, ObjectKind.COMPANY, "Partner", "Partner's deal").stream()
                            .filter(type -> type.from() == ObjectKind.DEAL)
                            .findFirst()
                            .orElseThrow();
            portal.<Portal, PortalRefused>write(Source.IMPORT, change -> {
                world.companies(change);
                world.people(change);
                world.leads(change);
                world.deals(change, partner);
                world.shared(change, other);
                return portal;
            });
            new HubSpotProgramme(portal, shelf, export, world.ids).write();
        } catch (PortalRefused refused) {
            throw new IllegalStateException("the portal refuses the generated world: " + refused.getMessage(), refused);
        }
    }

    /** The rows of one file of the export. */
    static List<Map<String, String>> rows(Path export, ExportObject object) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        if (Files.exists(export.resolve(object.fileName()))) {
            SourceTable.open(export, object.fileName(), List.of("Id")).each(row -> rows.add(row.all()));
        }
        return rows;
    }

    private List<Map<String, String>> rowsOf(ExportObject object) {
        try {
            return rows(export, object);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void owners() {
        for (Map<String, String> user : rowsOf(ExportObject.USER)) {
            String id = String.valueOf(80_000_000L + owners.size() + 1);
            owners.put(value(user, "Id"), id);
            var owner = Shelf.object();
            owner.put("id", id)
                    .put("email", value(user, "Email"))
                    .put("type", "PERSON")
                    .put("firstName", value(user, "FirstName"))
                    .put("lastName", value(user, "LastName"))
                    .put("userId", 500 + owners.size())
                    .put("userIdIncludingInactive", 500 + owners.size())
                    .put("createdAt", value(user, "CreatedDate"))
                    .put("updatedAt", value(user, "CreatedDate"))
                    .put("archived", value(user, "IsActive").equals("false"));
            shelf.put("owners", id, owner);
        }
    }

    private static String value(Map<String, String> row, String column) {
        return row.getOrDefault(column, "");
    }

    /** A record with the values that are not empty. */
    private long make(Change change, ObjectKind kind, Map<String, String> row, String... namesAndValues)
            throws PortalRefused {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!namesAndValues[i + 1].isEmpty()) {
                values.put(namesAndValues[i], namesAndValues[i + 1]);
            }
        }
        next += 13;
        change.create(kind, next, Instant.parse(value(row, "CreatedDate")), values);
        ids.put(value(row, "Id"), next);
        return next;
    }

    private String owner(Map<String, String> row) {
        return owners.getOrDefault(value(row, "OwnerId"), "");
    }

    private static String domain(Map<String, String> row) {
        return value(row, "Website").replaceFirst("^https?://", "").replaceFirst("^www\\.", "");
    }

    private void companies(Change change) throws PortalRefused {
        for (Map<String, String> account : rowsOf(ExportObject.ACCOUNT)) {
            boolean partner = value(account, "IsPartner").equals("true");
            company(change, account, value(account, "Name"), partner ? "RESELLER" : "OTHER");
        }
    }

    private long company(Change change, Map<String, String> account, String name, String type) throws PortalRefused {
        return make(
                change,
                ObjectKind.COMPANY,
                account,
                "name",
                name,
                "domain",
                domain(account),
                "website",
                value(account, "Website"),
                "phone",
                value(account, "Phone"),
                "city",
                value(account, "BillingCity"),
                "state",
                value(account, "BillingState"),
                "country",
                value(account, "BillingCountry"),
                "industry",
                value(account, "Industry"),
                "annualrevenue",
                value(account, "AnnualRevenue"),
                "numberofemployees",
                value(account, "NumberOfEmployees"),
                "type",
                type,
                "hubspot_owner_id",
                owner(account),
                "partner_tier",
                value(account, "Partner_Tier__c"),
                "authorized_products",
                value(account, "Authorized_Products__c"),
                "partner_active",
                value(account, "Partner_Active__c"),
                "partner_since",
                value(account, "Partner_Since__c"),
                "max_open_leads",
                value(account, "Max_Open_Leads__c"),
                "languages",
                value(account, "Languages__c"),
                "partner_time_zone",
                value(account, "Time_Zone__c"),
                "yearly_target",
                value(account, "Yearly_Target__c"),
                "mdf_spent",
                value(account, "MDF_Spent__c"),
                "programme_cost",
                value(account, "Programme_Cost__c"));
    }

    private void people(Change change) throws PortalRefused {
        for (Map<String, String> person : rowsOf(ExportObject.CONTACT)) {
            Optional<Long> company = Optional.ofNullable(ids.get(value(person, "AccountId")));
            String email = value(person, "Email");
            boolean taken = change.find(ObjectKind.CONTACT, "email", email).isPresent();
            long id = make(
                    change,
                    ObjectKind.CONTACT,
                    person,
                    "firstname",
                    value(person, "FirstName"),
                    "lastname",
                    value(person, "LastName"),
                    "jobtitle",
                    value(person, "Title"),
                    "email",
                    taken ? "" : email,
                    "phone",
                    value(person, "Phone"),
                    "lifecyclestage",
                    "other",
                    "hubspot_owner_id",
                    owner(person));
            if (company.isPresent()) {
                change.associate(id, company.get(), portal.types().plain(ObjectKind.CONTACT, ObjectKind.COMPANY));
            }
        }
    }

    private void leads(Change change) throws PortalRefused {
        for (Map<String, String> lead : rowsOf(ExportObject.LEAD)) {
            boolean closed = value(lead, "Status").startsWith("Closed");
            boolean converted = value(lead, "IsConverted").equals("true");
            String email = value(lead, "Email");
            boolean taken = change.find(ObjectKind.CONTACT, "email", email).isPresent();
            make(
                    change,
                    ObjectKind.CONTACT,
                    lead,
                    "firstname",
                    value(lead, "FirstName"),
                    "lastname",
                    value(lead, "LastName"),
                    "jobtitle",
                    value(lead, "Title"),
                    "company",
                    value(lead, "Company"),
                    "email",
                    taken ? email.replaceFirst("@", next + "@") : email,
                    "phone",
                    value(lead, "Phone"),
                    "website",
                    value(lead, "Website"),
                    "city",
                    value(lead, "City"),
                    "state",
                    value(lead, "State"),
                    "country",
                    value(lead, "Country"),
                    "industry",
                    value(lead, "Industry"),
                    "annualrevenue",
                    value(lead, "AnnualRevenue"),
                    "numemployees",
                    range(value(lead, "NumberOfEmployees")),
                    "lifecyclestage",
                    converted ? "opportunity" : "lead",
                    "hs_lead_status",
                    converted ? "OPEN_DEAL" : closed ? "UNQUALIFIED" : status(lead),
                    "hs_analytics_source",
                    ORIGINS.getOrDefault(value(lead, "LeadSource"), ""),
                    "product_interest",
                    value(lead, "ProductInterest__c"),
                    "requested_partner",
                    value(lead, "Requested_Partner__c"),
                    "hubspot_owner_id",
                    owner(lead));
        }
    }

    private static String status(Map<String, String> lead) {
        return value(lead, "Status").startsWith("Working") ? "ATTEMPTED_TO_CONTACT" : "NEW";
    }

    private static String range(String employees) {
        if (employees.isEmpty()) {
            return "";
        }
        int people = Integer.parseInt(employees);
        int[] bounds = {5, 25, 50, 100, 500, 1_000};
        String[] ranges = {"1-5", "5-25", "25-50", "50-100", "100-500", "500-1000"};
        for (int i = 0; i < bounds.length; i++) {
            if (people < bounds[i]) {
                return ranges[i];
            }
        }
        return "1000+";
    }

    private void deals(Change change, AssociationType partner) throws PortalRefused {
        AssociationType primary = portal.types().required(ObjectKind.DEAL, ObjectKind.COMPANY, "HUBSPOT_DEFINED", 5);
        for (Map<String, String> deal : rowsOf(ExportObject.OPPORTUNITY)) {
            String source = value(deal, "LeadSource");
            long id = make(
                    change,
                    ObjectKind.DEAL,
                    deal,
                    "dealname",
                    value(deal, "Name"),
                    "dealstage",
                    STAGES.getOrDefault(value(deal, "StageName"), "appointmentscheduled"),
                    "pipeline",
                    "default",
                    "amount",
                    value(deal, "Amount"),
                    "deal_currency_code",
                    value(deal, "CurrencyIsoCode"),
                    "closedate",
                    value(deal, "CloseDate"),
                    "margin",
                    value(deal, "Margin__c"),
                    "product",
                    value(deal, "Product__c"),
                    "offer",
                    value(deal, "Offer__c"),
                    "customer_satisfaction",
                    value(deal, "Customer_Satisfaction__c"),
                    "lead_source",
                    source,
                    "partner_sourced",
                    String.valueOf(source.startsWith("Partner")),
                    "hubspot_owner_id",
                    owner(deal));
            Long customer = ids.get(value(deal, "AccountId"));
            Long by = ids.get(value(deal, "PartnerAccountId"));
            if (customer != null) {
                change.associate(id, customer, primary);
            }
            if (by != null) {
                change.associate(id, by, partner);
            }
        }
    }

    /** Customers that both CRMs know. */
    private void shared(Change change, @Nullable Path other) throws PortalRefused {
        if (other == null) {
            return;
        }
        List<Map<String, String>> accounts;
        try {
            accounts = rows(other, ExportObject.ACCOUNT);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        int made = 0;
        for (Map<String, String> account : accounts) {
            if (made < SHARED
                    && value(account, "IsPartner").equals("false")
                    && value(account, "ParentId").isEmpty()) {
                made++;
                Map<String, String> here = new LinkedHashMap<>(account);
                here.put("Id", "shared " + account.get("Id"));
                here.remove("OwnerId");
                company(change, here, value(account, "Name").toUpperCase(java.util.Locale.ROOT), "OTHER");
            }
        }
    }
}
