package dev.rainmaker.app.schedule;

/**
 * What a job does. It must be harmless to do it again: after a crash in the middle it runs anew.
 */
@FunctionalInterface
public interface JobBody {

    /**
     * @return one line for people on what was done, such as "412 records"; may be empty
     * @throws Exception if it failed; the message is kept as the run's result and the job runs again at its next time
     */
    String run() throws Exception;
}
