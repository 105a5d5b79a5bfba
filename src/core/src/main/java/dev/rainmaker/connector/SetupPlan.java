package dev.rainmaker.connector;

import java.util.List;

/** What would have to be made in a vendor's system so that Rainmaker can write there. */
public sealed interface SetupPlan {

    /** Steps in order; none where everything is there. */
    record Steps(List<Step> steps) implements SetupPlan {
        public Steps {
            steps = List.copyOf(steps);
        }
    }

    /**
     * This vendor, or this connector, cannot make anything: a person has to.
     *
     * @param why what to do instead, for the admin
     */
    record NotPossible(String why) implements SetupPlan {}

    /**
     * One thing to make.
     *
     * @param key the connector's own word for it, unique in a plan
     * @param what what is made and where, for the admin
     */
    record Step(String key, String what) {}

    /**
     * What became of a step.
     *
     * @param problem why it was not done and what to do; empty where it was done
     */
    record Done(Step step, String problem) {
        public boolean succeeded() {
            return problem.isEmpty();
        }
    }
}
