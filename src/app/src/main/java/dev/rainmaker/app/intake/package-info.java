/** Events pushed to us: durable first, worked off afterwards. */
@NullMarked
package dev.rainmaker.app.intake;

import org.jspecify.annotations.NullMarked;
