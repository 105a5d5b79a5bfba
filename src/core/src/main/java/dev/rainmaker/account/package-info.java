/** Customer companies and the question whether two names mean the same one. */
@NullMarked
package dev.rainmaker.account;

import org.jspecify.annotations.NullMarked;
