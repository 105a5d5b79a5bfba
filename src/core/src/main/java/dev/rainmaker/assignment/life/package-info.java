/** What happens to a lead after it was assigned: a pure state machine, one version per applied event. */
@NullMarked
package dev.rainmaker.assignment.life;

import org.jspecify.annotations.NullMarked;
