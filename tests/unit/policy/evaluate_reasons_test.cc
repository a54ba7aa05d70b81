// What a decision says beside its verdict, the missing context keys, and the text made from it. The verdicts
// themselves are held by the decision corpus.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "policy/explain/denial_text.h"
#include "wardkeep/evaluate.h"
#include "wardkeep/parse.h"

namespace wardkeep::policy {
namespace {

constexpr const char* kAccount = "111122223333";

PolicyPtr Make(DocumentKind kind, const std::string& statements) {
  ParseOptions options;
  options.accept_full_access_rcp = true;
  const ParseOutcome parsed =
      ParseDocument(R"({"Version":"2012-10-17","Statement":[)" + statements + "]}", kind, options);
  EXPECT_NE(parsed.document, nullptr) << statements << ": " << parsed.error->message;
  return Compile(*parsed.document);
}

// Owns what a PolicySet looks at.
struct Policies {
  std::vector<PolicyPtr> owned;
  std::vector<std::vector<const CompiledPolicy*>> lists;
  std::vector<PolicySet::Level> levels;
  PolicySet set;

  Policies() { lists.reserve(8), levels.reserve(8); }
  const CompiledPolicy* One(DocumentKind kind, const std::string& statements) {
    owned.push_back(Make(kind, statements));
    return owned.back().get();
  }
  PolicySet::Policies List(DocumentKind kind, const std::string& statements) {
    lists.push_back({One(kind, statements)});
    return lists.back();
  }
  std::span<const PolicySet::Level> Level(DocumentKind kind, const std::string& statements) {
    levels.push_back({List(kind, statements)});
    return std::span(levels).last(1);
  }
};

constexpr const char* kAllowAll = R"({"Effect":"Allow","Action":"*","Resource":"*"})";
constexpr const char* kAllowOther = R"({"Effect":"Allow","Action":"ec2:*","Resource":"*"})";
constexpr const char* kDenyAll = R"({"Effect":"Deny","Action":"*","Resource":"*"})";
constexpr const char* kDenyEverybody = R"({"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"})";

Request UserRequest(const std::string& action = "s3:GetObject",
                    const std::string& resource = "arn:aws:s3:::b/k") {
  Request request;
  request.principal.kind = PrincipalKind::kUser;
  request.principal.account_id = kAccount;
  request.principal.arn = "arn:aws:iam::111122223333:user/ann";
  request.action = action;
  request.resource = resource;
  return request;
}

PolicyTypeSet Types(std::initializer_list<PolicyType> types) {
  PolicyTypeSet set;
  for (PolicyType type : types) set.Add(type);
  return set;
}

TEST(Evaluate, NothingGivenIsAnImplicitDenyForEverybodyButRoot) {
  for (int kind = 0; kind <= static_cast<int>(PrincipalKind::kFederated); ++kind) {
    Request request = UserRequest();
    request.principal.kind = static_cast<PrincipalKind>(kind);
    const Decision decision = Evaluate(request, PolicySet());
    if (request.principal.kind == PrincipalKind::kRoot) {
      EXPECT_EQ(decision.basis, Basis::kRootUser);
    } else {
      EXPECT_EQ(decision.verdict, Verdict::kImplicitDeny) << kind;
      EXPECT_FALSE(decision.missing_layers.empty()) << kind;
    }
  }
  EXPECT_FALSE(Evaluate(Request(), PolicySet()).allowed());
}

TEST(Evaluate, NamesTheFirstDenyInTheOrderOfReporting) {
  Policies all;
  all.set.service_control = all.Level(DocumentKind::kServiceControl, kDenyAll);
  all.set.resource_control = all.Level(DocumentKind::kResourceControl, kDenyEverybody);
  all.set.endpoint = all.List(DocumentKind::kEndpoint, kDenyEverybody);
  all.set.resource = all.One(DocumentKind::kResource, kDenyEverybody);
  all.set.identity = all.List(DocumentKind::kIdentity, kDenyAll);
  all.set.permissions_boundary = all.List(DocumentKind::kPermissionsBoundary, kDenyAll);
  all.set.session = all.List(DocumentKind::kSession, kDenyAll);
  const auto denier = [&] { return Evaluate(UserRequest(), all.set).statement->type; };
  EXPECT_EQ(denier(), PolicyType::kServiceControl);
  all.set.service_control.reset();
  EXPECT_EQ(denier(), PolicyType::kResourceControl);
  all.set.resource_control.reset();
  EXPECT_EQ(denier(), PolicyType::kEndpoint);
  all.set.endpoint.reset();
  EXPECT_EQ(denier(), PolicyType::kResource);
  all.set.resource = nullptr;
  EXPECT_EQ(denier(), PolicyType::kIdentity);
  all.set.identity = {};
  EXPECT_EQ(denier(), PolicyType::kPermissionsBoundary);
  all.set.permissions_boundary.reset();
  EXPECT_EQ(denier(), PolicyType::kSession);
}

TEST(Evaluate, ListsEveryLayerThatWouldHaveHadToAllow) {
  Policies some;
  some.set.service_control = some.Level(DocumentKind::kServiceControl, kAllowOther);
  some.set.identity = some.List(DocumentKind::kIdentity, kAllowOther);
  some.set.permissions_boundary = some.List(DocumentKind::kPermissionsBoundary, kAllowOther);
  const Decision decision = Evaluate(UserRequest(), some.set);
  EXPECT_EQ(decision.missing_layers,
            Types({PolicyType::kServiceControl, PolicyType::kIdentity, PolicyType::kPermissionsBoundary}));
  Request foreign = UserRequest("s3:GetObject", "arn:aws:s3:::b/k");
  foreign.resource_account = "444455556666";
  some.set.service_control.reset();
  EXPECT_TRUE(Evaluate(foreign, some.set).missing_layers.Has(PolicyType::kResource));
}

TEST(Evaluate, NumbersControlPoliciesThroughLevels) {
  Policies org;
  org.lists.push_back(
      {org.One(DocumentKind::kServiceControl, kAllowAll), org.One(DocumentKind::kServiceControl, kAllowAll)});
  org.levels.push_back({org.lists.back()});
  org.lists.push_back({org.One(DocumentKind::kServiceControl, std::string(kAllowAll) + "," + kDenyAll)});
  org.levels.push_back({org.lists.back()});
  org.set.service_control = org.levels;
  const StatementRef expected{PolicyType::kServiceControl, 2, 1};
  EXPECT_EQ(*Evaluate(UserRequest(), org.set).statement, expected);
}

TEST(Explanation, ListsWhatMatchedAndChangesNothing) {
  Policies some;
  some.set.identity =
      some.List(DocumentKind::kIdentity, std::string(kAllowAll) + "," + kDenyAll + "," + kAllowOther);
  some.set.endpoint = some.List(DocumentKind::kEndpoint, kDenyEverybody);
  Explanation explanation;
  const Decision explained = Evaluate(UserRequest(), some.set, &explanation);
  EXPECT_EQ(explained, Evaluate(UserRequest(), some.set));
  ASSERT_EQ(explanation.matched.size(), 3U);
  EXPECT_EQ(explanation.matched[0].ref, (StatementRef{PolicyType::kEndpoint, 0, 0}));
  EXPECT_EQ(explanation.matched[1].ref, (StatementRef{PolicyType::kIdentity, 0, 0}));
  EXPECT_EQ(explanation.matched[1].effect, Effect::kAllow);
  EXPECT_EQ(explanation.matched[2].ref, (StatementRef{PolicyType::kIdentity, 0, 1}));
}

TEST(Explanation, ListsKeysThatStatementsAskedForAndTheRequestLacks) {
  Policies some;
  some.set.identity = some.List(DocumentKind::kIdentity, R"(
      {"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/${aws:PrincipalTag/Team}/${z:default, 'x'}"},
      {"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{
          "StringLike":{"aws:Referer":"${a:Variable}","AWS:PrincipalTag/team":"x"},"Bool":{"aws:SecureTransport":"true"}}},
      {"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::other","Condition":{"Bool":{"not:asked":"true"}}},
      {"Effect":"Allow","Action":"ec2:*","Resource":"*","Condition":{"Bool":{"not:asked":"true"}}})");
  Request request = UserRequest();
  request.context.Set("aws:securetransport", "true");
  Explanation explanation;
  Evaluate(request, some.set, &explanation);
  EXPECT_EQ(explanation.missing_context_keys,
            (std::vector<std::string>{"a:Variable", "aws:PrincipalTag/Team", "aws:Referer"}));
}

TEST(Compile, ListsContextKeysAndKeepsPositions) {
  const PolicyPtr policy = Make(DocumentKind::kIdentity, R"({"Sid":"One","Effect":"Allow","Action":"s3:*",
      "Resource":"arn:aws:s3:::b/${AWS:username}","Condition":{"StringEquals":{"aws:Tag":"${s3:Prefix}","AWS:tag":"x"}}})");
  const std::vector<std::string> keys(policy->context_keys().begin(), policy->context_keys().end());
  EXPECT_EQ(keys, (std::vector<std::string>{"aws:tag", "aws:username", "s3:prefix"}));
  EXPECT_EQ(policy->statement_count(), 1U);
  EXPECT_EQ(policy->sid(0), "One");
  EXPECT_EQ(policy->start(0).line, 1U);
  EXPECT_EQ(policy->start(0).column, 38U);
  EXPECT_EQ(policy->end(0).line, 2U);
}

