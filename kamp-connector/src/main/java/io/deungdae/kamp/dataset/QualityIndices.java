package io.deungdae.kamp.dataset;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The six quality indices of KAMP's guidebooks, each from 0 to 100 %.
 *
 * @param completeness 완전성 = (1 - missing values / all values) · 100
 * @param uniqueness 유일성 = unique rows / rows · 100
 * @param validity 유효성 = rows that meet range, format and date / rows · 100
 * @param consistency 일관성 = consistent rows / rows · 100
 * @param accuracy 정확성 = (1 - violating rows / rows) · 100
 * @param integrity 무결성 = (1 - how many of 유일성, 유효성, 일관성 are not 100 % / 3) · 100
 */
public record QualityIndices(
    double completeness,
    double uniqueness,
    double validity,
    double consistency,
    double accuracy,
    double integrity) {

  /** By KAMP's names, in KAMP's order. */
  public Map<String, Double> byName() {
    Map<String, Double> byName = new LinkedHashMap<>();
    byName.put("완전성", completeness);
    byName.put("유일성", uniqueness);
    byName.put("유효성", validity);
    byName.put("일관성", consistency);
    byName.put("정확성", accuracy);
    byName.put("무결성", integrity);
    return byName;
  }
}
