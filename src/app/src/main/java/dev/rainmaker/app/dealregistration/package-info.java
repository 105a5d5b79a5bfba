/** Deal registration at work: claims come in, conflicts are looked up, locks are taken, the connected systems are told. */
@NullMarked
package dev.rainmaker.app.dealregistration;

import org.jspecify.annotations.NullMarked;
