package dev.rainmaker.assignment;

/** How much a pool insists on something that the lead asks for. */
public enum Need {
    /** A partner without it is out. */
    REQUIRED,
    /** Partners that have it are taken alone if there are any; else the wish is dropped and the receipt says so. */
    PREFERRED,
    /** Not looked at. */
    IGNORED
}
