package dev.rainmaker.app.yaml;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A file that a person wrote cannot be used: configuration, mapping or policy. The message is meant for a terminal, one
 * line per problem, in the order of the file. The command line ends with exit code 2.
 */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems at least one */
    public ConfigurationException(List<Problem> problems) {
        super(problems.stream().sorted().distinct().map(Problem::toString).collect(Collectors.joining("\n")));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a configuration exception needs a problem");
        }
        this.problems = problems.stream().sorted().distinct().toList();
    }

    public ConfigurationException(Problem problem) {
        this(List.of(problem));
    }

    public List<Problem> problems() {
        return problems;
    }

    /** Throws if there is a problem in the list, else does nothing. */
    public static void throwIfAny(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }
}