TEST(RequestContext, FoldsKeysAndReplacesValues) {
  RequestContext context;
  context.Set("aws:A", "1");
  context.SetDefault("AWS:a", "2");
  EXPECT_EQ(context.Find("aws:a")->values, std::vector<std::string>{"1"});
  context.SetMulti("AWS:A", {"x", "y"});
  EXPECT_TRUE(context.Find("aws:a")->multi_valued);
  context.Set("aws:a", "3");
  EXPECT_FALSE(context.Find("aws:a")->multi_valued);
  EXPECT_EQ(context.entries().size(), 1U);
  for (int i = 0; i < 100; ++i) context.Set("k" + std::to_string(i), std::to_string(i));
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(context.Find("K" + std::to_string(i))->values.front(), std::to_string(i));
  }
  EXPECT_EQ(context.Find("k100"), nullptr);
}

TEST(PrincipalKeys, FollowTheKindOfCaller) {
  const auto value = [](const Principal& principal, std::string_view key) {
    RequestContext context;
    const std::vector<std::pair<std::string, std::string>> tags = {{"Team", "blue"}};
    FillPrincipalKeys(principal, tags, context);
    const auto* entry = context.Find(key);
    return entry == nullptr ? std::string("(absent)") : entry->values.front();
  };
  Principal session;
  session.kind = PrincipalKind::kRoleSession;
  session.account_id = kAccount;
  session.entity_arn = "arn:aws:iam::111122223333:role/p/R";
  session.entity_id = "AROAX";
  session.arn = "arn:aws:sts::111122223333:assumed-role/R/s";
  EXPECT_EQ(value(session, "aws:PrincipalArn"), session.entity_arn);
  EXPECT_EQ(value(session, "aws:userid"), "AROAX:s");
  EXPECT_EQ(value(session, "aws:PrincipalType"), "AssumedRole");
  EXPECT_EQ(value(session, "aws:username"), "(absent)");
  EXPECT_EQ(value(session, "aws:principaltag/team"), "blue");
  session.arn = session.entity_arn;
  EXPECT_EQ(value(session, "aws:userid"), "(absent)") << "the session's name is not known";
  Principal service;
  service.kind = PrincipalKind::kService;
  service.service = "ec2.amazonaws.com";
  EXPECT_EQ(value(service, "aws:PrincipalIsAWSService"), "true");
  EXPECT_EQ(value(service, "aws:PrincipalArn"), "(absent)");
  EXPECT_EQ(value(Principal(), "aws:PrincipalAccount"), "anonymous");
  EXPECT_EQ(value(Principal(), "aws:PrincipalIsAWSService"), "(absent)");
  Principal root;
  root.kind = PrincipalKind::kRoot;
  root.is_assumed_root = true;
  EXPECT_EQ(value(root, "aws:AssumedRoot"), "true");
}

