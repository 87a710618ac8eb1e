package io.deungdae.control.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import io.deungdae.collector.export.HistoryDesk;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Kind;
import io.deungdae.collector.signal.Label;
import io.deungdae.collector.signal.Quality;
import io.deungdae.collector.signal.Range;
import io.deungdae.collector.signal.Sample;
import io.deungdae.collector.signal.Tag;
import io.deungdae.collector.signal.TagTable;
import io.deungdae.collector.signal.Unit;
import io.deungdae.collector.signal.Value;
import io.deungdae.collector.store.Historian;
import io.deungdae.collector.store.HistorianSettings;
import io.deungdae.control.api.Accounts;
import io.deungdae.control.api.ApiServer;
import io.deungdae.control.api.ConsoleSettings;
import io.deungdae.control.api.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console in Chromium, as a person uses it. */
class ConsoleIT {

  private static final double PATIENCE_MS = 15_000;
  private static final String FIRST = "the first password";
  private static final String OWN = "a password of my own";
  private static final List<Path> BROWSERS =
      List.of(
          Path.of("/usr/bin/chromium"),
          Path.of("/usr/bin/chromium-browser"),
          Path.of("/usr/bin/google-chrome"));

  private static @Nullable Playwright playwright;
  private static @Nullable Browser browser;

  @TempDir Path folder;

  private final MovingGateway gateway = new MovingGateway(Clock.system());
  private final List<String> mistakes = new CopyOnWriteArrayList<>();
  private Accounts accounts;
  private ApiServer server;
  private BrowserContext context;
  private Page page;
  private String address = "";

