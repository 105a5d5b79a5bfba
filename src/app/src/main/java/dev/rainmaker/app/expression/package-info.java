/** CEL, the one language in which an admin writes expressions: typed, checked when loaded, unable to loop or reach outside. */
@NullMarked
package dev.rainmaker.app.expression;

import org.jspecify.annotations.NullMarked;
