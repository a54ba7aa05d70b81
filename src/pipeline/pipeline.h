// Pipeline: the life of a request, from HTTP to HTTP (ARCHITECTURE.md, "Life of a request").
//
//   route -> identify the operation -> authenticate -> decode -> validate -> authorize -> execute -> encode
//
// Reads and short writes run on the calling thread; the answer to a write is given on the committer's thread
// once the change is durable; heavy operations run on a pool of workers, those that hash passwords and those
// that wait for other servers on pools of their own. Each account has its share of a pool and is refused with
// Throttling beyond it. Thread-safe.
#pragma once

#include <functional>
#include <memory>

#include "auth/verify.h"
#include "base/http_message.h"
#include "pipeline/password_pool.h"
#include "pipeline/registry.h"
#include "pipeline/request_record.h"
#include "pipeline/services.h"
#include "pipeline/worker_pool.h"

namespace wardkeep::pipeline {

// See WorkerPool for what each is for.
struct Pools {
  WorkerPool& heavy;
  PasswordPool& passwords;
  WorkerPool& outbound;
};

class Pipeline final : public base::HttpHandler {
 public:
  Pipeline(const Services& services, const Registry& registry, const auth::SignatureVerifier& verifier,
           Pools pools, RequestObserver observer);

  void Handle(base::HttpRequest request, base::Responder respond) override;

 private:
  struct Exchange;
  WorkerPool* PoolOf(const Exchange& exchange) const;
  void Process(const std::shared_ptr<Exchange>& exchange) const;
  void SubmitHashing(const std::shared_ptr<Exchange>& exchange) const;
  void RecordAttempt(const Exchange& exchange) const;
  void ProcessOperation(const std::shared_ptr<Exchange>& exchange) const;
  HandlerResult AuthorizeExchange(Exchange& exchange) const;
  void ExecuteRead(const std::shared_ptr<Exchange>& exchange) const;
  void ExecuteWrite(const std::shared_ptr<Exchange>& exchange) const;
  void ExecuteWithTokenCode(const std::shared_ptr<Exchange>& exchange, const TokenCodeArguments& code) const;
  void Commit(const std::shared_ptr<Exchange>& exchange,
              const std::function<HandlerResult(snapshot::AccountEdit&)>& step) const;
  std::unique_ptr<Authorizer> MakeAuthorizer(const Exchange& exchange) const;
  HandlerResult UseTokenCodeIn(Exchange& exchange, const TokenCodeArguments& code,
                               snapshot::AccountEdit& edit) const;
  HandlerResult AuthorizeIn(Exchange& exchange, const snapshot::AccountStatePtr& newest) const;
  void AnswerWrite(const std::shared_ptr<Exchange>& exchange) const;
  void RefuseThrottled(const std::shared_ptr<Exchange>& exchange) const;
  void RefuseStopping(const std::shared_ptr<Exchange>& exchange) const;
  void RefuseFailure(const std::shared_ptr<Exchange>& exchange) const;
  void Answer(Exchange& exchange, base::HttpResponse response) const;
  void Refuse(Exchange& exchange, const api::ApiError& error) const;
  void Guarded(const std::shared_ptr<Exchange>& exchange,
               void (Pipeline::*step)(const std::shared_ptr<Exchange>&) const) const;

  const Services& services_;
  const Registry& registry_;
  const auth::SignatureVerifier& verifier_;
  const Pools pools_;
  RequestObserver observer_;
};

}  // namespace wardkeep::pipeline