  @BeforeAll
  static void openBrowser() {
    var installed = BROWSERS.stream().filter(Files::isExecutable).findFirst();
    Assumptions.assumeTrue(installed.isPresent(), "no Chromium is installed");
    Playwright started =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    playwright = started;
    browser =
        started
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(installed.orElseThrow())
                    .setArgs(List.of("--no-sandbox")));
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
    if (playwright != null) {
      playwright.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    accounts = new Accounts(folder.resolve("accounts.db"));
    accounts.addUser("kim", FIRST, Role.ENGINEER);
    server =
        new ApiServer(
            new ConsoleSettings(
                true, "127.0.0.1", 0, Duration.ofMillis(200), Duration.ofHours(1), false),
            accounts,
            gateway,
            Clock.system());
    address = "http://127.0.0.1:" + server.start() + "/";
    context =
        opened()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(1440, 900)
                    .setLocale("en-GB")
                    .setReducedMotion(ReducedMotion.REDUCE));
    page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.onPageError(mistakes::add);
  }

  private static Browser opened() {
    if (browser == null) {
      throw new AssertionError("the browser is opened before the tests");
    }
    return browser;
  }

  @AfterEach
  void stop() throws Exception {
    context.close();
    server.close();
    accounts.close();
    assertEquals(List.of(), mistakes, "errors on the page");
  }

  /** Logs in with a password that has been changed already. */
  private void enter(String hash) throws Exception {
    assertTrue(accounts.changePassword("kim", FIRST, OWN, Instant.now()));
    page.navigate(address + hash);
    logIn(OWN);
    page.locator("main .panel").first().waitFor();
  }

  private void logIn(String password) {
    logIn("kim", password);
  }

  private void logIn(String user, String password) {
    page.locator("input[name=user]").fill(user);
    page.locator("input[name=password]").fill(password);
    page.locator("input[name=password]").press("Enter");
  }

  @Test
  void firstPasswordIsChangedBeforeAnythingIsShown() {
    page.navigate(address);
    logIn("not the password");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("wrong");
    logIn(FIRST);
    page.getByTestId("new-password").waitFor();
    assertEquals(0, page.locator("main").count());
    page.locator("input[name=old]").fill(FIRST);
    page.locator("input[name=fresh]").fill("short");
    page.locator("input[name=again]").fill("short");
    assertThat(page.locator("button.primary")).isDisabled();
    page.locator("input[name=fresh]").fill(OWN);
    page.locator("input[name=again]").fill(OWN);
    page.locator("button.primary").click();
    page.getByTestId("unit-furnace").waitFor();
  }

  @Test
  void overviewTellsCauseModeAndPlantInBothLanguages() throws Exception {
    enter("");
    assertThat(page.getByTestId("simulated")).hasText("SIMULATED PLANT");
    assertThat(page.getByTestId("now-furnace"))
        .containsText("Anomaly: Heating elements of zone 2 burnt out");
    assertThat(page.getByTestId("now-moulding")).containsText("Sound");
    assertThat(page.getByTestId("mode-moulding")).containsText("Supervised asked, Advise in force");

    page.getByTestId("language").click();
    assertThat(page.getByTestId("simulated")).hasText("모의 설비");
    assertThat(page.getByTestId("now-furnace")).containsText("이상: 2존 히터 일부 단선");
    assertThat(page.locator("html")).hasAttribute("lang", "ko");
    page.getByTestId("theme").click();

    page.reload();
    assertThat(page.getByTestId("now-furnace")).containsText("이상: 2존 히터 일부 단선");
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
  }

  @Test
  void trendIsDrawnFromHistoryAndGoesOn() throws Exception {
    enter("#/loops/furnace");
    Locator canvas = page.getByTestId("loop-furnace.zone1.sp").locator("canvas");
    canvas.waitFor();
    page.waitForCondition(() -> pictureOf(canvas).inked() > 500);
    long before = pictureOf(canvas).sum();
    page.waitForCondition(() -> pictureOf(canvas).sum() != before);
  }

  /** What stands on a canvas: points that are not blank, and a sum over all. */
  private record Picture(long inked, long sum) {}

  private static Picture pictureOf(Locator canvas) {
    Object found =
        canvas.evaluate(
            "c => { const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
                + " let inked = 0, sum = 0;"
                + " for (let i = 3; i < d.length; i += 4) {"
                + "   if (d[i] > 0) { inked++; sum = (sum * 31 + i + d[i]) % 1000003; } }"
                + " return [inked, sum]; }");
    List<?> numbers = (List<?>) found;
    return new Picture(
        ((Number) numbers.get(0)).longValue(), ((Number) numbers.get(1)).longValue());
  }

  @Test
  void setpointDialogShowsWhatTheGuardsAndTheDeviceSaid() throws Exception {
    enter("#/loops/furnace");
    page.getByTestId("set-furnace.zone1.sp").click();
    page.getByTestId("setpoint-value").fill("900");
    page.getByTestId("setpoint-propose").click();
    assertThat(page.getByTestId("verdict")).hasText("Limited");
    assertThat(page.getByTestId("setpoint-answer")).containsText("at most 890 °C");
    assertThat(page.getByTestId("setpoint-answer")).containsText("890.0 °C");
    assertThat(page.getByTestId("setpoint-answer")).containsText("912 µs");
    assertTrue(gateway.asked.contains("propose furnace.zone1.sp 900.0"), gateway.asked::toString);
  }

  @Test
  void waitingDecisionIsApprovedAndModeIsChanged() throws Exception {
    enter("#/decisions/D-000018");
    page.getByTestId("approve").click();
    page.waitForCondition(() -> gateway.asked.contains("approve D-000018"));
    page.getByTestId("nav-overview").click();
    page.getByTestId("mode-furnace").click();
    page.getByTestId("mode-OBSERVE").click();
    page.locator("dialog button.primary").click();
    page.waitForCondition(() -> gateway.asked.contains("mode furnace OBSERVE"));
  }

  @Test
  void valuesThatAreNoLongerPushedAreShownToBeOld() throws Exception {
    enter("");
    page.getByTestId("unit-furnace").waitFor();
    server.close();
    page.getByTestId("lost").waitFor();
    assertThat(page.getByTestId("link")).containsText("No connection");
    assertThat(page.locator(".app.stale main")).hasCount(1);
    String first = page.getByTestId("lost").innerText();
    page.waitForCondition(() -> !page.getByTestId("lost").innerText().equals(first));
    assertThat(page.getByTestId("unit-furnace")).isVisible();
  }

  @Test
  void samplesUnderATrendAreTakenHomeAsFiles() throws Exception {
    Tag tag =
        new Tag(
            0,
            "furnace.zone1.pv",
            "furnace-plc",
            Kind.NUMBER,
            new Unit("°C"),
            Range.ALL,
            Label.of("zone 1"),
            null);
    Instant now = Clock.system().now();
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Instant at = now.minusSeconds(i);
      samples.add(new Sample(tag, Value.of(860 + i / 100.0), Quality.GOOD, at, at, 0));
    }
    try (Historian historian =
        Historian.open(HistorianSettings.in(folder.resolve("history")), Clock.system())) {
      historian.append(samples);
      page.waitForCondition(() -> historian.count() == samples.size());
      gateway.history(new HistoryDesk(historian, () -> new TagTable(List.of(tag))));
      enter("#/tags/furnace.zone1.pv");

      Path csv = downloaded("CSV");
      assertTrue(csv.endsWith("furnace.zone1.pv.csv"), csv.toString());
      List<String> lines = Files.readAllLines(csv);
      assertEquals("\uFEFFtime,tag,value,quality,arrival", lines.get(0));
      assertEquals(1 + samples.size(), lines.size(), "all of the last minutes");
      assertTrue(
          lines.get(samples.size()).contains("furnace.zone1.pv,860,GOOD"),
          lines.get(samples.size()));

      Path parquet = downloaded("Parquet");
      assertTrue(parquet.endsWith("furnace.zone1.pv.parquet"), parquet.toString());
      assertEquals(samples.size(), rowsOf(parquet));
    }
  }

  /** What comes when a link under the trend is clicked, under the name that the page gives it. */
  private Path downloaded(String link) {
    Download download =
        page.waitForDownload(() -> page.getByTestId("tag-export").getByText(link).click());
    Path file = folder.resolve(download.suggestedFilename());
    download.saveAs(file);
    return file;
  }

  private static long rowsOf(Path parquet) throws SQLException {
    try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
        Statement ask = db.createStatement();
        ResultSet rows = ask.executeQuery("select count(*) from '" + parquet + "'")) {
      assertTrue(rows.next());
      return rows.getLong(1);
    }
  }

  @Test
  void whatAReceiverRefusedIsSeenAndSentAgainAndSoIsDamage() throws Exception {
    accounts.addUser("park", FIRST, Role.ADMIN);
    assertTrue(accounts.changePassword("park", FIRST, OWN, Instant.now()));
    page.navigate(address + "#/storage");
    logIn("park", OWN);
    assertThat(page.getByTestId("keep")).containsText("90 d");
    assertThat(page.getByTestId("keep")).containsText("5 years");
    assertThat(page.getByTestId("damage")).containsText("the newest file was cut off");
    page.getByTestId("refused-plant-influx").click();
    assertThat(page.getByTestId("refused-rows")).containsText("field type conflict");
    page.getByTestId("resend").click();
    assertThat(page.getByTestId("dealt")).containsText("2 rows");
    assertTrue(gateway.asked.contains("RESEND plant-influx"), gateway.asked::toString);
  }

  @Test
  void everyPageOpensAndFitsAPhone() throws Exception {
    page.setViewportSize(390, 844);
    enter("");
    for (String name :
        List.of("overview", "loops", "decisions", "alarms", "devices", "storage", "tags")) {
      page.getByTestId("nav-" + name).click();
      assertThat(page.locator("main .panel").first()).isVisible();
      Object wider = page.evaluate("document.documentElement.scrollWidth - innerWidth");
      assertEquals(0, ((Number) wider).intValue(), name + " is wider than a phone");
    }
  }
}
