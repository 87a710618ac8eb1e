package io.deungdae.control.loop;

import io.deungdae.collector.signal.Label;
import java.time.Instant;

/**
 * The loop took autonomy away from itself. It stands until a person asks for a mode again.
 *
 * @param cause what for
 * @param detail what was found
 * @param at when
 */
public record Demotion(Cause cause, Label detail, Instant at) {

  /** What autonomy is taken away for. */
  public enum Cause {
    JUDGEMENT_STALE("the analysis gives no fresh judgement", "분석 결과가 갱신되지 않음", Reaction.UNDO_MOVES),
    MODEL_DRIFTED("the model has drifted", "모델 드리프트", Reaction.UNDO_MOVES),
    OUT_OF_TRAINING_RANGE(
        "the plant is outside of what the model was trained on",
        "설비가 모델 학습 범위를 벗어남",
        Reaction.UNDO_MOVES),
    INPUTS_LOST("inputs were bad or stale for too long", "입력 불량 또는 갱신 중단 지속", Reaction.ABANDON),
    PLC_LOCAL("the PLC was switched to LOCAL", "PLC가 LOCAL로 전환됨", Reaction.ABANDON),
    HANDSHAKE_LOST("the PLC lost our heartbeat", "PLC 하트비트 감시 이상", Reaction.ABANDON),
    READ_BACK_FAILED(
        "a device did not keep what was written to it", "장치 되읽기 값 불일치", Reaction.ROLL_BACK),
    WRITE_FAILED("a device cannot be written to", "장치 쓰기 실패", Reaction.ROLL_BACK),
    VERIFICATION_FAILED("a decision did not help", "조치 효과 없음", Reaction.CARRY_ON),
    OPERATOR_OVERRIDE("somebody else moved a setpoint", "다른 곳에서 설정값이 변경됨", Reaction.ABANDON),
    INTERLOCK("an interlock tripped", "인터록 작동", Reaction.ABANDON),
    LOOP_ERROR("the loop itself failed", "제어 루프 내부 오류", Reaction.ABANDON);

    private final String en;
    private final String ko;
    private final Reaction reaction;

    Cause(String en, String ko, Reaction reaction) {
      this.en = en;
      this.ko = ko;
      this.reaction = reaction;
    }

    /** What it is, for people. */
    public Label label() {
      return new Label(en, ko);
    }

    Reaction reaction() {
      return reaction;
    }
  }

  /** What becomes of a decision that is being carried out when the loop is demoted. */
  enum Reaction {
    /** Leave the setpoints as they are: they are not ours any more. */
    ABANDON,
    /** Bring them back. */
    ROLL_BACK,
    /** Bring them back while they are still moving; once there, measure to the end. */
    UNDO_MOVES,
    /** Nothing: the decision itself is the reason. */
    CARRY_ON
  }

  /** The reason in words. */
  public Label why() {
    return cause.label().equals(detail) ? detail : Reasons.because(cause.label(), detail);
  }
}
