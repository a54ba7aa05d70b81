// The handlers and records of the server that do not depend on its state.
#include <gtest/gtest.h>

#include <functional>
#include <future>

#include <optional>
#include <string>
#include <utility>

#include "log/log.h"
#include "server/admin_handler.h"
#include "server/client_address.h"
#include "server/health_handler.h"
#include "server/metrics.h"
#include "server/metrics_handler.h"
#include "server/request_log.h"
#include "server/write_probe.h"
#include "storage/memory/memory_store.h"

namespace wardkeep::server {
namespace {

using namespace std::chrono_literals;

base::HttpResponse Ask(base::HttpHandler& handler, std::string method, std::string target,
                       std::string body = {}) {
  std::optional<base::HttpResponse> answer;
  base::HttpRequest request;
  request.method = std::move(method);
  request.target = std::move(target);
  request.body = std::move(body);
  handler.Handle(std::move(request), [&](base::HttpResponse response) { answer = std::move(response); });
  return answer.value_or(base::HttpResponse{.status = 0, .headers = {}, .body = {}});
}

class NextHandler final : public base::HttpHandler {
 public:
  void Handle(base::HttpRequest, base::Responder respond) override {
    respond({.status = 299, .headers = {}, .body = {}});
  }
};

TEST(HealthHandler, AnswersItsPathsAndPassesTheRestOn) {
  NextHandler next;
  bool writable = true;
  HealthHandler health([&](const std::function<void(bool)>& answer) { answer(writable); }, next);
  EXPECT_EQ(Ask(health, "GET", "/health/live").status, 200);
  EXPECT_EQ(Ask(health, "GET", "/health/ready").status, 503);
  health.SetReady(true);
  EXPECT_EQ(Ask(health, "GET", "/health/ready?verbose").status, 200);
  EXPECT_EQ(Ask(health, "HEAD", "/health/ready").status, 200);
  writable = false;
  EXPECT_EQ(Ask(health, "GET", "/health/ready").status, 503);
  EXPECT_EQ(Ask(health, "GET", "/health/live").status, 200);
  for (const char* other : {"/", "/metrics", "/health", "/health/live/", "/metrics2", "/Health/live"}) {
    EXPECT_EQ(Ask(health, "GET", other).status, 299) << other;
  }
  EXPECT_EQ(Ask(health, "POST", "/health/live").status, 299);
}

TEST(MetricsHandler, AnswersOnePathAndPassesTheRestOn) {
  const Metrics metrics;
  NextHandler next;
  MetricsHandler before(metrics, &next);
  MetricsHandler alone(metrics, nullptr);
  for (MetricsHandler* handler : {&before, &alone}) {
    EXPECT_NE(Ask(*handler, "GET", "/metrics").body.find("process_resident_memory_bytes "),
              std::string::npos);
  }
  EXPECT_EQ(Ask(before, "GET", "/metrics2").status, 299);
  EXPECT_EQ(Ask(before, "POST", "/metrics").status, 299);
  EXPECT_EQ(Ask(alone, "GET", "/").status, 404);
}

// Who asks within a second of the last write gets its answer without another one.
TEST(WriteProbe, SaysWhetherTheStoreTakesWrites) {
  const auto kept = storage::memory::OpenStore();
  storage::Store& store = *kept;
  pipeline::WorkerPool workers({.threads = 1, .queue = 8});
  WriteProbe probe(store, base::AccountId("111122223333"), workers);
  const auto ask = [&] {
    std::promise<bool> answer;
    probe.Ask([&](bool writable) { answer.set_value(writable); });
    return answer.get_future().get();
  };
  EXPECT_TRUE(ask());
  const auto revision = *store.HeadRevision();
  EXPECT_TRUE(ask());
  EXPECT_EQ(*store.HeadRevision(), revision);
  workers.Stop();
}

bool Has(const std::string& text, std::string_view line) {
  return text.find(std::string(line) + "\n") != std::string::npos;
}

TEST(Metrics, RenderTheCounts) {
  Metrics metrics;
  RequestSeries& series = metrics.Requests("iam", "CreateUser");
  series.Record(200, 300us);
  series.Record(200, 3ms);
  series.Record(409, 20s);
  series.Record(418, 1us);
  EXPECT_EQ(&series, &metrics.Requests("iam", "CreateUser"));
  metrics.CountAuthenticationFailure("SignatureDoesNotMatch");
  metrics.CountAuthenticationFailure("SignatureDoesNotMatch");
  metrics.CountCommit(3, 2ms);
  metrics.CountException();
  metrics.SetListenerSource(
      [] { return net::ListenerStats{.accepted = 9, .connections = 4, .handler_exceptions = 1}; });
  const std::string text = metrics.Render();
  EXPECT_TRUE(Has(text, R"(wardkeep_requests_total{service="iam",operation="CreateUser",status="200"} 2)"))
      << text;
  EXPECT_TRUE(Has(text, R"(wardkeep_requests_total{service="iam",operation="CreateUser",status="409"} 1)"));
  EXPECT_TRUE(Has(text, R"(wardkeep_requests_total{service="iam",operation="CreateUser",status="other"} 1)"));
  EXPECT_TRUE(
      Has(text, R"(wardkeep_request_seconds_bucket{service="iam",operation="CreateUser",le="0.0005"} 2)"));
  EXPECT_TRUE(Has(text, R"(wardkeep_request_seconds_bucket{service="iam",operation="CreateUser",le="5"} 3)"));
  EXPECT_TRUE(
      Has(text, R"(wardkeep_request_seconds_bucket{service="iam",operation="CreateUser",le="+Inf"} 4)"));
  EXPECT_TRUE(Has(text, R"(wardkeep_authentication_failures_total{code="SignatureDoesNotMatch"} 2)"));
  EXPECT_TRUE(Has(text, R"(wardkeep_commit_writes_bucket{le="4"} 1)"));
  EXPECT_TRUE(Has(text, "wardkeep_commit_writes_sum 3"));
  EXPECT_TRUE(Has(text, "wardkeep_exceptions_total 2"));
  EXPECT_TRUE(Has(text, "wardkeep_connections 4"));
  EXPECT_TRUE(Has(text, "wardkeep_connections_accepted_total 9"));
}

TEST(Metrics, TheNumberOfSeriesIsBounded) {
  Metrics metrics;
  for (int i = 0; i < 5000; ++i) {
    metrics.Requests("iam", "Operation" + std::to_string(i)).Record(200, 1us);
    metrics.CountAuthenticationFailure("Code" + std::to_string(i));
  }
  const std::string text = metrics.Render();
  EXPECT_TRUE(Has(text, R"(wardkeep_requests_total{service="other",operation="other",status="200"} 3000)"));
  EXPECT_TRUE(Has(text, R"(wardkeep_authentication_failures_total{code="other"} 3000)"));
}

class MemorySink final : public log::Sink {
 public:
  void Write(std::string_view line) override { text += line; }
  std::string text;
};

TEST(RequestLog, WritesOneLineWithWhoWhatAndHow) {
  MemorySink sink;
  const base::ManualClock clock{base::FromUnixSeconds(1714566896)};
  const log::Logger logger(sink, clock, log::Level::kInfo);
  LogRequest(logger, {.request_id = "r-1",
                      .caller_arn = "arn:aws:iam::123456789012:user/alice",
                      .service = "iam",
                      .operation = "CreateUser",
                      .status = 409,
                      .error_code = "EntityAlreadyExists",
                      .duration = 1234567ns,
                      .peer_address = "10.0.0.1"});
  EXPECT_EQ(
      sink.text,
      "{\"time\":\"2024-05-01T12:34:56.000000Z\",\"level\":\"info\",\"message\":\"request\",\"request_id\":"
      "\"r-1\",\"caller\":\"arn:aws:iam::123456789012:user/alice\",\"service\":\"iam\",\"operation\":"
      "\"CreateUser\",\"status\":409,\"error_code\":\"EntityAlreadyExists\",\"duration_us\":1234,\"peer\":"
      "\"10.0.0.1\"}\n");
  sink.text.clear();
  LogRequest(logger, {.status = 500});
  EXPECT_NE(sink.text.find("\"level\":\"warning\""), std::string::npos);
}

struct AddressCase {
  std::string_view peer;
  std::vector<std::string> forwarded;  // one X-Forwarded-For field each
  std::string_view expected;
};

TEST(ClientAddress, BelievesOnlyTrustedProxies) {
  const ClientAddress trusting({"10.0.0.0/8", "fd00::/8", "192.0.2.1"});
  const AddressCase cases[] = {
      {"203.0.113.9", {"1.1.1.1"}, "203.0.113.9"},
      {"10.0.0.1", {}, "10.0.0.1"},
      {"10.0.0.1", {"198.51.100.7"}, "198.51.100.7"},
      {"10.0.0.1", {"6.6.6.6, 198.51.100.7"}, "198.51.100.7"},
      {"10.0.0.1", {"198.51.100.7, 10.2.3.4"}, "198.51.100.7"},
      {"10.0.0.1", {"6.6.6.6", "198.51.100.7,192.0.2.1"}, "198.51.100.7"},
      {"fd00::1", {"2001:db8::5"}, "2001:db8::5"},
      {"10.0.0.1", {"198.51.100.7, not-an-address"}, "10.0.0.1"},
      {"10.0.0.1", {"not-an-address, 10.2.3.4"}, "10.2.3.4"},
      {"10.0.0.1", {""}, "10.0.0.1"},
      {"10.0.0.1", {"10.0.0.2"}, "10.0.0.2"},
      {"unix", {"1.1.1.1"}, "unix"},
  };
  for (const auto& [peer, forwarded, expected] : cases) {
    base::HttpRequest request;
    request.peer_address = peer;
    for (const std::string& field : forwarded) request.headers.emplace_back("x-forwarded-FOR", field);
    EXPECT_EQ(trusting.Find(request), expected) << peer;
    EXPECT_EQ(ClientAddress({}).Find(request), peer);
  }
}

class RecordingRegistry final : public AccountRegistry {
 public:
  void Create(std::string name, std::string email,
              std::function<void(base::Result<CreatedAccount>)> done) override {
    if (name == "taken")
      return done(base::Error(base::ErrorCode::kAlreadyExists, "name is taken", "secret cause"));
    CreatedAccount created;
    created.account = {base::AccountId("123456789012"), std::move(name), std::move(email),
                       base::FromUnixSeconds(0), std::nullopt};
    created.root_password = base::Secret("r");
    created.access_key_id = "AKIA";
    created.secret_access_key = base::Secret("s\"3");
    done(std::move(created));
  }
  void ImportTokenSeeds(const base::AccountId& account, const base::Secret& csv,
                        std::function<void(base::Result<std::size_t>)> done) override {
    if (account.value() == "999999999999")
      return done(base::Error(base::ErrorCode::kNotFound, "no such account"));
    done(csv.Reveal().size());
  }
  base::Result<std::vector<AccountSummary>> List() override { return std::vector<AccountSummary>{Known()}; }
  void Close(const base::AccountId& account, ChangeDone done) override {
    AccountSummary closed = Known();
    closed.closed = base::FromUnixSeconds(60);
    if (account != closed.id) return done(base::Error(base::ErrorCode::kNotFound, "account is unknown"));
    done(closed);
  }
  void Restore(const base::AccountId&, ChangeDone done) override {
    done(base::Error(base::ErrorCode::kConflict, "the account is not closed"));
  }
  void ResetAdministrator(const base::AccountId& account,
                          std::function<void(base::Result<AdministratorKey>)> done) override {
    if (account != Known().id) return done(base::Error(base::ErrorCode::kNotFound, "account is unknown"));
    AdministratorKey key;
    key.user_name = "admin";
    key.access_key_id = "AKIA2";
    key.secret_access_key = base::Secret("s2");
    key.replaced_keys = 1;
    done(std::move(key));
  }
  void Purge(const base::AccountId&, ChangeDone done) override {
    done(base::Error(base::ErrorCode::kLimit, "the account can still be restored"));
  }
  base::Result<std::vector<entity::SigninAttempt>> Signins(const base::AccountId& account,
                                                           std::size_t) override {
    entity::SigninAttempt attempt;
    attempt.id = "attempt-1";
    attempt.account = account;
    attempt.reason = "Failed authentication";
    return std::vector<entity::SigninAttempt>{attempt};
  }

