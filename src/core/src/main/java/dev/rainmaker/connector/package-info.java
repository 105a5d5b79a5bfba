/** The interface between Rainmaker and a vendor: what a connector declares, reads, writes and how it fails. */
@NullMarked
package dev.rainmaker.connector;

import org.jspecify.annotations.NullMarked;
