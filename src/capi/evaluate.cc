#include <array>
#include <cstddef>
#include <span>

#include "capi/handles.h"
#include "capi/texts.h"
#include "evaluate_format/answer.h"
#include "evaluate_format/line.h"
#include "evaluate_format/parse.h"
#include "wardkeep/batch.h"

namespace wardkeep::capi {
namespace {

constexpr wk_decision kUndecided = {WK_IMPLICIT_DENY, WK_BASIS_NONE, -1, 0, 0, 0};

static_assert(static_cast<int>(policy::Verdict::kImplicitDeny) == WK_IMPLICIT_DENY &&
              static_cast<int>(policy::Verdict::kExplicitDeny) == WK_EXPLICIT_DENY &&
              static_cast<int>(policy::Verdict::kAllowed) == WK_ALLOWED);
static_assert(static_cast<int>(policy::Basis::kNone) == WK_BASIS_NONE &&
              static_cast<int>(policy::Basis::kStatement) == WK_BASIS_STATEMENT &&
              static_cast<int>(policy::Basis::kRootUser) == WK_BASIS_ROOT_USER &&
              static_cast<int>(policy::Basis::kUndeniable) == WK_BASIS_UNDENIABLE &&
              static_cast<int>(policy::Basis::kBuiltInDeny) == WK_BASIS_BUILT_IN_DENY);
static_assert(static_cast<int>(policy::PolicyType::kIdentity) == WK_IDENTITY &&
              static_cast<int>(policy::PolicyType::kResource) == WK_RESOURCE &&
              static_cast<int>(policy::PolicyType::kPermissionsBoundary) == WK_PERMISSIONS_BOUNDARY &&
              static_cast<int>(policy::PolicyType::kSession) == WK_SESSION &&
              static_cast<int>(policy::PolicyType::kServiceControl) == WK_SERVICE_CONTROL &&
              static_cast<int>(policy::PolicyType::kResourceControl) == WK_RESOURCE_CONTROL &&
              static_cast<int>(policy::PolicyType::kEndpoint) == WK_ENDPOINT &&
              policy::kPolicyTypeCount == 7);

wk_decision InC(const policy::Decision& decision) {
  wk_decision result = kUndecided;
  result.verdict = static_cast<int32_t>(decision.verdict);
  result.basis = static_cast<int32_t>(decision.basis);
  result.missing_layers = decision.missing_layers.bits();
  if (decision.statement) {
    result.policy_type = static_cast<int32_t>(decision.statement->type);
    result.policy = decision.statement->policy;
    result.statement = decision.statement->statement;
  }
  return result;
}

wk_status Decide(const wk_policies& policies, const wk_request& request, wk_decision& decision) {
  const auto made =
      evaluate_format::Decide(request.request, request.bytes, policies.policies, /*explanation=*/nullptr);
  if (!made) return StatusOf(made.error());
  decision = InC(*made);
  return WK_OK;
}

// Decides requests against the same policies, those that can be asked as they are many at a time.
class Many {
 public:
  Many(const wk_policies& policies, wk_decision* decisions) : policies_(policies), next_(decisions) {}

  // The decisions of all requests before are made or, after an error, will be by Finish.
  wk_status Add(const wk_request* request) {
    if (request == nullptr) return WK_INVALID_ARGUMENT;
    const auto as_is = evaluate_format::CanBeAskedAsIs(request->request, request->bytes, policies_.policies);
    if (!as_is) return StatusOf(as_is.error());
    if (!*as_is) {
      Finish();
      return Decide(policies_, *request, *next_++);
    }
    questions_[waiting_++] = policy::MakeQuestion(request->request, policies_.policies.set());
    if (waiting_ == questions_.size()) Finish();
    return WK_OK;
  }
  void Finish() {
    policy::EvaluateBatch(std::span(questions_).first(waiting_), decided_);
    for (std::size_t i = 0; i < waiting_; ++i) *next_++ = InC(decided_[i]);
    waiting_ = 0;
  }

 private:
  const wk_policies& policies_;
  wk_decision* next_;
  std::array<policy::Question, 32> questions_;  // the first `waiting_` of them
  std::array<policy::Decision, 32> decided_;
  std::size_t waiting_ = 0;
};

// Why a line is unusable, as a status: read from the error that the line was answered with.
wk_status StatusOfAnswer(std::string_view answer) {
  const auto parsed = evaluate_format::ParseText(answer);
  const json::Value* error = parsed ? parsed->root.Find("error") : nullptr;
  const json::Value* code = error == nullptr ? nullptr : error->Find("code");
  const std::string* text = code == nullptr ? nullptr : code->AsString();
  return text == nullptr ? WK_INTERNAL : StatusOf({*text, {}, {}, {}});
}

}  // namespace
}  // namespace wardkeep::capi

wk_status wk_evaluate_json(const char* line, size_t length, uint32_t flags, wk_text** answer) {
  using namespace wardkeep;
  using namespace wardkeep::capi;
  if (answer == nullptr) return WK_INVALID_ARGUMENT;
  *answer = nullptr;
  if ((flags & ~WK_EXPLAIN) != 0 || (line == nullptr && length != 0)) return WK_INVALID_ARGUMENT;
  return Guarded([&] {
    const auto text = JsonView(line, length);
    if (!text) {
      Give(evaluate_format::WriteError(nullptr, text.error(), 1), answer);
      return StatusOf(text.error());
    }
    bool usable = false;
    std::string answered = evaluate_format::EvaluateLine(*text, 1, flags == WK_EXPLAIN, &usable);
    const wk_status status = usable ? WK_OK : StatusOfAnswer(answered);
    Give(std::move(answered), answer);
    return status;
  });
}

wk_status wk_evaluate(const wk_policies* policies, const wk_request* request, wk_decision* decision) {
  using namespace wardkeep::capi;
  if (decision == nullptr) return WK_INVALID_ARGUMENT;
  *decision = kUndecided;
  if (policies == nullptr || request == nullptr) return WK_INVALID_ARGUMENT;
  return Guarded([&] { return Decide(*policies, *request, *decision); });
}

wk_status wk_evaluate_many(const wk_policies* policies, const wk_request* const* requests, size_t count,
                           wk_decision* decisions) {
  using namespace wardkeep::capi;
  if (count == 0) return policies == nullptr ? WK_INVALID_ARGUMENT : WK_OK;
  if (decisions == nullptr) return WK_INVALID_ARGUMENT;
  for (size_t i = 0; i < count; ++i) decisions[i] = kUndecided;
  if (policies == nullptr || requests == nullptr) return WK_INVALID_ARGUMENT;
  return Guarded([&] {
    Many many(*policies, decisions);
    wk_status status = WK_OK;
    for (size_t i = 0; i < count && status == WK_OK; ++i) status = many.Add(requests[i]);
    many.Finish();
    return status;
  });
}

wk_status wk_explain(const wk_policies* policies, const wk_request* request, wk_text** answer) {
  using namespace wardkeep;
  using namespace wardkeep::capi;
  if (answer == nullptr) return WK_INVALID_ARGUMENT;
  *answer = nullptr;
  if (policies == nullptr || request == nullptr) return WK_INVALID_ARGUMENT;
  return Guarded([&] {
    policy::Explanation explanation;
    const auto decision =
        evaluate_format::Decide(request->request, request->bytes, policies->policies, &explanation);
    if (!decision) return StatusOf(decision.error());
    Give(evaluate_format::WriteAnswer(nullptr, *decision, policies->policies, &explanation), answer);
    return WK_OK;
  });
}
