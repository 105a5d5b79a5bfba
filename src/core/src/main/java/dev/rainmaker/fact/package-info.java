/** What every fact shares: its identity, its kind, money, and the catalogue of fields that mappings may fill. */
@NullMarked
package dev.rainmaker.fact;

import org.jspecify.annotations.NullMarked;
