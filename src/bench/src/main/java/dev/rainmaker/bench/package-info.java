/** Benchmarks; figures and commands are in the README of this module. */
@NullMarked
package dev.rainmaker.bench;

import org.jspecify.annotations.NullMarked;
