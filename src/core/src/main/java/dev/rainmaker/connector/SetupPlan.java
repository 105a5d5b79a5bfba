package dev.rainmaker.connector;

import java.util.List;

/**
 * What would have to be made in a vendor's system so that Rainmaker can write there.
 *
 * @param steps in order; none where everything is there
 */
public record SetupPlan(List<Step> steps) {

    public SetupPlan {
        steps = List.copyOf(steps);
    }

    /**
     * One thing to make.
     *
     * @param key the connector's own word for it, unique in a plan
     * @param what what is made and where, for the admin
     */
    public record Step(String key, String what) {}

    /**
     * What became of a step.
     *
     * @param problem why it was not done and what to do; empty where it was done
     */
    public record Done(Step step, String problem) {
        public boolean succeeded() {
            return problem.isEmpty();
        }
    }
}
