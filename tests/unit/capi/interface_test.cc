// The C interface used as meant, and with arguments that are not.
#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "wardkeep/wardkeep.h"

namespace wardkeep::capi {
namespace {

constexpr std::string_view kPolicies =
    R"({"identity":[{"name":"team","document":{"Version":"2012-10-17","Statement":[)"
    R"({"Sid":"Read","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::team/${aws:username}/*"},)"
    R"({"Sid":"NoSecrets","Effect":"Deny","Action":"*","Resource":"arn:aws:s3:::team/*/secret"}]}}]})";

wk_string View(std::string_view text) {
  return {text.data(), text.size()};
}

struct Policies {
  explicit Policies(std::string_view json, uint32_t flags = 0) {
    wk_text* error = nullptr;
    EXPECT_EQ(wk_policies_compile(json.data(), json.size(), flags, &handle, &error), WK_OK)
        << wk_text_data(error);
    wk_text_free(error);
  }
  ~Policies() { wk_policies_free(handle); }
  wk_policies* handle = nullptr;
};

wk_request_fields Fields(std::string_view resource) {
  wk_request_fields fields = {};
  fields.size = sizeof(fields);
  fields.principal.arn = View("arn:aws:iam::111122223333:user/ann");
  fields.action = View("s3:GetObject");
  fields.resource = View(resource);
  return fields;
}

struct Asked {
  explicit Asked(const wk_request_fields& fields) {
    wk_text* error = nullptr;
    EXPECT_EQ(wk_request_create(&fields, &handle, &error), WK_OK) << wk_text_data(error);
    wk_text_free(error);
  }
  ~Asked() { wk_request_free(handle); }
  wk_request* handle = nullptr;
};

wk_decision Decide(const Policies& policies, const Asked& request) {
  wk_decision decision = {};
  EXPECT_EQ(wk_evaluate(policies.handle, request.handle, &decision), WK_OK);
  return decision;
}

TEST(Interface, SaysItsVersions) {
  EXPECT_EQ(wk_abi_version(), static_cast<uint32_t>(WARDKEEP_ABI_VERSION));
  EXPECT_NE(std::string_view(wk_version()).find('.'), std::string_view::npos);
  EXPECT_STREQ(wk_status_name(WK_REFUSED_DOCUMENT), "WK_REFUSED_DOCUMENT");
  EXPECT_STREQ(wk_status_name(99), "WK_UNKNOWN");
}

TEST(Interface, NamesTheStatementThatDecided) {
  const Policies policies(kPolicies);
  const Asked request(Fields("arn:aws:s3:::team/ann/plan"));
  wk_decision decision = Decide(policies, request);
  EXPECT_EQ(decision.verdict, WK_ALLOWED);
  EXPECT_EQ(decision.basis, WK_BASIS_STATEMENT);
  EXPECT_EQ(decision.policy_type, WK_IDENTITY);
  EXPECT_EQ(decision.policy, 0U);
  EXPECT_EQ(decision.statement, 0U);

  ASSERT_EQ(wk_request_set_resource(request.handle, View("arn:aws:s3:::team/ann/secret"), View("")), WK_OK);
  decision = Decide(policies, request);
  EXPECT_EQ(decision.verdict, WK_EXPLICIT_DENY);
  EXPECT_EQ(decision.statement, 1U);

  ASSERT_EQ(wk_request_set_resource(request.handle, View("arn:aws:s3:::team/bob/plan"), View("")), WK_OK);
  decision = Decide(policies, request);
  EXPECT_EQ(decision.verdict, WK_IMPLICIT_DENY);
  EXPECT_EQ(decision.policy_type, -1);
  EXPECT_EQ(decision.missing_layers, 1U << WK_IDENTITY);

  const wk_string bob = View("bob");
  const wk_context_key username = {View("AWS:UserName"), &bob, 1, 0};
  ASSERT_EQ(wk_request_set_context(request.handle, &username), WK_OK);
  EXPECT_EQ(Decide(policies, request).verdict, WK_ALLOWED);

  ASSERT_EQ(wk_request_set_action(request.handle, View("s3:PutObject")), WK_OK);
  EXPECT_EQ(Decide(policies, request).verdict, WK_IMPLICIT_DENY);
}

TEST(Interface, ExplainsWithNamesAndMatches) {
  const Policies policies(kPolicies);
  const Asked request(Fields("arn:aws:s3:::team/ann/secret"));
  wk_text* answer = nullptr;
  ASSERT_EQ(wk_explain(policies.handle, request.handle, &answer), WK_OK);
  const std::string text = wk_text_data(answer);
  EXPECT_EQ(text.size(), wk_text_size(answer));
  EXPECT_NE(text.find(R"("decision":"explicitDeny")"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("policy":"team","statement":1,"sid":"NoSecrets")"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("sid":"Read","effect":"Allow")"), std::string::npos) << text;
  wk_text_free(answer);
}

TEST(Interface, ManyDecisionsAreThoseOfOneByOne) {
  const Policies policies(kPolicies);
  const Asked allowed(Fields("arn:aws:s3:::team/ann/a"));
  const Asked refused(Fields("arn:aws:s3:::team/bob/a"));
  const wk_request* requests[] = {allowed.handle, refused.handle, allowed.handle};
  wk_decision decisions[3] = {};
  ASSERT_EQ(wk_evaluate_many(policies.handle, requests, 3, decisions), WK_OK);
  EXPECT_EQ(decisions[0].verdict, WK_ALLOWED);
  EXPECT_EQ(decisions[1].verdict, WK_IMPLICIT_DENY);
  EXPECT_EQ(decisions[2].verdict, WK_ALLOWED);

  requests[1] = nullptr;
  EXPECT_EQ(wk_evaluate_many(policies.handle, requests, 3, decisions), WK_INVALID_ARGUMENT);
  EXPECT_EQ(decisions[0].verdict, WK_ALLOWED);
  EXPECT_EQ(decisions[2].verdict, WK_IMPLICIT_DENY);
}

bool IsSame(const wk_decision& a, const wk_decision& b) {
  return a.verdict == b.verdict && a.basis == b.basis && a.policy_type == b.policy_type &&
         a.policy == b.policy && a.statement == b.statement && a.missing_layers == b.missing_layers;
}

// More requests than are decided at a time, root beside a session policy among them, which is decided by
// itself; then the same with one that fails at each place in turn.
TEST(Interface, LongListsAreDecidedAsOneByOne) {
  const std::string with_session = std::string(kPolicies.substr(0, kPolicies.size() - 1)) +
                                   R"(,"session":[{"Version":"2012-10-17","Statement":{"Effect":"Allow",)"
                                   R"("Action":"s3:*","Resource":"*"}}]})";
  const Policies policies(with_session);
  constexpr std::array kObjects = {"ann/plan", "bob/plan", "ann/secret"};
  std::vector<std::unique_ptr<Asked>> asked;
  std::vector<const wk_request*> requests;
  std::vector<wk_decision> single;
  int allowed = 0;
  for (std::size_t i = 0; i < 100; ++i) {
    const std::string resource = std::string("arn:aws:s3:::team/") + kObjects[i % kObjects.size()];
    wk_request_fields fields = Fields(resource);
    if (i % 40 >= 33) fields.principal.arn = View("arn:aws:iam::111122223333:root");
    asked.push_back(std::make_unique<Asked>(fields));
    requests.push_back(asked.back()->handle);
    single.push_back(Decide(policies, *asked.back()));
    allowed += single.back().verdict == WK_ALLOWED ? 1 : 0;
  }
  EXPECT_GT(allowed, 20);
  std::vector<wk_decision> many(requests.size());
  ASSERT_EQ(wk_evaluate_many(policies.handle, requests.data(), requests.size(), many.data()), WK_OK);
  for (std::size_t i = 0; i < many.size(); ++i) EXPECT_TRUE(IsSame(many[i], single[i])) << i;

  constexpr wk_decision kNone = {WK_IMPLICIT_DENY, WK_BASIS_NONE, -1, 0, 0, 0};
  for (std::size_t fault = 0; fault < requests.size(); ++fault) {
    const wk_request* const kept = std::exchange(requests[fault], nullptr);
    EXPECT_EQ(wk_evaluate_many(policies.handle, requests.data(), requests.size(), many.data()),
              WK_INVALID_ARGUMENT);
    for (std::size_t i = 0; i < many.size(); ++i) {
      EXPECT_TRUE(IsSame(many[i], i < fault ? single[i] : kNone)) << i << " of a fault at " << fault;
    }
    requests[fault] = kept;
  }
}

// One set of policies, many threads: the answers are those of one thread.
TEST(Interface, PoliciesMayBeSharedByThreads) {
  const Policies policies(kPolicies);
  std::vector<std::thread> threads;
  std::vector<int> allowed(4);
  for (std::size_t i = 0; i < allowed.size(); ++i) {
    threads.emplace_back([&, i] {
      const Asked request(Fields("arn:aws:s3:::team/ann/plan"));
      for (int round = 0; round < 1000; ++round)
        allowed[i] += Decide(policies, request).verdict == WK_ALLOWED;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const int count : allowed) EXPECT_EQ(count, 1000);
}

// A trust policy is compiled as one and decides requests for its role only.
TEST(Interface, TrustPoliciesAreToldApart) {
  const std::string json =
      R"({"resource":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":)"
      R"("arn:aws:iam::111122223333:user/ann"},"Action":"sts:AssumeRole"}]}})";
  const Policies trust(json, WK_TRUST_POLICY);
  const Asked request(Fields("arn:aws:iam::111122223333:role/reader"));
  wk_decision decision = {WK_ALLOWED, 0, 0, 0, 0, 0};
  EXPECT_EQ(wk_evaluate(trust.handle, request.handle, &decision), WK_INVALID_INPUT);
  EXPECT_EQ(decision.verdict, WK_IMPLICIT_DENY);
  ASSERT_EQ(wk_request_set_action(request.handle, View("sts:AssumeRole")), WK_OK);
  EXPECT_EQ(Decide(trust, request).verdict, WK_ALLOWED);
  const Policies resource(json);
  EXPECT_EQ(wk_evaluate(resource.handle, request.handle, &decision), WK_INVALID_INPUT);
}

TEST(Interface, NullsAndUnknownFlagsAreInvalidArguments) {
  wk_policies* policies = nullptr;
  wk_request* request = nullptr;
  wk_text* text = nullptr;
  wk_decision decision = {};
  wk_request_fields fields = Fields("*");
  EXPECT_EQ(wk_evaluate_json(nullptr, 5, 0, &text), WK_INVALID_ARGUMENT);
  EXPECT_EQ(wk_evaluate_json("{}", 2, 2, &text), WK_INVALID_ARGUMENT);
  EXPECT_EQ(wk_evaluate_json("{}", 2, 0, nullptr), WK_INVALID_ARGUMENT);
  EXPECT_EQ(wk_policies_compile("{}", 2, 0, nullptr, nullptr), WK_INVALID_ARGUMENT);
  EXPECT_EQ(wk_policies_compile("{}", 2, 8, &policies, nullptr), WK_INVALID_ARGUMENT);
  EXPECT_EQ(wk_policies_compile(nullptr, 1, 0, &policies, nullptr), WK_INVALID_ARGUMENT);
  EXPECT_EQ(wk_policies_compile(nullptr, 0, 0, &policies, nullptr), WK_INVALID_JSON);
  EXPECT_EQ(wk_request_create(nullptr, &request, nullptr), WK_INVALID_ARGUMENT);
  EXPECT_EQ(wk_request_create(&fields, nullptr, nullptr), WK_INVALID_ARGUMENT);
  EXPECT_EQ(wk_request_parse(nullptr, 3, &request, nullptr), WK_INVALID_ARGUMENT);
  EXPECT_EQ(wk_request_set_action(nullptr, View("a:b")), WK_INVALID_ARGUMENT);
  EXPECT_EQ(wk_request_set_resource(nullptr, View("*"), View("")), WK_INVALID_ARGUMENT);
  EXPECT_EQ(wk_request_set_context(nullptr, nullptr), WK_INVALID_ARGUMENT);
  EXPECT_EQ(wk_evaluate(nullptr, nullptr, &decision), WK_INVALID_ARGUMENT);
  EXPECT_EQ(wk_evaluate(nullptr, nullptr, nullptr), WK_INVALID_ARGUMENT);
  EXPECT_EQ(wk_evaluate_many(nullptr, nullptr, 3, nullptr), WK_INVALID_ARGUMENT);
  EXPECT_EQ(wk_explain(nullptr, nullptr, &text), WK_INVALID_ARGUMENT);
  fields.size = 8;
  EXPECT_EQ(wk_request_create(&fields, &request, nullptr), WK_INVALID_ARGUMENT);
  EXPECT_EQ(policies, nullptr);
  EXPECT_EQ(request, nullptr);
  EXPECT_EQ(text, nullptr);
  wk_policies_free(nullptr);
  wk_request_free(nullptr);
  wk_text_free(nullptr);
  EXPECT_STREQ(wk_text_data(nullptr), "");
}

struct BadFields {
  const char* name;
  void (*spoil)(wk_request_fields&);
  wk_status status;
};

const wk_string kTwo[] = {{"a", 1}, {"b", 1}};
const wk_string kNotUtf8 = {"\xFF\xFE", 2};
const wk_context_key kTwice[] = {{{"a:b", 3}, kTwo, 1, 0}, {{"A:B", 3}, kTwo, 1, 0}};
const wk_context_key kNullValues = {{"a:b", 3}, nullptr, 2, 0};
const wk_context_key kNoName = {{"", 0}, kTwo, 2, 1};
const wk_context_key kOddValue = {{"a:b", 3}, &kNotUtf8, 1, 0};
const wk_context_key kHugeCount = {{"a:b", 3}, kTwo, SIZE_MAX, 1};

constexpr BadFields kBadFields[] = {
    {"no action", [](wk_request_fields& f) { f.action = {}; }, WK_INVALID_INPUT},
    {"no resource", [](wk_request_fields& f) { f.resource = {}; }, WK_INVALID_INPUT},
    {"a null action",
     [](wk_request_fields& f) {
       f.action = {nullptr, 4};
     },
     WK_INVALID_ARGUMENT},
    {"an action of bytes", [](wk_request_fields& f) { f.action = kNotUtf8; }, WK_INVALID_INPUT},
    {"a huge action", [](wk_request_fields& f) { f.action.size = SIZE_MAX; }, WK_TOO_LARGE},
    {"an odd account",
     [](wk_request_fields& f) {
       f.resource_account = {"12", 2};
     },
     WK_INVALID_INPUT},
    {"two principals",
     [](wk_request_fields& f) {
       f.principal.service = {"s3", 2};
     },
     WK_INVALID_INPUT},
    {"an odd ARN",
     [](wk_request_fields& f) {
       f.principal.arn = {"arn:aws", 7};
     },
     WK_INVALID_INPUT},
    {"a null context", [](wk_request_fields& f) { f.context_count = 1; }, WK_INVALID_ARGUMENT},
    {"a huge context", [](wk_request_fields& f) { f.context = kTwice, f.context_count = SIZE_MAX; },
     WK_TOO_LARGE},
    {"a key twice", [](wk_request_fields& f) { f.context = kTwice, f.context_count = 2; }, WK_INVALID_INPUT},
    {"null values", [](wk_request_fields& f) { f.context = &kNullValues, f.context_count = 1; },
     WK_INVALID_ARGUMENT},
    {"a key without a name", [](wk_request_fields& f) { f.context = &kNoName, f.context_count = 1; },
     WK_INVALID_INPUT},
    {"a value of bytes", [](wk_request_fields& f) { f.context = &kOddValue, f.context_count = 1; },
     WK_INVALID_INPUT},
    {"a huge number of values", [](wk_request_fields& f) { f.context = &kHugeCount, f.context_count = 1; },
     WK_TOO_LARGE},
};

TEST(Interface, FieldsThatAreNoRequestAreRefused) {
  for (const BadFields& bad : kBadFields) {
    wk_request_fields fields = Fields("*");
    bad.spoil(fields);
    wk_request* request = nullptr;
    wk_text* error = nullptr;
    EXPECT_EQ(wk_request_create(&fields, &request, &error), bad.status) << bad.name;
    EXPECT_EQ(request, nullptr) << bad.name;
    EXPECT_NE(std::string(wk_text_data(error)).find("\"message\":"), std::string::npos) << bad.name;
    wk_text_free(error);
  }
}

// A change that fails leaves the request as it was.
TEST(Interface, ChangesThatFailChangeNothing) {
  const Policies policies(kPolicies);
  const Asked request(Fields("arn:aws:s3:::team/ann/plan"));
  EXPECT_EQ(wk_request_set_action(request.handle, {nullptr, 0}), WK_INVALID_INPUT);
  EXPECT_EQ(wk_request_set_action(request.handle, kNotUtf8), WK_INVALID_INPUT);
  EXPECT_EQ(wk_request_set_resource(request.handle, {"x", SIZE_MAX}, View("")), WK_TOO_LARGE);
  EXPECT_EQ(wk_request_set_resource(request.handle, View("*"), View("nobody")), WK_INVALID_INPUT);
  EXPECT_EQ(wk_request_set_context(request.handle, &kNullValues), WK_INVALID_ARGUMENT);
  EXPECT_EQ(wk_request_set_context(request.handle, &kHugeCount), WK_TOO_LARGE);
  EXPECT_EQ(wk_request_set_context(request.handle, &kOddValue), WK_INVALID_INPUT);
  EXPECT_EQ(Decide(policies, request).verdict, WK_ALLOWED);
}

}  // namespace
}  // namespace wardkeep::capi
