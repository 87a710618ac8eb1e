package io.deungdae.control.alarm;

/**
 * How the alarms themselves are doing (ISA-18.2, clause on monitoring).
 *
 * @param raisedInTenMinutes alarms raised in the last ten minutes
 * @param flood true while more than ten were
 * @param chattering alarms raised three times or more within one minute, and not quiet since
 * @param standing alarms that have been active for more than a day
 */
public record AlarmHealth(int raisedInTenMinutes, boolean flood, int chattering, int standing) {}
