/** Assignment policies before they go live: checked, tried on past leads, compared, published, taken back. */
@NullMarked
package dev.rainmaker.app.draft;

import org.jspecify.annotations.NullMarked;
