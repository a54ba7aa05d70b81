#include "in_process/server.h"

#include <gtest/gtest.h>

#include <array>
#include <future>

#include "auth/access_key_id.h"
#include "base/hex.h"
#include "base/percent.h"
#include "base/time_text.h"
#include "crypto/digest.h"
#include "crypto/sealing.h"
#include "entity/unique_id.h"
#include "service/iam/register.h"
#include "service/sts/register.h"
#include "unit/auth/signing_client.h"

namespace wardkeep::in_process {
namespace {

constexpr std::string_view kSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

void ReplaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::string WithoutEntities(std::string text) {
  ReplaceAll(text, "&lt;", "<");
  ReplaceAll(text, "&gt;", ">");
  ReplaceAll(text, "&quot;", "\"");
  ReplaceAll(text, "&apos;", "'");
  ReplaceAll(text, "&amp;", "&");
  return text;
}

crypto::KeyBytes MasterKey() {
  std::array<uint8_t, crypto::KeyBytes::kSize> bytes{};
  bytes.fill(7);
  return crypto::KeyBytes(bytes);
}

}  // namespace

std::vector<std::string> Answer::Texts(std::string_view element) const {
  const std::string open = "<" + std::string(element) + ">";
  const std::string close = "</" + std::string(element) + ">";
  std::vector<std::string> texts;
  for (std::size_t at = body.find(open); at != std::string::npos; at = body.find(open, at + 1)) {
    const std::size_t start = at + open.size();
    texts.push_back(WithoutEntities(body.substr(start, body.find(close, start) - start)));
  }
  return texts;
}

std::string Answer::Text(std::string_view element) const {
  const auto texts = Texts(element);
  return texts.empty() ? std::string() : texts.front();
}

std::string Answer::Outcome() const {
  return ok() ? "ok" : Text("Code") + ": " + Text("Message");
}

void CountedRng::Fill(std::span<uint8_t> out) {
  for (uint8_t& byte : out) {
    // SplitMix64 of a counter.
    uint64_t z = state_.fetch_add(1) * 0x9E3779B97F4A7C15U;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
    byte = static_cast<uint8_t>(z >> 56);
  }
}

InProcessServer::InProcessServer(const FillRegistry& fill) : clock(*base::ParseIsoBasic("20250101T000000Z")) {
  sealer = std::make_unique<crypto::Sealer>(MasterKey(), rng);
  keys = std::make_unique<pipeline::SealingKeys>(*sealer);
  directory = std::move(snapshot::Directory::Open(store)).value();
  secrets = std::make_unique<pipeline::OpenedSecrets>(keys->access_key_secret);
  services = std::make_unique<pipeline::Services>(
      pipeline::Services{*directory, clock, rng, *keys, usage, compiled, *secrets, mfa_throttle,
                         signin_throttle, fido_challenges, relying_party});
  verifier_ = std::make_unique<auth::SignatureVerifier>(clock, signing_keys_);
  workers_ = std::make_unique<pipeline::WorkerPool>(
      pipeline::WorkerPoolLimits{.threads = 1, .queue = 8, .queue_of_an_owner = 8});
  password_workers_ = std::make_unique<pipeline::PasswordPool>(1, 8);
  pipeline_ = std::make_unique<pipeline::Pipeline>(*services, registry, *verifier_,
                                                   pipeline::Pools{*workers_, *password_workers_, *workers_},
                                                   [this](const pipeline::RequestRecord& record) {
                                                     const std::lock_guard lock(records_mutex_);
                                                     records_.push_back(record);
                                                   });
  if (fill) {
    fill(registry);
  } else {
    service::iam::RegisterAll(registry);
    service::sts::RegisterAll(registry);
  }
  const NewAccount first = MakeAccount(kAccount);
  admin_ = first.admin;
  root_ = first.root;
  other_admin_ = MakeAccount(kOtherAccount).admin;
}

InProcessServer::~InProcessServer() {
  workers_->Stop();
  password_workers_->Stop();
  directory->Stop();
}

InProcessServer::NewAccount InProcessServer::MakeAccount(std::string_view id) {
  const base::AccountId account_id(id);
  const auto make_key = [&] {
    entity::AccessKey key;
    key.id = auth::MakeAccessKeyId(auth::AccessKeyKind::kLongTerm, account_id, rng);
    key.sealed_secret = keys->access_key_secret.Seal(kSecret, key.id);
    key.create_date = clock.Now();
    return key;
  };
  entity::Account account;
  account.id = account_id;
  account.create_date = clock.Now();
  account.root_access_keys.push_back(make_key());
  entity::User user;
  user.id = entity::MakeUniqueId(entity::UniqueIdKind::kUser, rng);
  user.name = "admin";
  user.create_date = clock.Now();
  user.attached_policies.emplace_back("arn:aws:iam::aws:policy/AdministratorAccess");
  user.access_keys.push_back(make_key());
  NewAccount made{.root = {account.root_access_keys.front().id, std::string(kSecret), {}},
                  .admin = {user.access_keys.front().id, std::string(kSecret), {}}};
  std::promise<void> durable;
  const auto begun = directory->CreateAccount(
      std::move(account), [&](snapshot::AccountEdit& edit) { edit.PutUser(user); },
      [&](const base::Result<void>& committed) {
        EXPECT_TRUE(committed.has_value());
        durable.set_value();
      });
  EXPECT_TRUE(begun.has_value());
  durable.get_future().wait();
  return made;
}

base::HttpRequest InProcessServer::Sign(const Signer& signer, std::string_view service,
                                        std::string_view operation, const Parameters& parameters) {
  auth::ClientOptions options;
  options.key_id = signer.key_id;
  options.secret = signer.secret;
  options.service = service;
  options.date = base::FormatIsoBasic(clock.Now());
  options.scope_date = options.date.substr(0, 8);
  auth::TestRequest request;
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
                     {"Host", "wardkeep.example.com"},
                     {"X-Amz-Date", options.date}};
  if (!signer.token.empty()) request.Set("X-Amz-Security-Token", signer.token);
  request.body =
      "Action=" + std::string(operation) + "&Version=" + (service == "sts" ? "2011-06-15" : "2010-05-08");
  for (const auto& [name, value] : parameters) request.body += "&" + name + "=" + base::PercentEncode(value);
  auth::SignInHeader(request, options);

