// A whole server without sockets: memory store, still clock, counted randomness, the real pipeline and
// handlers. Requests are signed as a client signs them and answered before Call returns.
//
//   InProcessServer server;
//   const Answer made = server.Call(server.admin(), "iam", "CreateUser", {{"UserName", "bob"}});
//   EXPECT_EQ(made.Text("UserName"), "bob");
//
// Call is thread-safe; everything else is not.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "auth/signing_key_cache.h"
#include "auth/verify.h"
#include "base/clock.h"
#include "base/rng.h"
#include "base/steady_clock.h"
#include "contract/faulty_store.h"
#include "pipeline/pipeline.h"
#include "pipeline/services.h"

namespace wardkeep::in_process {

using Parameters = std::vector<std::pair<std::string, std::string>>;

// Who signs. An empty token means a long-term key.
struct Signer {
  std::string key_id;
  std::string secret;
  std::string token;
};

struct Answer {
  int status = 0;
  std::string body;
  std::string request_id;
  std::vector<std::pair<std::string, std::string>> headers;

  bool ok() const { return status == 200; }
  // The text of the first element of that name, entities undone; empty when there is none.
  std::string Text(std::string_view element) const;
  // The texts of all elements of that name, in order.
  std::vector<std::string> Texts(std::string_view element) const;
  // "ok", or "code: message".
  std::string Outcome() const;
};

// Bytes that never repeat and are the same in every run.
class CountedRng final : public base::Rng {
 public:
  void Fill(std::span<uint8_t> out) override;

 private:
  std::atomic<uint64_t> state_{1};
};

class InProcessServer {
 public:
  using FillRegistry = std::function<void(pipeline::Registry&)>;
  // With every handler of the product, or with those given.
  explicit InProcessServer(const FillRegistry& fill = {});
  ~InProcessServer();
  InProcessServer(const InProcessServer&) = delete;
  InProcessServer& operator=(const InProcessServer&) = delete;

  static constexpr std::string_view kAccount = "111122223333";
  static constexpr std::string_view kOtherAccount = "444455556666";
  const Signer& admin() const { return admin_; }              // user "admin" with AdministratorAccess
  const Signer& root() const { return root_; }                // of kAccount
  const Signer& other_admin() const { return other_admin_; }  // user "admin" of kOtherAccount

  Answer Call(const Signer& signer, std::string_view service, std::string_view operation,
              const Parameters& parameters = {});
  // The same, and a failure of the test unless the answer is 200.
  Answer Must(const Signer& signer, std::string_view service, std::string_view operation,
              const Parameters& parameters = {});

  // A user with an inline policy "p" (none when empty) and a key.
  Signer MakeUser(const std::string& name, const std::string& policy = {});
  // Credentials of an answer of AssumeRole, GetSessionToken or GetFederationToken.
  static Signer Session(const Answer& answer);
  static std::string Allow(std::string_view action, std::string_view resource = "*",
                           std::string_view condition = {});
  static std::string Trust(std::string_view principal, std::string_view condition = {});

  // For requests that Call cannot make.
  pipeline::Pipeline& pipeline() { return *pipeline_; }
  base::HttpRequest Sign(const Signer& signer, std::string_view service, std::string_view operation,
                         const Parameters& parameters = {});

  // Both clocks.
  void Advance(std::chrono::microseconds by) {
    clock.Advance(by);
    steady.Advance(by);
  }

  // Every document of the account as it is stored, for comparing before and after.
  std::string StoredDocuments(std::string_view account = kAccount);
  std::vector<pipeline::RequestRecord> records();

  storage::FaultyStore store;
  base::ManualClock clock;
  base::ManualSteadyClock steady;  // of waits
  CountedRng rng;
  // Made by the constructor, in the order of their dependence.
  std::unique_ptr<crypto::Sealer> sealer;
  std::unique_ptr<pipeline::SealingKeys> keys;
  std::unique_ptr<snapshot::Directory> directory;
  snapshot::UsageTracker usage;
  pipeline::CompiledCache compiled;
  std::unique_ptr<pipeline::OpenedSecrets> secrets;
  pipeline::MfaThrottle mfa_throttle{10'000, steady};
  pipeline::SigninThrottle signin_throttle{steady};
  pipeline::FidoChallenges fido_challenges{10'000, steady};
  fido::RelyingParty relying_party;
  std::unique_ptr<pipeline::Services> services;
  pipeline::Registry registry;

 private:
  struct NewAccount {
    Signer root;
    Signer admin;
  };
  NewAccount MakeAccount(std::string_view id);

  auth::SigningKeyCache signing_keys_;
  std::unique_ptr<auth::SignatureVerifier> verifier_;
  std::unique_ptr<pipeline::WorkerPool> workers_;
  std::unique_ptr<pipeline::PasswordPool> password_workers_;
  std::unique_ptr<pipeline::Pipeline> pipeline_;
  std::mutex records_mutex_;
  std::vector<pipeline::RequestRecord> records_;  // protected by records_mutex_
  Signer admin_;
  Signer root_;
  Signer other_admin_;
};

}  // namespace wardkeep::in_process
