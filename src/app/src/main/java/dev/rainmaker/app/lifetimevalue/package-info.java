/** The shell around the partner lifetime value: folds facts into histories, keeps models and scores, writes them back. */
@NullMarked
package dev.rainmaker.app.lifetimevalue;

import org.jspecify.annotations.NullMarked;
