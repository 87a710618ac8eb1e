package io.deungdae.control.run;

import io.deungdae.control.site.SiteSettings;

/**
 * The settings in force. Hand-off: whoever changes them puts others in, anybody reads; what was
 * read stays valid, as the settings that were in force then.
 */
final class InForce {

  private volatile SiteSettings settings;

  InForce(SiteSettings settings) {
    this.settings = settings;
  }

  SiteSettings settings() {
    return settings;
  }

  void change(SiteSettings others) {
    settings = others;
  }
}