Decision Missing(std::initializer_list<PolicyType> types) {
  Decision decision;
  decision.missing_layers = Types(types);
  return decision;
}

Decision DeniedIn(PolicyType type) {
  Decision decision;
  decision.verdict = Verdict::kExplicitDeny;
  decision.basis = Basis::kStatement;
  decision.statement = StatementRef{type, 0, 0};
  return decision;
}

TEST(DenialText, FollowsTheGrammar) {
  const std::string user = "arn:aws:iam::111122223333:user/bob";
  const std::string role = "arn:aws:iam::111122223333:role/R";
  const auto text = [&](const Decision& decision, std::string_view policy = {}) {
    return DenialText(user, "iam:GetUser", "user ann", decision, policy);
  };
  const std::string start =
      "User: " + user + " is not authorized to perform: iam:GetUser on resource: user ann";
  EXPECT_EQ(text(Missing({PolicyType::kIdentity})),
            start + " because no identity-based policy allows the iam:GetUser action");
  EXPECT_EQ(text(Missing({PolicyType::kSession, PolicyType::kPermissionsBoundary})),
            start + " because no permissions boundary allows the iam:GetUser action");
  EXPECT_EQ(text(Missing({PolicyType::kIdentity, PolicyType::kServiceControl})),
            start + " because no service control policy allows the iam:GetUser action");
  EXPECT_EQ(text(DeniedIn(PolicyType::kIdentity), "arn:aws:iam::111122223333:policy/P"),
            start + " with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/P");
  EXPECT_EQ(text(DeniedIn(PolicyType::kResource), "arn:x"),
            start + " with an explicit deny in a resource-based policy");
  EXPECT_EQ(text(DeniedIn(PolicyType::kResourceControl)),
            start + " with an explicit deny in a resource control policy");
  EXPECT_EQ(text(Decision()), start);
  EXPECT_EQ(DenialText(user, "iam:ListUsers", "", Decision()),
            "User: " + user + " is not authorized to perform: iam:ListUsers");
  const std::string assume =
      "User: " + user + " is not authorized to perform: sts:AssumeRole on resource: " + role;
  EXPECT_EQ(DenialText(user, "sts:AssumeRole", role, Missing({PolicyType::kIdentity})), assume);
  EXPECT_EQ(DenialText(user, "sts:AssumeRole", role, DeniedIn(PolicyType::kResource)),
            assume + " with an explicit deny in the role trust policy");
  EXPECT_EQ(DenialText("", "sts:AssumeRoleWithWebIdentity", role, Missing({PolicyType::kResource})),
            "Not authorized to perform sts:AssumeRoleWithWebIdentity");
  Decision built_in;
  built_in.basis = Basis::kBuiltInDeny;
  EXPECT_EQ(DenialText(user, "sts:AssumeRole", role, built_in), "Roles may not be assumed by root accounts.");
}

}  // namespace
}  // namespace wardkeep::policy
