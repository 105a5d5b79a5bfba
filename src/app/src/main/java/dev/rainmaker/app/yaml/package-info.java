/** YAML files read with the place of every key and value, so that an error names file, line and column. */
@NullMarked
package dev.rainmaker.app.yaml;

import org.jspecify.annotations.NullMarked;