  base::HttpRequest http;
  http.method = request.method;
  http.target = request.target;
  http.headers = request.headers;
  http.body = request.body;
  http.peer_address = "127.0.0.1";
  return http;
}

Answer InProcessServer::Call(const Signer& signer, std::string_view service, std::string_view operation,
                             const Parameters& parameters) {
  // Shared: a committing thread may still be leaving set_value when the wait is over.
  auto promise = std::make_shared<std::promise<base::HttpResponse>>();
  auto answered = promise->get_future();
  pipeline_->Handle(Sign(signer, service, operation, parameters),
                    [promise](base::HttpResponse response) { promise->set_value(std::move(response)); });
  if (answered.wait_for(std::chrono::seconds(20)) != std::future_status::ready) {
    ADD_FAILURE() << operation << " was not answered";
    return {};
  }
  base::HttpResponse response = answered.get();
  Answer answer;
  answer.status = response.status;
  if (const std::string* id = response.Header("x-amzn-RequestId")) answer.request_id = *id;
  answer.body = std::move(response.body);
  answer.headers = std::move(response.headers);
  return answer;
}

Answer InProcessServer::Must(const Signer& signer, std::string_view service, std::string_view operation,
                             const Parameters& parameters) {
  Answer answer = Call(signer, service, operation, parameters);
  EXPECT_TRUE(answer.ok()) << operation << ": " << answer.body;
  return answer;
}

Signer InProcessServer::MakeUser(const std::string& name, const std::string& policy) {
  Must(admin_, "iam", "CreateUser", {{"UserName", name}});
  if (!policy.empty()) {
    Must(admin_, "iam", "PutUserPolicy",
         {{"UserName", name}, {"PolicyName", "p"}, {"PolicyDocument", policy}});
  }
  const Answer key = Must(admin_, "iam", "CreateAccessKey", {{"UserName", name}});
  return {key.Text("AccessKeyId"), key.Text("SecretAccessKey"), {}};
}

Signer InProcessServer::Session(const Answer& answer) {
  return {answer.Text("AccessKeyId"), answer.Text("SecretAccessKey"), answer.Text("SessionToken")};
}

std::string InProcessServer::Allow(std::string_view action, std::string_view resource,
                                   std::string_view condition) {
  std::string text = R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":")" +
                     std::string(action) + R"(","Resource":")" + std::string(resource) + "\"";
  if (!condition.empty()) text += ",\"Condition\":" + std::string(condition);
  return text + "}]}";
}

std::string InProcessServer::Trust(std::string_view principal, std::string_view condition) {
  std::string text =
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["sts:AssumeRole","sts:TagSession",)"
      R"("sts:SetSourceIdentity"],"Principal":)" +
      std::string(principal);
  if (!condition.empty()) text += ",\"Condition\":" + std::string(condition);
  return text + "}]}";
}

std::string InProcessServer::StoredDocuments(std::string_view account) {
  auto documents = store.LoadAccount(base::AccountId(account));
  EXPECT_TRUE(documents.has_value());
  std::vector<std::string> lines;
  for (const storage::Document& document : *documents) {
    lines.push_back(std::to_string(static_cast<int>(document.kind)) + " " + document.id + " " +
                    document.body + "\n");
  }
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const std::string& line : lines) all += line;
  return all;
}

std::vector<pipeline::RequestRecord> InProcessServer::records() {
  const std::lock_guard lock(records_mutex_);
  return records_;
}

}  // namespace wardkeep::in_process
