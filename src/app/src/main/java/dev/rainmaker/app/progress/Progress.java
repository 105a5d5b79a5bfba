package dev.rainmaker.app.progress;

/** Takes what long work says of itself. Called often: implementations decide how much of it they show. */
public interface Progress {

    /** Says nothing. */
    Progress SILENT = (step, done, expected, calls) -> {};

    /**
     * @param step what is being done, such as {@code sync crm/Lead}
     * @param done records so far
     * @param expected records in all, -1 where unknown
     * @param calls calls to the vendor so far in this step
     */
    void at(String step, long done, long expected, long calls);
}
