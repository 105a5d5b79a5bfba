/** What every simulator's HTTP face is made of: requests, answers, and answers broken on purpose. */
@NullMarked
package dev.rainmaker.sandbox.http;

import org.jspecify.annotations.NullMarked;
