// The first byte picks the way, the rest is its text. 0: a line of JSON. 1: policies and a request as JSON,
// parted by a NUL. 2: a request of pieces parted by NULs, changed once, against fixed policies. Every status
// is one of the interface's, failures give nothing back, and both ways decide alike.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/assert.h"
#include "wardkeep/wardkeep.h"

namespace {

constexpr std::string_view kPolicies =
    R"({"identity":[{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["a:*","s3:Get?bject"],)"
    R"("Resource":["arn:aws:s3:::${a:k}/?*","arn:aws:s3:::*b"],"Condition":{"StringLike":{"a:k":"*x"}}},)"
    R"({"Effect":"Deny","NotAction":"s3:*t","NotResource":"arn:aws:s3:::*"}]}],"permissionsBoundary":[]})";

wk_string View(std::string_view text) {
  return {text.data(), text.size()};
}

void CheckStatus(wk_status status, bool gave) {
  WK_ASSERT(status >= WK_OK && status < WK_INTERNAL);
  WK_ASSERT(gave == (status == WK_OK));
}

wk_policies* Compile(std::string_view json, uint32_t flags) {
  wk_policies* policies = nullptr;
  wk_text* error = nullptr;
  const wk_status status = wk_policies_compile(json.data(), json.size(), flags, &policies, &error);
  CheckStatus(status, policies != nullptr);
  WK_ASSERT((error == nullptr) == (status == WK_OK));
  wk_text_free(error);
  return policies;
}

// Decides three ways; they must agree.
void Decide(const wk_policies* policies, const wk_request* request) {
  wk_decision one = {};
  wk_decision many = {};
  const wk_status status = wk_evaluate(policies, request, &one);
  CheckStatus(status, status == WK_OK);
  WK_ASSERT(wk_evaluate_many(policies, &request, 1, &many) == status);
  WK_ASSERT(one.verdict == many.verdict && one.basis == many.basis && one.policy_type == many.policy_type);
  wk_text* answer = nullptr;
  WK_ASSERT(wk_explain(policies, request, &answer) == status);
  const std::string_view text(wk_text_data(answer), wk_text_size(answer));
  const char* verdicts[] = {"\"implicitDeny\"", "\"explicitDeny\"", "\"allowed\""};
  WK_ASSERT(status != WK_OK || text.find(verdicts[one.verdict]) != std::string_view::npos);
  wk_text_free(answer);
}

void AsLine(std::string_view text) {
  for (const uint32_t flags : {uint32_t{0}, WK_EXPLAIN}) {
    wk_text* answer = nullptr;
    const wk_status status = wk_evaluate_json(text.data(), text.size(), flags, &answer);
    CheckStatus(status, status == WK_OK);
    WK_ASSERT(wk_text_size(answer) != 0);
    wk_text_free(answer);
  }
}

void AsTwoTexts(std::string_view text) {
  const std::size_t cut = std::min(text.find('\0'), text.size());
  const std::string_view rest = text.substr(std::min(cut + 1, text.size()));
  wk_request* request = nullptr;
  CheckStatus(wk_request_parse(rest.data(), rest.size(), &request, nullptr), request != nullptr);
  for (const uint32_t flags : {uint32_t{0}, WK_TRUST_POLICY}) {
    wk_policies* policies = Compile(text.substr(0, cut), flags);
    if (policies != nullptr && request != nullptr) Decide(policies, request);
    wk_policies_free(policies);
  }
  wk_request_free(request);
}

void AsPieces(std::string_view text) {
  std::vector<wk_string> pieces;
  while (!text.empty()) {
    const std::size_t cut = std::min(text.find('\0'), text.size());
    pieces.push_back(View(text.substr(0, cut)));
    text.remove_prefix(std::min(cut + 1, text.size()));
  }
  pieces.resize(std::max<std::size_t>(pieces.size(), 8));
  const wk_context_key keys[] = {{pieces[3], &pieces[4], 1, 0}, {pieces[5], &pieces[6], 2, 1}};
  wk_request_fields fields = {};
  fields.size = sizeof(fields);
  fields.principal.arn = pieces[0];
  fields.action = pieces[1];
  fields.resource = pieces[2];
  fields.context = keys;
  fields.context_count = 2;
  wk_request* request = nullptr;
  CheckStatus(wk_request_create(&fields, &request, nullptr), request != nullptr);
  wk_policies* policies = Compile(kPolicies, 0);
  WK_ASSERT(policies != nullptr);
  if (request != nullptr) {
    Decide(policies, request);
    wk_request_set_action(request, pieces[6]);
    wk_request_set_resource(request, pieces[7], pieces[4]);
    wk_request_set_context(request, &keys[1]);
    Decide(policies, request);
  }
  wk_policies_free(policies);
  wk_request_free(request);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  switch (data[0] % 3) {
    case 0:
      AsLine(text);
      break;
    case 1:
      AsTwoTexts(text);
      break;
    default:
      AsPieces(text);
      break;
  }
  return 0;
}
