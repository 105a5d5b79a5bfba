package dev.rainmaker.dealregistration;

import dev.rainmaker.fact.RecordId;
import org.jspecify.annotations.Nullable;

/** Something that somebody does to a registration. */
public sealed interface Step {

    /** A person's name, or what acted by itself: {@code policy}, {@code timer}, {@code crm}. */
    String who();

    /** Fit for the partner's eyes. */
    String why();

    /** The step as one word, as events keep it. */
    default String word() {
        String name = getClass().getSimpleName();
        StringBuilder word = new StringBuilder();
        for (char letter : name.toCharArray()) {
            if (Character.isUpperCase(letter) && !word.isEmpty()) {
                word.append('-');
            }
            word.append(Character.toLowerCase(letter));
        }
        return word.toString();
    }

    /** The partner hands it in: a draft, or a corrected one that needed information. */
    record Submit(String who, String why) implements Step {}

    /** A person must look at it. */
    record Review(String who, String why) implements Step {}

    /** The reviewer asks the partner for more. */
    record Ask(String who, String why) implements Step {}

    record Approve(String who, String why) implements Step {}

    /** @param blocked because another holds the deal: it is next in line */
    record Reject(String who, String why, boolean blocked) implements Step {}

    /** @param proof what the partner did for the deal, null where nothing is stated */
    record Extend(String who, String why, @Nullable String proof) implements Step {}

    record Win(String who, String why) implements Step {}

    record Lose(String who, String why) implements Step {}

    /** The protection ran out; refused before that instant, whoever asks. */
    record Expire(String who, String why) implements Step {}

    /** The lock is given up by the vendor's rule or decision. */
    record Release(String who, String why) implements Step {}

    /** The partner gives it up. */
    record Withdraw(String who, String why) implements Step {}

    /** Something is told to the partner; nothing else changes. */
    record Note(String who, String why) implements Step {}

    /** An approved one goes back to a person: its customer turned out to be another's. The lock ends. */
    record Recall(String who, String why) implements Step {}

    /**
     * Its customer was merged into another.
     *
     * @param customer the key of the customer that remains
     */
    record Merge(String who, String why, String customer) implements Step {}

    /**
     * Its partner's account was merged into another partner's, which goes on with it.
     *
     * @param partner the partner that remains
     */
    record HandOver(String who, String why, RecordId partner) implements Step {}
}
