package dev.rainmaker.app.access;

import java.util.List;
import java.util.Locale;

/** What somebody may do. Each of the first three includes those below it; a partner sees its own things only. */
public enum Role {
    /** Everything, users, tokens and policies included. */
    ADMIN,
    /** Runs syncs, replays, approvals, intake. */
    OPERATOR,
    /** Reads everything. */
    VIEWER,
    /** Reads and registers what is its own. */
    PARTNER;

    /** This role and those it includes. */
    public List<Role> included() {
        return switch (this) {
            case ADMIN -> List.of(ADMIN, OPERATOR, VIEWER);
            case OPERATOR -> List.of(OPERATOR, VIEWER);
            case VIEWER -> List.of(VIEWER);
            case PARTNER -> List.of(PARTNER);
        };
    }

    /** The lower-case name, as stored and shown. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is no such role, naming those there are */
    public static Role of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw new IllegalArgumentException(
                "there is no role \"" + word + "\"; there are admin, operator, viewer and partner");
    }
}
