package io.deungdae.control.alarm;

import io.deungdae.collector.signal.Label;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alarm as people see it. A snapshot.
 *
 * @param id the alarm
 * @param source where it comes from
 * @param priority how soon a person has to act
 * @param state its state
 * @param active true while the condition holds, whatever the state
 * @param title what is wrong
 * @param detail what was found when it was raised
 * @param action what to do
 * @param raisedAt when it was last raised, or null when it never was
 * @param since when the state began
 * @param by the person who acknowledged, shelved or took it out of service, empty for none
 * @param shelvedUntil when shelving ends, or null
 * @param count how often it was raised since start
 */
public record AlarmView(
    String id,
    String source,
    Priority priority,
    AlarmState state,
    boolean active,
    Label title,
    Label detail,
    Label action,
    @Nullable Instant raisedAt,
    Instant since,
    String by,
    @Nullable Instant shelvedUntil,
    long count) {}
