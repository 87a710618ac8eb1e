package io.deungdae.control.guard;

/**
 * Everything a guard can have against a proposal, in the order of the guards.
 *
 * <p>In the texts {@code {tag}}, {@code {found}} and {@code {allowed}} stand for the tag and the
 * numbers of the case.
 */
public enum Grounds {
  INPUT_MISSING("fresh", "{tag} has no value yet", "{tag} 값이 아직 없음"),
  INPUT_STALE(
      "fresh",
      "{tag} is {found} s old, at most {allowed} s is allowed",
      "{tag} 값이 {found}초 지남 (허용 {allowed}초)"),
  NOT_FINITE("finite", "{found} is not a number to write", "{found}은(는) 쓸 수 있는 수가 아님"),
  INPUT_NOT_GOOD(
      "quality", "quality of {tag} is {found}, not good", "{tag} 품질 코드 {found}, 양호하지 않음"),
  INPUT_FROZEN(
      "quality",
      "{tag} has not changed for {found} s, {allowed} s is the limit",
      "{tag} 값이 {found}초 동안 변하지 않음 (한도 {allowed}초)"),
  NOT_SIMULATED(
      "simulation",
      "the site is simulated and the device of {tag} is not",
      "시뮬레이션 사이트에서 {tag}의 실제 장치로는 쓸 수 없음"),
  NOT_WRITABLE("writable", "{tag} is not writable", "{tag}은(는) 쓰기가 허용되지 않은 태그"),
  NOT_MANIPULATED(
      "writable", "{tag} is not a manipulated variable of this unit", "{tag}은(는) 이 설비의 조작 변수가 아님"),
  PLC_LOCAL("mode", "the PLC is in LOCAL ({tag})", "PLC가 LOCAL 상태 ({tag})"),
  WATCHDOG("mode", "the PLC does not see our heartbeat ({tag})", "PLC가 하트비트를 받지 못함 ({tag})"),
  NOT_IN_FORCE(
      "mode",
      "the unit is not in force: the handshake with the PLC is not complete",
      "PLC 핸드셰이크가 끝나지 않아 제어 중이 아님"),
  MODE_TOO_LOW("mode", "the mode in force does not write", "현재 모드에서는 쓰지 않음"),
  NOT_APPROVED("mode", "nobody has approved it yet", "아직 승인되지 않음"),
  INTERLOCK(
      "interlock",
      "interlock {tag} is {found}, moving needs {allowed}",
      "인터록 {tag} = {found} (필요 {allowed})"),
  INTERLOCK_UNKNOWN("interlock", "interlock {tag} has no fresh good value", "인터록 {tag}의 유효한 값이 없음"),
  RANGE(
      "range",
      "{found} is outside the limits of {tag}, the limit is {allowed}",
      "{found}은(는) {tag} 한계 밖 (한계 {allowed})"),
  PRESENT_OUTSIDE(
      "range",
      "{tag} stands at {found}, outside its limits (limit {allowed}); bring it inside at the PLC"
          + " first",
      "{tag} 현재값 {found}이(가) 한계 {allowed} 밖에 있음, PLC에서 먼저 한계 안으로 옮겨야 함"),
  PRESENT_UNKNOWN("rate", "the present setpoint of {tag} is not known", "{tag}의 현재 설정값을 알 수 없음"),
  NOT_BUMPLESS(
      "rate",
      "the first write to {tag} must equal what is there: {found} is not {allowed}",
      "{tag}의 첫 쓰기는 현재값과 같아야 함: {found} ≠ {allowed}"),
  RATE(
      "rate",
      "a step of {found} is more than the rate of {tag} allows now, {allowed}",
      "{tag} 변화 {found}은(는) 현재 허용 변화율 {allowed} 초과"),
  BUDGET(
      "budget",
      "a step of {found} is more than the hourly budget of {tag} still has, {allowed}",
      "{tag} 변화 {found}은(는) 시간당 남은 허용량 {allowed} 초과"),
  OVERRIDDEN(
      "tracking",
      "the plant has {tag} at {found}, we wrote {allowed}: somebody else set it",
      "설비의 {tag}이(가) {found}, 우리가 쓴 값은 {allowed}: 다른 곳에서 변경됨"),
  OUTSIDE_TRAINING(
      "training", "{tag} would go where the model was not trained", "{tag}이(가) 모델 학습 범위를 벗어남"),
  MODEL_NOT_READY(
      "training", "the model is not fit to act at the moment", "모델이 현재 제어에 쓸 수 있는 상태가 아님");

  private final String guard;
  private final String en;
  private final String ko;

  Grounds(String guard, String en, String ko) {
    this.guard = guard;
    this.en = en;
    this.ko = ko;
  }

  /** The guard that has it. */
  public String guard() {
    return guard;
  }

  String en() {
    return en;
  }

  String ko() {
    return ko;
  }
}
