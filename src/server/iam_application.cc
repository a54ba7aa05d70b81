#include "server/iam_application.h"

#include <algorithm>
#include <chrono>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>

#include "api/api_error.h"
#include "auth/signing_key_cache.h"
#include "auth/verify.h"
#include "crypto/master_key.h"
#include "crypto/sealing.h"
#include "crypto/system_rng.h"
#include "federation/outbound_rules.h"
#include "pipeline/pipeline.h"
#include "pipeline/protocol.h"
#include "server/admin_handler.h"
#include "server/database_handler.h"
#include "server/directory_accounts.h"
#include "server/first_start.h"
#include "server/hygiene_handler.h"
#include "server/hygiene_timer.h"
#include "server/issuer_handler.h"
#include "server/master_key_check.h"
#include "server/proxied_handler.h"
#include "server/request_log.h"
#include "server/signin_records.h"
#include "server/startup_check.h"
#include "server/store_access.h"
#include "server/usage_flusher.h"
#include "server/write_probe.h"
#include "service/ec2/register.h"
#include "service/iam/register.h"
#include "service/passkeys/register.h"
#include "service/signin/signin_handler.h"
#include "service/sts/register.h"
#include "service/tagging/register.h"

namespace wardkeep::server {
namespace {

using base::Result;

constexpr std::chrono::seconds kUsageInterval{60};
// One account takes all heavy threads but one, so with one more than cores the others keep theirs.
pipeline::WorkerPoolLimits HeavyPool() {
  return {.threads = std::max<std::size_t>(2, std::thread::hardware_concurrency()) + 1, .queue = 256};
}
// These threads wait; see federation/idp_certificate.h for how long.
constexpr pipeline::WorkerPoolLimits kOutboundPool = {
    .threads = 16, .queue = 64, .threads_of_an_owner = 2, .queue_of_an_owner = 8};

std::size_t PasswordThreads(const Configuration& configuration) {
  if (configuration.password_threads > 0) return static_cast<std::size_t>(configuration.password_threads);
  return std::max<std::size_t>(1, std::thread::hardware_concurrency() / 2);
}

// Members in the order of their dependence: each uses only what stands above it.
class IamApplication final : public Application {
 public:
  IamApplication(const Configuration& configuration, std::unique_ptr<storage::Store> store,
                 crypto::KeyBytes master_key, std::unique_ptr<crypto::SystemRng> rng,
                 std::unique_ptr<snapshot::Directory> directory, const log::Logger& logger,
                 const base::Clock& clock, Metrics& metrics)
      : configuration_(configuration),
        logger_(logger),
        metrics_(metrics),
        rng_(std::move(rng)),
        store_(std::move(store)),
        sealer_(std::move(master_key), *rng_),
        keys_(sealer_),
        directory_(std::move(directory)),
        relying_party_(configuration.relying_party),
        services_{*directory_,
                  clock,
                  *rng_,
                  keys_,
                  usage_,
                  compiled_,
                  secrets_,
                  mfa_throttle_,
                  signin_throttle_,
                  fido_challenges_,
                  relying_party_,
                  configuration.limits_of_accounts,
                  configuration.password_additions,
                  configuration.issuer_url},
        verifier_(clock, signing_keys_),
        password_workers_(PasswordThreads(configuration), configuration.password_queue),
        accounts_(services_, signins_, configuration.closed_account_days),
        administration_(accounts_),
        pipeline_(services_, registry_, verifier_, {workers_, password_workers_, outbound_workers_},
                  [this](const pipeline::RequestRecord& record) { Observe(record); }),
        signin_({.services = services_,
                 .password_workers = password_workers_,
                 .sink = signin_records_,
                 .settings = {.session_life = configuration.session_life,
                              .root_mfa_required = configuration.root_mfa_required},
                 .observe =
                     [this](std::string_view endpoint, int status, std::chrono::nanoseconds elapsed) {
                       metrics_.Requests("signin", endpoint).Record(status, elapsed);
                     }},
                keys_.signin_token, pipeline_) {
    service::iam::RegisterAll(registry_);
    service::sts::RegisterAll(registry_);
    service::passkeys::RegisterAll(registry_);
    service::tagging::RegisterAll(registry_);
    service::ec2::RegisterAll(registry_);
  }

  // Tasks and commits in flight call back into this object: they end before any member does.
  ~IamApplication() override {
    StopWork();
    workers_.Stop();
    password_workers_.Stop();
    outbound_workers_.Stop();
    database_.reset();
    startup_check_.reset();
    hygiene_timer_.reset();
    flusher_.reset();
    directory_->Stop();
  }

  Result<void> Load() {
    WK_TRY(CheckMasterKey(services_));
    WK_TRY(usage_.Load(*store_));
    return signins_.Load(*store_);
  }

