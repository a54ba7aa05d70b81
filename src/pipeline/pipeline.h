// Pipeline: the life of a request, from HTTP to HTTP (ARCHITECTURE.md, "Life of a request").
//
//   route -> identify the operation -> authenticate -> decode -> validate -> authorize -> execute -> encode
//
// Reads and short writes run on the calling thread; the answer to a write is given on the committer's thread
// once the change is durable; heavy operations run on the worker pool, those that hash passwords on one of
// their own, and are shed with Throttling when its queue is full. Thread-safe.
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

class Pipeline final : public base::HttpHandler {
 public:
  Pipeline(const Services& services, const Registry& registry, const auth::SignatureVerifier& verifier,
           WorkerPool& workers, PasswordPool& password_workers, RequestObserver observer);

  void Handle(base::HttpRequest request, base::Responder respond) override;

 private:
  struct Exchange;
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
  void RefuseFailure(const std::shared_ptr<Exchange>& exchange) const;
  void Answer(Exchange& exchange, base::HttpResponse response) const;
  void Refuse(Exchange& exchange, const api::ApiError& error) const;
  void Guarded(const std::shared_ptr<Exchange>& exchange,
               void (Pipeline::*step)(const std::shared_ptr<Exchange>&) const) const;

  const Services& services_;
  const Registry& registry_;
  const auth::SignatureVerifier& verifier_;
  WorkerPool& workers_;
  PasswordPool& password_workers_;
  RequestObserver observer_;
};

}  // namespace wardkeep::pipeline
