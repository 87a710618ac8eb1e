package io.deungdae.control.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deungdae.collector.driver.DeviceException;
import io.deungdae.collector.signal.Clock;
import io.deungdae.collector.signal.Label;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.StaticHandler;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server: REST, live push, the console's pages.
 *
 * <p>A browser logs in and gets a cookie that scripts cannot read and that other sites cannot send;
 * a request that changes something must besides carry the header {@code X-Deungdae}, which another
 * site's form cannot add. Other software sends {@code Authorization: Bearer} with an API token.
 * Handlers run on worker threads, never on the control thread.
 */
public final class ApiServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ApiServer.class);
  private static final String COOKIE = "deungdae";
  private static final String IDENTITY = "identity";
  private static final int LARGEST_BODY = 1 << 20;
  private static final long START_SECONDS = 20;

  private final ConsoleSettings settings;
  private final Accounts accounts;
  private final Gateway gateway;
  private final Clock clock;
  private final Sessions sessions;
  private final HistoryRoutes history;
  private final ObjectMapper json =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private final Vertx vertx;
  private @Nullable HttpServer server;

  /** A server that is not started yet. */
  public ApiServer(ConsoleSettings settings, Accounts accounts, Gateway gateway, Clock clock) {
    this.settings = settings;
    this.accounts = accounts;
    this.gateway = gateway;
    this.clock = clock;
    this.sessions = new Sessions(settings.idle());
    this.history = new HistoryRoutes(gateway, clock);
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(8)
                .setInternalBlockingPoolSize(4));
  }

  /**
   * Starts listening.
   *
   * @return the port it listens on
   * @throws IOException when the address is taken or cannot be used
   */
  public int start() throws IOException {
    HttpServer http =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setHost(settings.listen())
                .setPort(settings.port())
                .setCompressionSupported(true)
                .setMaxWebSocketFrameSize(65536)
                .setIdleTimeout(120));
    http.requestHandler(routes());
    try {
      server =
          http.listen()
              .toCompletionStage()
              .toCompletableFuture()
              .get(START_SECONDS, TimeUnit.SECONDS);
      return server.actualPort();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(
          "cannot listen on " + settings.listen() + ":" + settings.port() + ": " + e.getMessage(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while starting", e);
    }
  }

  @Override
  public void close() {
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.warn("the console did not stop cleanly error={}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // ---- routes

  private Router routes() {
    Router router = Router.router(vertx);
    router.route().handler(ApiServer::secureHeaders);
    router.get("/health").handler(ctx -> ctx.response().end("ok\n"));
    // Before the body is read: a request that has been read can no longer become a WebSocket.
    LivePush live = new LivePush(vertx, gateway, json, settings.push());
    router
        .get("/api/live")
        .handler(ApiServer::keepUnread)
        .handler(this::identify)
        .handler(this::firstPasswordFirst)
        .handler(live::open);
    router.route("/api/*").handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
    router.post("/api/login").handler(ctx -> work(ctx, () -> login(ctx)));
    router.route("/api/*").handler(this::identify);
    router.route("/metrics").handler(this::identify);
    router.post("/api/logout").handler(ctx -> work(ctx, () -> logout(ctx)));
    router.post("/api/password").handler(ctx -> work(ctx, () -> password(ctx)));
    router.get("/api/me").handler(ctx -> work(ctx, () -> me(identity(ctx))));
    router.route("/api/*").handler(this::firstPasswordFirst);

    get(router, "/api/site", ctx -> gateway.site());
    get(router, "/api/units", ctx -> gateway.units());
    get(
        router,
        "/api/units/:unit",
        ctx ->
            found(
                gateway.units().stream()
                    .filter(u -> u.name().equals(ctx.pathParam("unit")))
                    .findFirst()));
    get(router, "/api/units/:unit/model", ctx -> found(gateway.model(ctx.pathParam("unit"))));
    get(router, "/api/devices", ctx -> gateway.devices());
    get(router, "/api/storage", ctx -> gateway.storage());
    get(router, "/api/alarms", ctx -> gateway.alarms());
    get(router, "/api/tags", ctx -> gateway.tags(parameter(ctx, "prefix", "")));
    get(router, "/api/tags/:tag", ctx -> found(gateway.tag(ctx.pathParam("tag"))));
    get(router, "/api/tags/:tag/trend", this::trend);
    get(router, "/api/samples/count", ctx -> found(gateway.count(ctx.request().getParam("tag"))));
    get(router, "/api/history/plan", history::plan);
    get(router, "/api/history/at", history::at);
    router.get("/api/history/rows").handler(ctx -> stream(ctx, "rows"));
    router.get("/api/history/table").handler(ctx -> stream(ctx, "table"));
    get(router, "/api/decisions", ctx -> gateway.decisions(number(ctx, "limit", 50, 1, 1000)));
    get(router, "/api/decisions/:id", ctx -> found(gateway.decision(ctx.pathParam("id"))));
    router.get("/metrics").handler(ctx -> work(ctx, () -> gateway.metrics()));

    get(router, "/api/devices/:device/browse", Role.ENGINEER, this::browse);
    get(router, "/api/certificates", Role.ENGINEER, ctx -> gateway.certificates());
    certificate(router, "trust", true);
    certificate(router, "reject", false);
    post(
        router,
        "/api/devices/:device/read",
        Role.ENGINEER,
        ctx -> found(gateway.read(ctx.pathParam("device"), body(ctx, Wire.ReadRequest.class))));
    post(
        router,
        "/api/reload",
        Role.ADMIN,
        ctx -> gateway.reload(body(ctx, Wire.ReloadRequest.class), identity(ctx)));
    get(router, "/api/history/damage", ctx -> gateway.damage());
    get(router, "/api/history/keep", ctx -> gateway.keepRules());
    post(
        router,
        "/api/history/import",
        Role.ENGINEER,
        ctx -> history.put(body(ctx, Wire.PastRequest.class), identity(ctx)));
    get(
        router,
        "/api/forwarders/:name/refused",
        Role.ENGINEER,
        ctx -> found(gateway.refused(ctx.pathParam("name"), number(ctx, "most", 100, 1, 10_000))));
    refused(router, "resend", Gateway.Refused.RESEND);
    refused(router, "drop", Gateway.Refused.DROP);
    get(router, "/api/backup", Role.ADMIN, ctx -> gateway.backup());
    post(
        router,
        "/api/backup",
        Role.ADMIN,
        ctx -> gateway.backup(body(ctx, Wire.BackupRequest.class), identity(ctx)));
    post(router, "/api/setpoints", Role.OPERATOR, this::propose);
    post(router, "/api/units/:unit/mode", Role.OPERATOR, this::mode);
    post(
        router,
        "/api/decisions/:id/approve",
        Role.OPERATOR,
        ctx -> outcome(gateway.judge(ctx.pathParam("id"), true, identity(ctx))));
    post(
        router,
        "/api/decisions/:id/reject",
        Role.OPERATOR,
        ctx -> outcome(gateway.judge(ctx.pathParam("id"), false, identity(ctx))));
    post(router, "/api/alarms/:id/acknowledge", Role.OPERATOR, this::acknowledge);

    router
        .route("/api/*")
        .handler(
            ctx ->
                fail(
                    ctx,
                    new ApiException(
                        404, "not-found", new Label("There is nothing here.", "없는 주소입니다."))));
    router
        .route()
        .handler(
            StaticHandler.create("console").setCachingEnabled(true).setIndexPage("index.html"));
    router.get().handler(ctx -> ctx.reroute("/index.html"));
    return router;
  }

  private Object browse(RoutingContext ctx) throws DeviceException {
    String device = ctx.pathParam("device");
    String from = parameter(ctx, "from", "");
    int most = number(ctx, "most", 1000, 1, 20_000);
    return parameter(ctx, "as", "").equals("tags")
        ? found(gateway.browseAsTags(device, from, most))
        : found(gateway.browse(device, from, most));
  }

  private void certificate(Router router, String word, boolean trust) {
    post(
        router,
        "/api/certificates/:fingerprint/" + word,
        Role.ADMIN,
        ctx -> {
          if (!gateway.judgeCertificate(ctx.pathParam("fingerprint"), trust, identity(ctx))) {
            throw notFound();
          }
          return Map.of();
        });
  }

  private void refused(Router router, String word, Gateway.Refused what) {
    post(
        router,
        "/api/forwarders/:name/" + word,
        Role.ADMIN,
        ctx -> found(gateway.dealWithRefused(ctx.pathParam("name"), what, identity(ctx))));
  }

  private void stream(RoutingContext ctx, String shape) {
    Future<Boolean> done = vertx.executeBlocking(() -> history.stream(ctx, shape), false);
    done.onFailure(error -> fail(ctx, error));
  }

  private interface Answer {
    @Nullable Object to(RoutingContext ctx) throws Exception;
  }

  private void get(Router router, String path, Answer answer) {
    router.get(path).handler(ctx -> work(ctx, () -> answer.to(ctx)));
  }

  private void get(Router router, String path, Role role, Answer answer) {
    demanding(router.get(path), role, answer);
  }

  private void post(Router router, String path, Role role, Answer answer) {
    demanding(router.post(path), role, answer);
  }

  private void demanding(Route route, Role role, Answer answer) {
    route.handler(
        ctx ->
            work(
                ctx,
                () -> {
                  demand(ctx, role);
                  return answer.to(ctx);
                }));
  }

  // ---- who asks

  private void identify(RoutingContext ctx) {
    Future<Optional<Identity>> who = vertx.executeBlocking(() -> whoAsks(ctx), false);
    who.onComplete(
        found -> {
          if (found.isPresent()) {
            ctx.put(IDENTITY, found.get());
            ctx.next();
          } else {
            fail(
                ctx,
                new ApiException(
                    401,
                    "unauthenticated",
                    new Label("Log in, or send an API token.", "로그인하거나 API 토큰을 보내 주십시오.")));
          }
        },
        error -> fail(ctx, error));
  }

  private Optional<Identity> whoAsks(RoutingContext ctx) throws SQLException {
    String bearer = ctx.request().getHeader("Authorization");
    if (bearer != null && bearer.startsWith("Bearer ")) {
      return accounts.tokenIdentity(bearer.substring("Bearer ".length()).strip());
    }
    Cookie cookie = ctx.request().getCookie(COOKIE);
    boolean changes = !ctx.request().method().equals(HttpMethod.GET);
    if (cookie == null || (changes && ctx.request().getHeader("X-Deungdae") == null)) {
      return Optional.empty();
    }
    return sessions.find(cookie.getValue(), clock.nanoTime());
  }

  private void firstPasswordFirst(RoutingContext ctx) {
    if (identity(ctx).mustChangePassword()) {
      fail(
          ctx,
          new ApiException(
              403,
              "change-password",
              new Label("Change your first password first.", "먼저 최초 비밀번호를 변경해 주십시오.")));
    } else {
      ctx.next();
    }
  }

  private static Identity identity(RoutingContext ctx) {
    Identity identity = ctx.get(IDENTITY);
    if (identity == null) {
      throw new ApiException(401, "unauthenticated", new Label("Log in.", "로그인해 주십시오."));
    }
    return identity;
  }

  private static void demand(RoutingContext ctx, Role role) {
    if (!identity(ctx).role().covers(role)) {
      throw new ApiException(
          403, "forbidden", new Label("This takes the role " + role + ".", role + " 권한이 필요합니다."));
    }
  }

  private record Login(String user, String password) {}

  private record NewPassword(String old, String fresh) {}

  private record ModeRequest(String mode) {}

  private Wire.Me login(RoutingContext ctx) throws SQLException {
    Login login = body(ctx, Login.class);
    Optional<Identity> identity = accounts.login(login.user(), login.password(), clock.now());
    if (identity.isEmpty()) {
      gateway.audit("login-failed", login.user(), String.valueOf(ctx.request().remoteAddress()));
      throw new ApiException(
          401,
          "wrong-password",
          new Label(
              "Name or password is wrong, or the account is locked for now.",
              "이름 또는 비밀번호가 틀렸거나 계정이 잠시 잠겨 있습니다."));
    }
    gateway.audit("login", login.user(), String.valueOf(ctx.request().remoteAddress()));
    setCookie(ctx, sessions.begin(identity.get(), clock.nanoTime()));
    return me(identity.get());
  }

  private void setCookie(RoutingContext ctx, String id) {
    Cookie cookie =
        Cookie.cookie(COOKIE, id).setHttpOnly(true).setPath("/").setSameSite(CookieSameSite.STRICT);
    cookie.setSecure(settings.secureCookie());
    ctx.response().addCookie(cookie);
  }

  private Map<String, String> logout(RoutingContext ctx) {
    Cookie cookie = ctx.request().getCookie(COOKIE);
    if (cookie != null) {
      sessions.end(cookie.getValue());
    }
    gateway.audit("logout", identity(ctx).name(), "");
    return Map.of();
  }

  private Wire.Me password(RoutingContext ctx) throws SQLException {
    Identity identity = identity(ctx);
    NewPassword change = body(ctx, NewPassword.class);
    if (!accounts.changePassword(identity.name(), change.old(), change.fresh(), clock.now())) {
      throw new ApiException(
          400,
          "password-refused",
          new Label(
              "The old password is wrong, or the new one has fewer than "
                  + Accounts.SHORTEST_PASSWORD
                  + " characters.",
              "기존 비밀번호가 틀렸거나 새 비밀번호가 " + Accounts.SHORTEST_PASSWORD + "자보다 짧습니다."));
    }
    sessions.endAll(identity.name());
    gateway.audit("password-changed", identity.name(), "");
    Identity fresh = new Identity(identity.name(), identity.role(), false);
    setCookie(ctx, sessions.begin(fresh, clock.nanoTime()));
    return me(fresh);
  }

  private static Wire.Me me(Identity identity) {
    return new Wire.Me(identity.name(), identity.role().name(), identity.mustChangePassword());
  }

  // ---- what is asked

  private Wire.TrendData trend(RoutingContext ctx) {
    long nowMs = clock.now().toEpochMilli();
    long to = longNumber(ctx, "to", nowMs);
    long from = longNumber(ctx, "from", to - 600_000);
    if (from >= to) {
      throw badRequest("from must be before to", "from은 to보다 앞서야 합니다");
    }
    int points = number(ctx, "points", 1000, 2, 20_000);
    return found(
        gateway.trend(
            ctx.pathParam("tag"), Instant.ofEpochMilli(from), Instant.ofEpochMilli(to), points));
  }

  private Wire.SetpointAnswer propose(RoutingContext ctx) {
    Wire.SetpointRequest request = body(ctx, Wire.SetpointRequest.class);
    if (request.tag() == null || gateway.tag(request.tag()).isEmpty()) {
      throw notFound();
    }
    return gateway.propose(request, identity(ctx));
  }

  private Map<String, Label> mode(RoutingContext ctx) {
    ModeRequest request = body(ctx, ModeRequest.class);
    return outcome(
        gateway.requestMode(ctx.pathParam("unit"), String.valueOf(request.mode()), identity(ctx)));
  }

  private Map<String, Label> acknowledge(RoutingContext ctx) {
    if (!gateway.acknowledge(ctx.pathParam("id"), identity(ctx))) {
      throw notFound();
    }
    return Map.of();
  }

  private static Map<String, Label> outcome(Gateway.Outcome outcome) {
    if (!outcome.done()) {
      throw new ApiException(409, "refused", outcome.message());
    }
    return Map.of("message", outcome.message());
  }

  // ---- inner parts

  private interface Work {
    @Nullable Object run() throws Exception;
  }

  private void work(RoutingContext ctx, Work work) {
    Future<@Nullable Object> done = vertx.executeBlocking(work::run, false);
    done.onComplete(result -> send(ctx, 200, result), error -> fail(ctx, error));
  }

  private void send(RoutingContext ctx, int status, @Nullable Object body) {
    if (ctx.response().ended() || ctx.response().closed()) {
      return;
    }
    boolean text = body instanceof String;
    ctx.response().setStatusCode(status);
    ctx.response()
        .putHeader(
            "Content-Type", text ? "text/plain; charset=utf-8" : "application/json; charset=utf-8");
    ctx.response().putHeader("Cache-Control", "no-store");
    Future<Void> sent = ctx.response().end(text ? String.valueOf(body) : write(body));
    sent.onFailure(error -> log.debug("the browser went away error={}", error.toString()));
  }

  private String write(@Nullable Object body) {
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError("wire records are always JSON", e);
    }
  }

  private void fail(RoutingContext ctx, Throwable error) {
    if (error instanceof ApiException known) {
      send(ctx, known.status(), new Wire.Failure(known.code(), known.label()));
    } else if (error instanceof DeviceException device) {
      String text = device.device() + ": " + device.kind() + ": " + device.getMessage();
      send(ctx, 502, new Wire.Failure("device", new Label(text, "장치 응답 오류: " + text)));
    } else {
      log.error("request failed path={}", ctx.request().path(), error);
      send(
          ctx,
          500,
          new Wire.Failure(
              "internal",
              new Label(
                  "The gateway made a mistake; see its log.", "게이트웨이 내부 오류입니다. 로그를 확인해 주십시오.")));
    }
  }

  private <T> T body(RoutingContext ctx, Class<T> type) {
    try {
      T body = json.readValue(Optional.ofNullable(ctx.body().asString()).orElse(""), type);
      if (body != null) {
        return body;
      }
      throw badRequest("the body is empty", "본문이 비어 있습니다");
    } catch (JsonProcessingException e) {
      throw badRequest(
          "the body is not the JSON expected: " + e.getOriginalMessage(), "본문이 올바른 JSON이 아닙니다");
    }
  }

  private static <T> T found(Optional<T> value) {
    return value.orElseThrow(ApiServer::notFound);
  }

  private static ApiException notFound() {
    return new ApiException(404, "not-found", new Label("There is no such thing.", "찾을 수 없습니다."));
  }

  private static ApiException badRequest(String en, String ko) {
    return new ApiException(400, "bad-request", new Label(en, ko));
  }

  private static String parameter(RoutingContext ctx, String name, String fallback) {
    return Optional.ofNullable(ctx.request().getParam(name)).orElse(fallback);
  }

  private static int number(RoutingContext ctx, String name, int fallback, int low, int high) {
    long number = longNumber(ctx, name, fallback);
    if (number < low || number > high) {
      throw badRequest(
          name + " must be from " + low + " to " + high,
          name + "은(는) " + low + "~" + high + " 범위여야 합니다");
    }
    return (int) number;
  }

  private static long longNumber(RoutingContext ctx, String name, long fallback) {
    String text = ctx.request().getParam(name);
    try {
      return text == null ? fallback : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw badRequest(
          name + " must be a whole number, found '" + text + "'", name + "은(는) 정수여야 합니다");
    }
  }

  private static void keepUnread(RoutingContext ctx) {
    ctx.request().pause();
    ctx.next();
  }

  private static void secureHeaders(RoutingContext ctx) {
    ctx.response()
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader(
            "Content-Security-Policy",
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                + " connect-src 'self'; frame-ancestors 'none'");
    ctx.next();
  }
}