  Result<void> Begin() override {
    WK_ASSIGN(first_account_, EnsureFirstAccount(services_, configuration_, logger_));
    federation::SetOutboundRules({configuration_.private_issuers, stopping_.get_token()});
    probe_ = std::make_unique<WriteProbe>(*store_, first_account_, workers_);
    if (!configuration_.trusted_proxies.empty()) {
      proxied_ = std::make_unique<ProxiedHandler>(configuration_.trusted_proxies, signin_);
    }
    base::HttpHandler& calls = proxied_ != nullptr ? static_cast<base::HttpHandler&>(*proxied_) : signin_;
    issuers_ = std::make_unique<IssuerHandler>(configuration_.issuer_url, *directory_, calls);
    sweep_ = std::make_unique<hygiene::Sweep>(configuration_.hygiene_accounts, *directory_, usage_,
                                              services_.clock, logger_);
    hygiene_ = std::make_unique<HygieneHandler>(*sweep_, administration_);
    if (!configuration_.hygiene_accounts.empty()) {
      hygiene_timer_ = std::make_unique<HygieneTimer>(*sweep_, configuration_.hygiene_interval);
    }
    flusher_ = std::make_unique<UsageFlusher>(usage_, *directory_, kUsageInterval);
    database_ = std::make_unique<DatabaseHandler>(configuration_, *store_, logger_, *hygiene_);
    startup_check_ = std::make_unique<StartupCheck>(*store_, *directory_);
    return {};
  }

  base::HttpHandler& api() override { return *issuers_; }
  base::HttpHandler& administration() override { return *database_; }
  void CanWrite(std::function<void(bool)> answer) override { probe_->Ask(std::move(answer)); }
  void StopWork() override {
    stopping_.request_stop();
    workers_.Close();
    password_workers_.Close();
    outbound_workers_.Close();
  }
  base::AccountId first_account() const override { return first_account_; }
  base::HttpResponse OverloadResponse() const override {
    return pipeline::EncodeError(*api::FindService("iam"), api::Throttling(), true,
                                 {base::RandomUuid(*rng_), false});
  }

 private:
  void Observe(const pipeline::RequestRecord& record) {
    metrics_.Requests(record.service, record.operation).Record(record.status, record.duration);
    if (!record.failed_check.empty()) metrics_.CountAuthenticationFailure(record.error_code);
    if (!record.cause.empty()) {
      metrics_.CountException();
      logger_.Error("internal failure", {{"request_id", record.request_id}, {"cause", record.cause}});
    }
    LogRequest(logger_, {.request_id = record.request_id,
                         .caller_arn = record.caller_arn,
                         .service = record.service,
                         .operation = record.operation,
                         .status = record.status,
                         .error_code = record.error_code,
                         .duration = record.duration,
                         .peer_address = record.peer_address});
  }

  const Configuration& configuration_;
  const log::Logger& logger_;
  Metrics& metrics_;
  std::unique_ptr<crypto::SystemRng> rng_;
  std::unique_ptr<storage::Store> store_;
  crypto::Sealer sealer_;
  pipeline::SealingKeys keys_;
  std::unique_ptr<snapshot::Directory> directory_;
  snapshot::UsageTracker usage_;
  pipeline::CompiledCache compiled_;
  pipeline::OpenedSecrets secrets_{keys_.access_key_secret};
  pipeline::MfaThrottle mfa_throttle_;
  pipeline::SigninThrottle signin_throttle_;
  pipeline::FidoChallenges fido_challenges_;
  const fido::RelyingParty relying_party_;
  std::stop_source stopping_;
  pipeline::Services services_;
  auth::SigningKeyCache signing_keys_;
  auth::SignatureVerifier verifier_;
  pipeline::Registry registry_;
  pipeline::WorkerPool workers_{HeavyPool()};
  pipeline::PasswordPool password_workers_;
  pipeline::WorkerPool outbound_workers_{kOutboundPool};
  snapshot::SigninHistory signins_{*directory_};
  SigninRecords signin_records_{logger_, signins_};
  DirectoryAccounts accounts_;
  AdminHandler administration_;
  pipeline::Pipeline pipeline_;
  service::signin::SigninHandler signin_;
  std::unique_ptr<ProxiedHandler> proxied_;  // null without trusted proxies
  base::AccountId first_account_;
  std::unique_ptr<WriteProbe> probe_;
  std::unique_ptr<UsageFlusher> flusher_;
  std::unique_ptr<IssuerHandler> issuers_;
  std::unique_ptr<hygiene::Sweep> sweep_;
  std::unique_ptr<HygieneHandler> hygiene_;
  std::unique_ptr<HygieneTimer> hygiene_timer_;  // null without rules
  std::unique_ptr<DatabaseHandler> database_;
  std::unique_ptr<StartupCheck> startup_check_;
};

}  // namespace

Result<std::unique_ptr<Application>> OpenIamApplication(const Configuration& configuration,
                                                        const log::Logger& logger, const base::Clock& clock,
                                                        Metrics& metrics) {
  WK_ASSIGN(OpenedStore opened, OpenStore(configuration));
  auto rng = std::make_unique<crypto::SystemRng>();
  storage::GroupCommit::Observer observer;
  observer.on_commit = [&metrics](std::size_t batches, double seconds) {
    metrics.CountCommit(batches, std::chrono::nanoseconds(static_cast<int64_t>(seconds * 1e9)));
  };
  const auto on_damage = [&metrics, &logger](const base::AccountId& account, const base::Error& error) {
    metrics.CountDamagedAccount();
    logger.Error("an account is damaged and refused",
                 {{"account", account.value()}, {"what", error.ToString()}});
  };
  WK_ASSIGN(auto directory, snapshot::Directory::Open(*opened.store, observer, on_damage));
  auto application =
      std::make_unique<IamApplication>(configuration, std::move(opened.store), std::move(opened.master_key),
                                       std::move(rng), std::move(directory), logger, clock, metrics);
  WK_TRY(application->Load());
  return std::unique_ptr<Application>(std::move(application));
}

}  // namespace wardkeep::server
