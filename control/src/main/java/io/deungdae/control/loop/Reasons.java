package io.deungdae.control.loop;

import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Tag;

/** Why decisions end and requests fail, in words. */
final class Reasons {

  static final Label NONE = new Label("", "");
  static final Label PASSED = new Label("the anomaly passed without a remedy", "조치 없이 이상이 해소됨");
  static final Label WITHDRAWN =
      new Label("the analysis does not propose it any more", "분석에서 제안이 철회됨");
  static final Label EXPIRED = new Label("nobody approved it in time", "기한 내 승인되지 않음");
  static final Label NOT_OPEN = new Label("there is no such open decision", "해당하는 진행 중 결정이 없음");
  static final Label NOT_WAITING =
      new Label("the decision does not wait for a person", "결정이 승인 대기 상태가 아님");
  static final Label TOO_LONG = new Label("the moves took too long", "설정값 이동이 제한 시간을 초과함");
  static final Label NO_ROOM = new Label("the limits leave no room to move", "한계값 때문에 움직일 여유가 없음");
  static final Label HELPED = new Label("it helped", "효과 확인됨");
  static final Label NO_HELP = new Label("it did not help enough", "효과가 충분하지 않음");
  static final Label NOT_MEASURED = new Label("its effect could not be measured", "효과를 측정할 수 없음");
  static final Label NO_WAY_BACK =
      new Label("the setpoints could not be brought back in time", "제한 시간 내에 원래 설정값으로 되돌리지 못함");
  static final Label WAY_BACK = new Label("back to where it was", "원래 값으로 복귀");
  static final Label BY_PERSON = new Label("a lower mode was asked for", "하위 모드가 요청됨");
  static final Label STOPPED = new Label("the gateway stops", "게이트웨이 정지");
  static final Label NOT_ON = new Label("the unit is not in force", "설비가 제어 중이 아님");
  static final Label NEWER = new Label("a newer request took its place", "새 요청으로 대체됨");
  static final Label BUSY = new Label("too many requests are waiting", "대기 중인 요청이 너무 많음");
  static final Label NO_UNIT =
      new Label("the tag is not a manipulated variable of the unit", "설비의 조작 변수가 아닌 태그");
  static final Label UNKNOWN_UNIT = new Label("there is no such unit", "해당 설비가 없음");
  static final Label DONE = new Label("done", "완료");

  private Reasons() {}

  static Label rejected(String who) {
    return new Label("rejected by " + who, who + "이(가) 거부함");
  }

  static Label takenOver(String who, Tag tag) {
    return new Label(who + " set " + tag, who + "이(가) " + tag + " 설정");
  }

  static Label conditions(Tag tag) {
    return new Label(
        "conditions changed (" + tag + "), no comparison is possible",
        "운전 조건 변경(" + tag + "), 비교 불가");
  }

  static Label because(Label what, Label why) {
    return new Label(what.en() + ": " + why.en(), what.ko() + ": " + why.ko());
  }
}
