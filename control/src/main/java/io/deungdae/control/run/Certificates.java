package io.deungdae.control.run;

import io.deungdae.collector.driver.DeviceSettings;
import io.deungdae.collector.driver.opcua.TrustList;
import io.deungdae.collector.signal.Label;
import io.deungdae.control.api.ApiException;
import io.deungdae.control.api.Wire;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The certificates that a site's devices go by, for people to judge. Any thread. */
final class Certificates {

  private Certificates() {}

  /** All of them; devices that share a folder have the same. */
  static List<Wire.CertificateView> all(List<DeviceSettings> devices) throws IOException {
    List<Wire.CertificateView> all = new ArrayList<>();
    for (Map.Entry<TrustList, List<String>> list : lists(devices).entrySet()) {
      for (TrustList.Entry one : entries(list.getKey())) {
        all.add(
            new Wire.CertificateView(
                one.standing().name(),
                one.fingerprint(),
                one.subject(),
                one.issuer(),
                one.from().toEpochMilli(),
                one.until().toEpochMilli(),
                one.since().toEpochMilli(),
                list.getValue()));
      }
    }
    return all;
  }

  private static List<TrustList.Entry> entries(TrustList list) throws IOException {
    try {
      return list.entries();
    } catch (GeneralSecurityException e) {
      throw unreadable(e);
    }
  }

  /** Trusts it, or no longer; false when there is none. */
  static boolean judge(List<DeviceSettings> devices, String fingerprint, boolean trust)
      throws IOException {
    boolean found = false;
    for (TrustList list : lists(devices).keySet()) {
      try {
        found |= trust ? list.trust(fingerprint) : list.reject(fingerprint);
      } catch (GeneralSecurityException e) {
        throw unreadable(e);
      }
    }
    return found;
  }

  private static Map<TrustList, List<String>> lists(List<DeviceSettings> devices) {
    Map<TrustList, List<String>> lists = new LinkedHashMap<>();
    for (DeviceSettings device : devices) {
      TrustList.of(device.spec())
          .ifPresent(
              list -> lists.computeIfAbsent(list, l -> new ArrayList<>()).add(device.name()));
    }
    return lists;
  }

  private static ApiException unreadable(GeneralSecurityException e) {
    return new ApiException(
        409,
        "refused",
        new Label(String.valueOf(e.getMessage()), "인증서로 읽을 수 없는 파일이 있습니다: " + e.getMessage()));
  }
}
