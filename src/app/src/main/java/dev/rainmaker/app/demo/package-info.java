/** The main job at once: a sandbox org, a pass over it, and what came of it. */
@NullMarked
package dev.rainmaker.app.demo;

import org.jspecify.annotations.NullMarked;
