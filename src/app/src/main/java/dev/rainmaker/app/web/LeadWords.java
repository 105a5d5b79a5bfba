package dev.rainmaker.app.web;

/** What happened to leads, and why something was refused, in words for people. */
final class LeadWords {

    private LeadWords() {}

    static String refusal(String reason) {
        return switch (reason) {
            case "deadline-passed" -> "the time to accept is over; the lead goes to another partner";
            case "already-claimed" -> "another partner was first";
            case "offer-closed" -> "the offer has ended";
            case "claim-limit" -> "this partner has claimed as many leads as one may in this time";
            case "capacity" -> "this partner holds as many open leads as it may";
            case "lead-ended" -> "the lead is closed in the CRM";
            case "held-by-a-person" -> "a person assigned this lead in the CRM";
            case "not-offered" -> "the lead is not offered to this partner";
            case "not-yours" -> "the lead is not this partner's";
            case "not-known" -> "nothing was decided about this lead";
            default -> "the lead's state does not allow it";
        };
    }

    static String event(String what) {
        return switch (what) {
            case "deadline-passed" -> "deadline passed, pulled back";
            case "not-followed-up" -> "claimed but not followed up, pulled back";
            case "offer-lapsed" -> "offer ended unclaimed";
            case "changed-by-hand" -> "a person changed the CRM";
            case "partner-left" -> "partner deactivated";
            default -> what.replace('-', ' ');
        };
    }
}
