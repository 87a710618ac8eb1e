package io.deungdae.kamp.dataset;

import io.deungdae.collector.signal.Label;
import java.util.List;

/**
 * What people are told about a data set, in the words of KAMP's catalogue. Empty texts are shown as
 * not given.
 *
 * @param title 제목
 * @param summary 한줄설명
 * @param introduction 소개
 * @param process 적용공정
 * @param industry 업종
 * @param field 제조 분야
 * @param purpose 목적, e.g. 품질보증, 예지보전, 생산공정 최적화
 * @param issue 분석목적(현장이슈)
 * @param equipment 수집 장비
 * @param provider 제공기관(수행기관)
 * @param licence 사용조건
 * @param contract number of the sharing contract (제조데이터공유규범)
 * @param registered 제조데이터 등록일, yyyy-MM-dd; empty for the day of the window
 * @param algorithm 분석적용 알고리즘
 * @param findings 분석결과 및 시사점
 * @param labelMeaning what the label's values mean, e.g. {@code 1=합격, 0=불합격}
 * @param tags 태그
 */
public record Card(
    Label title,
    String summary,
    String introduction,
    String process,
    String industry,
    String field,
    String purpose,
    String issue,
    String equipment,
    String provider,
    String licence,
    String contract,
    String registered,
    String algorithm,
    String findings,
    String labelMeaning,
    List<String> tags) {

  public Card {
    tags = List.copyOf(tags);
  }
}