 private:
  static AccountSummary Known() {
    return {base::AccountId("123456789012"), "n", "e", base::FromUnixSeconds(0), std::nullopt};
  }
};

struct AdminCase {
  std::string_view method;
  std::string_view target;
  std::string body;
  int status;
  std::string_view answer;  // a part of it
};

TEST(AdminHandler, CreatesAndListsAccounts) {
  RecordingRegistry registry;
  AdminHandler admin(registry);
  const std::string long_name(129, 'n');
  const AdminCase cases[] = {
      {"POST", "/v1/accounts", R"({"name":"N","email":"e@x"})", 201,
       R"({"account_id":"123456789012","name":"N","email":"e@x","access_key_id":"AKIA","secret_access_key":"s\"3","root_password":"r"})"},
      {"GET", "/v1/accounts", "", 200,
       R"({"accounts":[{"account_id":"123456789012","name":"n","email":"e","created":"1970-01-01T00:00:00Z"}]})"},
      {"POST", "/v1/accounts", R"({"name":"taken","email":"e"})", 409,
       R"({"error":{"code":"already_exists","message":"name is taken"}})"},
      {"POST", "/v1/accounts", R"({"name":"","email":"e"})", 400, "`name`"},
      {"POST", "/v1/accounts", R"({"name":"n"})", 400, "`email`"},
      {"POST", "/v1/accounts", R"({"name":7,"email":"e"})", 400, "`name`"},
      {"POST", "/v1/accounts", R"({"name":")" + long_name + R"(","email":"e"})", 400, "1 to 128"},
      {"POST", "/v1/accounts", "{", 400, "not JSON"},
      {"POST", "/v1/accounts", "[]", 400, "`name`"},
      {"POST", "/v1/mfa-seeds", R"({"account_id":"123456789012","csv":"abc"})", 200, R"({"tokens":3})"},
      {"POST", "/v1/mfa-seeds", R"({"account_id":"999999999999","csv":"abc"})", 404, "no such account"},
      {"POST", "/v1/mfa-seeds", R"({"account_id":"12345678901x","csv":"abc"})", 400, "`account_id`"},
      {"POST", "/v1/mfa-seeds", R"({"account_id":"123456789012"})", 400, "`csv`"},
      {"POST", "/v1/mfa-seeds", "{", 400, "not JSON"},
      {"GET", "/v1/mfa-seeds", "", 405, "use POST"},
      {"POST", "/v1/accounts", std::string(100, '['), 400, "not JSON"},
      {"DELETE", "/v1/accounts", "", 405, "use GET or POST"},
      {"GET", "/v1/accounts/", "", 404, "no such path"},
      {"POST", "/v1/accounts/123456789012/close", "", 200,
       R"({"account_id":"123456789012","name":"n","email":"e","created":"1970-01-01T00:00:00Z","closed":"1970-01-01T00:01:00Z"})"},
      {"POST", "/v1/accounts/000000000000/close", "", 404, "account is unknown"},
      {"POST", "/v1/accounts/123456789012/restore", "", 409, "not closed"},
      {"POST", "/v1/accounts/123456789012/reset-admin", "", 200,
       R"({"user":"admin","access_key_id":"AKIA2","secret_access_key":"s2","replaced_keys":1})"},
      {"POST", "/v1/accounts/999999999999/reset-admin", "", 404, "unknown"},
      {"GET", "/v1/accounts/123456789012/reset-admin", "", 404, "no such path"},
      {"POST", "/v1/accounts/123456789012/purge", "", 409, "can still be restored"},
      {"GET", "/v1/accounts/123456789012/purge", "", 404, "no such path"},
      {"GET", "/v1/accounts/123456789012/close", "", 404, "no such path"},
      {"POST", "/v1/accounts/123456789012/remove", "", 404, "no such path"},
      {"POST", "/v1/accounts/12345678901/close", "", 404, "no such path"},
      {"POST", "/v1/accounts/123456789012/", "", 404, "no such path"},
      {"GET", "/v1/accounts/123456789012/signins", "", 200, R"("reason":"Failed authentication")"},
  };
  for (const auto& [method, target, body, status, answer] : cases) {
    const base::HttpResponse response = Ask(admin, std::string(method), std::string(target), body);
    EXPECT_EQ(response.status, status) << body;
    EXPECT_NE(response.body.find(answer), std::string::npos) << response.body;
  }
}

}  // namespace
}  // namespace wardkeep::server
