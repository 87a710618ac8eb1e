package io.deungdae.control.api;

/**
 * Who asks.
 *
 * @param name the user's name, or {@code token:} and the token's name
 * @param role what they may do
 * @param mustChangePassword true while the first password stands; nothing else is allowed then
 */
public record Identity(String name, Role role, boolean mustChangePassword) {}
