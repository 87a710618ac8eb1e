package io.deungdae.control.loop;

import io.deungdae.control.guard.Mode;

/** What is asked of the loop from outside. */
sealed interface Request {

  /** A mode for a unit. */
  record ForMode(String unit, Mode mode, String who, Reply<Answer> reply) implements Request {}

  /** A setpoint. */
  record ForSetpoint(OperatorProposal proposal, Reply<SetpointAnswer> reply) implements Request {}

  /** Leave to carry a decision out. */
  record Approval(String decision, String who, Reply<Answer> reply) implements Request {}

  /** No to a decision. */
  record Rejection(String decision, String who, Reply<Answer> reply) implements Request {}
}
