#include "decision_cases.h"

#include <algorithm>
#include <cstdlib>

#include "catalog/managed_policies.h"
#include "wardkeep/parse.h"

namespace wardkeep::policy {
namespace {

using StatementMaker = std::function<std::string(int64_t)>;
using RequestMaker = std::function<Request(int64_t)>;

constexpr const char* kAccount = "111122223333";

std::string Number(int64_t i) {
  return std::to_string(i);
}

std::string Quoted(const std::string& text) {
  return '"' + text + '"';
}

std::string Statement(const std::string& effect, const std::string& action, const std::string& resource,
                      const std::string& condition = "") {
  return R"({"Effect":)" + Quoted(effect) + "," + action + "," + resource +
         (condition.empty() ? "" : R"(,"Condition":)" + condition) + "}";
}

std::string Bucket(int64_t i) {
  return "arn:aws:s3:::bucket" + Number(i);
}

// W1: one action, one prefix each.
std::string PlainStatement(int64_t i) {
  return Statement("Allow", R"("Action":"s3:GetObject")",
                   R"("Resource":)" + Quoted(Bucket(i) + "/team" + Number(i) + "/*"));
}

// W2: of ten statements six with a trailing star or exact, two with wildcards in actions, one with a star in
// the middle, one deny; four with conditions.
std::string MixedStatement(int64_t i) {
  static constexpr std::array kActions = {"s3:GetObject", "s3:Get*",      "s3:PutObject", "s3:GetObject",
                                          "s3:*Object",   "s3:GetObject", "s3:GetObject", "s3:DeleteObject",
                                          "s3:GetObject", "s3:GetObject"};
  static constexpr std::array kTeams = {"blue", "blue", "red", "green"};
  const auto shape = static_cast<std::size_t>(i % 10);
  const std::string condition =
      shape == 1 || shape == 4 || shape == 6 || shape == 9
          ? R"({"StringEquals":{"aws:PrincipalTag/team":)" +
                Quoted(kTeams[static_cast<std::size_t>(i / 10) % (shape == 6 ? 4 : 2)]) +
                R"(},"Bool":{"aws:SecureTransport":"true"}})"
          : "";
  const std::string resource = shape == 5   ? "/*/shared/*"
                               : shape == 8 ? "/exact.csv"
                                            : "/team" + Number(i) + "/*";
  return Statement(shape == 3 ? "Deny" : "Allow", R"("Action":)" + Quoted(kActions[shape]),
                   R"("Resource":)" + Quoted(Bucket(i) + resource), condition);
}

// W3: every tenth NotAction, every tenth NotResource, the rest with variables in half of the resources.
std::string ExcludingStatement(int64_t i) {
  const std::string resource = Quoted(Bucket(i) + (i % 2 == 0 ? "/home/${aws:username}/*" : "/team/*"));
  if (i % 10 == 4) return Statement("Allow", R"("NotAction":["s3:*","iam:*"])", R"("Resource":)" + resource);
  if (i % 10 == 7) return Statement("Deny", R"("Action":"s3:Delete*")", R"("NotResource":)" + resource);
  return Statement("Allow", R"("Action":"s3:GetObject")", R"("Resource":)" + resource);
}

Request MakeRequest(const std::string& resource, const std::string& action = "s3:GetObject") {
  Request request;
  request.principal.kind = PrincipalKind::kUser;
  request.principal.account_id = kAccount;
  request.principal.arn = "arn:aws:iam::111122223333:user/ann";
  request.action = action;
  request.resource = resource;
  const std::pair<std::string, std::string> tags[] = {{"team", "blue"}};
  FillPrincipalKeys(request.principal, tags, request.context);
  request.context.Set("aws:SecureTransport", "true");
  request.context.Set("aws:SourceIp", "203.0.113.9");
  request.context.Set("aws:CurrentTime", "2026-01-01T00:00:00Z");
  return request;
}

std::string Join(int64_t first, int64_t end, const StatementMaker& statement) {
  std::string text;
  for (int64_t i = first; i < end; ++i) text += (i == first ? "" : ",") + statement(i);
  return text;
}

// `count` statements in policies of up to 50.
void AddIdentity(Layers& layers, int64_t count, const StatementMaker& statement) {
  constexpr int64_t kPerPolicy = 50;
  for (int64_t i = 0; i < count; i += kPerPolicy) {
    layers.Add(Layers::kIdentity, MakePolicy(Join(i, std::min(count, i + kPerPolicy), statement)));
  }
}

std::string Key(int64_t i) {
  return Bucket(i) + "/team" + Number(i) + "/report/2026/01.csv";
}

// The last statement of a shape among n.
int64_t Last(int64_t n, int64_t shape) {
  return n - 10 + shape;
}

void AddIdentityOnly(const std::string& name, const StatementMaker& statement, const RequestMaker& request,
                     Verdict verdict, std::vector<DecisionCase>& cases) {
  const auto make = [=](int64_t n) {
    auto setup = std::make_unique<DecisionSetup>();
    AddIdentity(setup->layers, n, statement);
    setup->request = request(n);
    setup->expected = verdict;
    return setup;
  };
  cases.push_back({name, {10, 100, 1000, 10000}, make});
}

void AddIdentityOnly(std::vector<DecisionCase>& cases) {
  const auto miss = [](int64_t) { return MakeRequest("arn:aws:s3:::other/team/report.csv"); };
  const auto key = [](int64_t shape) { return [=](int64_t n) { return MakeRequest(Key(Last(n, shape))); }; };
  const auto first = [](int64_t) { return MakeRequest(Key(0)); };
  AddIdentityOnly("W1/hit_first", PlainStatement, first, Verdict::kAllowed, cases);
  AddIdentityOnly("W1/hit_last", PlainStatement, key(9), Verdict::kAllowed, cases);
  AddIdentityOnly("W1/miss", PlainStatement, miss, Verdict::kImplicitDeny, cases);
  AddIdentityOnly("W2/hit_first", MixedStatement, first, Verdict::kAllowed, cases);
  AddIdentityOnly("W2/hit_last", MixedStatement, key(9), Verdict::kAllowed, cases);
  const auto unlisted = [](int64_t n) { return MakeRequest(Key(Last(n, 4)), "s3:HeadObject"); };
  AddIdentityOnly("W2/hit_unlisted_action", MixedStatement, unlisted, Verdict::kAllowed, cases);
  AddIdentityOnly("W2/miss", MixedStatement, miss, Verdict::kImplicitDeny, cases);
  AddIdentityOnly("W2/deny", MixedStatement, key(3), Verdict::kExplicitDeny, cases);
  const auto home = [](int64_t i) { return Bucket(i) + "/home/ann/notes.txt"; };
  const auto last_home = [=](int64_t n) { return MakeRequest(home(Last(n, 8))); };
  const auto delete_home = [=](int64_t n) { return MakeRequest(home(Last(n, 8)), "s3:DeleteObject"); };
  AddIdentityOnly(
      "W3/hit_first", ExcludingStatement, [=](int64_t) { return MakeRequest(home(0)); }, Verdict::kAllowed,
      cases);
  AddIdentityOnly("W3/hit_last", ExcludingStatement, last_home, Verdict::kAllowed, cases);
  AddIdentityOnly("W3/miss", ExcludingStatement, miss, Verdict::kImplicitDeny, cases);
  AddIdentityOnly("W3/deny", ExcludingStatement, delete_home, Verdict::kExplicitDeny, cases);
}

// What an organization forbids at one of its levels: on top of full access, two denies, the second with a
// condition.
std::string Guard(std::size_t level) {
  static constexpr std::array kForbidden = {
      R"("organizations:*","account:*")", R"("ec2:*Vpn*","directconnect:*")",
      R"("cloudtrail:Stop*","config:Delete*")", R"("iam:CreateUser","iam:CreateAccessKey")",
      R"("kms:ScheduleKeyDeletion","kms:DisableKey")"};
  static constexpr std::array kRegions = {"eu-west-1", "eu-central-1", "us-east-1", "us-west-2",
                                          "eu-north-1"};
  return Statement("Allow", R"("Action":"*")", R"("Resource":"*")") + "," +
         Statement("Deny", std::string(R"("Action":[)") + kForbidden[level] + "]", R"("Resource":"*")") +
         "," +
         Statement("Deny", R"("NotAction":["iam:*","s3:*","sts:*"])", R"("Resource":"*")",
                   std::string(R"({"StringNotEquals":{"aws:RequestedRegion":")") + kRegions[level] + "\"}}");
}

// W4: another account's bucket, `n` statements in the identity policies and in the resource policy, service
// control policies at five levels, resource control policies at three, boundary and session. Guards that deny
// stand at the root and the account, with the full access policy alone between them, or at every level, each
// another one.
std::unique_ptr<DecisionSetup> MakeLayered(int64_t n, bool every_level) {
  const std::string open = Statement("Allow", R"("Action":"*")", R"("Resource":"*")");
  const auto to_all = [](std::string statement) { return statement.insert(1, R"("Principal":"*",)"); };
  const std::string secure = to_all(open) + "," +
                             to_all(Statement("Deny", R"("Action":"s3:*")", R"("Resource":"*")",
                                              R"({"Bool":{"aws:SecureTransport":"false"}})"));
  auto setup = std::make_unique<DecisionSetup>();
  Layers& layers = setup->layers;
  AddIdentity(layers, n, MixedStatement);
  layers.Add(Layers::kBoundary,
             MakePolicy(Statement("Allow", R"("Action":["s3:*","sqs:*"])", R"("Resource":"*")"),
                        DocumentKind::kPermissionsBoundary));
  layers.Add(Layers::kSession, MakePolicy(Statement("Allow", R"("Action":"s3:Get*")", R"("Resource":"*")"),
                                          DocumentKind::kSession));
  layers.Add(Layers::kResource, MakePolicy(Join(0, n, [&](int64_t i) { return to_all(MixedStatement(i)); }),
                                           DocumentKind::kResource));
  for (std::size_t level = 0; level < 5; ++level) {
    const bool guarded = every_level || level == 0 || level == 4;
    layers.Add(static_cast<Layers::Slot>(Layers::kScp + level),
               MakePolicy(guarded ? Guard(level) : open, DocumentKind::kServiceControl));
  }
  for (std::size_t level = 0; level < 3; ++level) {
    layers.Add(static_cast<Layers::Slot>(Layers::kRcp + level),
               MakePolicy(level == 0 ? secure : to_all(open), DocumentKind::kResourceControl));
  }
  setup->request = MakeRequest(Key(Last(n, 9)));
  setup->request.resource_account = "444455556666";
  setup->expected = Verdict::kAllowed;
  return setup;
}

void AddLayered(std::vector<DecisionCase>& cases) {
  const std::vector<int64_t> sizes = {10, 100, 1000};
  cases.push_back({"W4/hit_last", sizes, [](int64_t n) { return MakeLayered(n, false); }});
  cases.push_back({"W4/guarded_everywhere", sizes, [](int64_t n) { return MakeLayered(n, true); }});
}

// W5: the first `count` of these policies of AWS.
std::unique_ptr<DecisionSetup> MakeManaged(int64_t count, const std::string& action,
                                           const std::string& resource, Verdict verdict) {
  static constexpr std::array kAttached = {"AmazonS3ReadOnlyAccess",   "AmazonEC2FullAccess",
                                           "CloudWatchLogsFullAccess", "AmazonSQSFullAccess",
                                           "AmazonDynamoDBFullAccess", "AWSLambda_FullAccess",
                                           "IAMReadOnlyAccess",        "SecurityAudit",
                                           "AmazonRDSFullAccess",      "AmazonElastiCacheFullAccess"};
  auto setup = std::make_unique<DecisionSetup>();
  for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
    const auto entry =
        catalog::FindManagedPolicy(std::string(catalog::kManagedPolicyArnPrefix) + kAttached.at(i));
    if (!entry) std::abort();
    const ParseOutcome parsed =
        ParseDocument(catalog::ManagedPolicyDocument(*entry), DocumentKind::kIdentity);
    if (!parsed.document) std::abort();
    setup->layers.Add(Layers::kIdentity, Compile(*parsed.document));
  }
  setup->request = MakeRequest(resource, action);
  setup->expected = verdict;
  return setup;
}

void AddManaged(std::vector<DecisionCase>& cases) {
  const std::vector<int64_t> sizes = {1, 3, 10};
  const auto add = [&](const std::string& name, const std::string& action, const std::string& resource,
                       Verdict verdict) {
    const auto make = [=](int64_t count) { return MakeManaged(count, action, resource, verdict); };
    cases.push_back({name, sizes, make});
  };
  add("W5/hit", "s3:GetObject", "arn:aws:s3:::reports/2026/01.csv", Verdict::kAllowed);
  add("W5/miss", "organizations:LeaveOrganization", "*", Verdict::kImplicitDeny);
  add("W5/miss_known_service", "s3:PutObject", "arn:aws:s3:::reports/2026/01.csv", Verdict::kImplicitDeny);
}

std::string Repeat(const std::string& text, int64_t times) {
  std::string all;
  for (int64_t i = 0; i < times; ++i) all += text;
  return all;
}

// W6: patterns that nearly match a long key.
void AddHostile(std::vector<DecisionCase>& cases) {
  struct Hostile {
    const char* name;
    std::string pattern;
    std::string key;  // repeated up to the size
  };
  const Hostile patterns[] = {
      {"stars_8", Repeat("*a", 8) + "*b", "a"},
      {"stars_2000", Repeat("*a", 2000) + "*b", "a"},
      {"stars_2000_open", Repeat("*a", 2000) + "*b*", "a"},
      {"pairs_2000", Repeat("*aa", 2000) + "*b*", "a"},
      {"long_text", "*" + Repeat("a", 4000) + "b*", "a"},
      {"long_text_twice", "*" + Repeat("a", 2000) + "*" + Repeat("a", 2000) + "b*", "a"},
      {"text_200", "*b" + Repeat("a", 200) + "*", "a"},
      {"text_200_end", "*" + Repeat("a", 200) + "b*", "a"},
      {"text_b_first", "*b" + Repeat("a", 4000) + "*", "a"},
      {"question", "*a?ab*", "a"},
      {"questions", "*" + Repeat("a?", 2000) + "ab*", "a"},
      {"questions_between", "*" + Repeat("a", 2000) + "?" + Repeat("a", 2000) + "b*", "a"},
      {"question_chunks", Repeat("*a?a", 1000) + "*b*", "a"},
      {"text_200_inside", "*" + Repeat("a", 100) + "b" + Repeat("a", 100) + "*", Repeat("a", 99) + "b"},
      {"text_4000_inside", "*" + Repeat("a", 2000) + "b" + Repeat("a", 2000) + "*", Repeat("a", 1999) + "b"},
      {"question_60_inside", "*" + Repeat("a", 30) + "?" + Repeat("a", 30) + "b*", Repeat("a", 59) + "b"},
      {"questions_inside_even", "*" + Repeat("a?", 1000) + "aa" + Repeat("a?", 1000) + "a*", "ab"},
      {"question_shifted", Repeat("*a?b", 1000) + "*c*", "aaab"},
      {"question_once", "*" + Repeat("a", 1000) + "?" + Repeat("a", 3000) + "*",
       Repeat("a", 4000) + "b" + Repeat("a", 194) + "b" + Repeat("a", 4000)},
      {"questions_inside", "*" + Repeat("a?", 1000) + "aa" + Repeat("a?", 1000) + "b*", "ab"},
  };
  for (const auto& [name, pattern, key] : patterns) {
    const std::string resource = R"("Resource":)" + Quoted("arn:aws:s3:::" + pattern);
    const auto make = [resource, part = key](int64_t size) {
      auto setup = std::make_unique<DecisionSetup>();
      setup->layers.Add(Layers::kIdentity, MakePolicy(Statement("Allow", R"("Action":"*")", resource)));
      const std::string repeated = Repeat(part, size / static_cast<int64_t>(part.size()) + 1);
      setup->request = MakeRequest("arn:aws:s3:::" + repeated.substr(0, static_cast<std::size_t>(size)));
      return setup;
    };
    cases.push_back({std::string("W6/") + name, {8192}, make});
  }
}

std::unique_ptr<DecisionSetup> Checked(std::unique_ptr<DecisionSetup> setup) {
  const Decision decision = Evaluate(setup->request, setup->layers.View(true));
  const bool right =
      decision.verdict == setup->expected && decision == Evaluate(setup->request, setup->layers.View(false));
  if (!right) std::abort();
  return setup;
}

std::vector<DecisionCase> MakeCases() {
  std::vector<DecisionCase> cases;
  AddIdentityOnly(cases);
  AddLayered(cases);
  AddManaged(cases);
  AddHostile(cases);
  for (DecisionCase& one : cases) {
    one.make = [make = std::move(one.make)](int64_t size) { return Checked(make(size)); };
  }
  return cases;
}

}  // namespace

PolicySet Layers::View(bool indexed) {
  PolicySet set;
  const auto layer = [&](Slot slot, const PolicyIndex*& index) {
    const PolicySet::Policies policies = views_[slot];
    if (!indexed) return policies;
    if (indexes_[slot] == nullptr) indexes_[slot] = MakeIndex(policies);
    index = indexes_[slot].get();
    return index->policies();
  };
  set.identity = layer(kIdentity, set.indexes.identity);
  if (!views_[kBoundary].empty())
    set.permissions_boundary = layer(kBoundary, set.indexes.permissions_boundary);
  if (!views_[kSession].empty()) set.session = layer(kSession, set.indexes.session);
  if (!views_[kResource].empty()) {
    set.resource = views_[kResource].front();
    layer(kResource, set.indexes.resource);
  }
  if (views_[kScp].empty()) return set;
  levels_.clear();
  for (std::size_t slot = kScp; slot < kSlots; ++slot) levels_.push_back({views_[slot]});
  const auto merge = [&](std::span<const PolicySet::Level> levels, LevelsIndexPtr& made,
                         const LevelsIndex*& index) {
    if (!indexed) return levels;
    if (made == nullptr) made = MakeLevelsIndex(levels);
    index = made.get();
    return index->levels();
  };
  set.service_control = merge(std::span(levels_).first(5), organization_[0], set.indexes.service_control);
  set.resource_control = merge(std::span(levels_).last(3), organization_[1], set.indexes.resource_control);
  return set;
}

PolicyPtr MakePolicy(const std::string& statements, DocumentKind kind) {
  const ParseOutcome parsed = ParseDocument(R"({"Version":"2012-10-17","Statement":[)" + statements + "]}",
                                            kind, {.partition = "aws", .accept_full_access_rcp = true});
  if (!parsed.document) std::abort();
  return Compile(*parsed.document);
}

const std::vector<DecisionCase>& DecisionCases() {
  static const std::vector<DecisionCase> cases = MakeCases();
  return cases;
}

std::string MixedStatements(int64_t first, int64_t count) {
  return Join(first, first + count, MixedStatement);
}

Request MakeMixedRequest(int64_t i) {
  return MakeRequest(Key(i));
}

}  // namespace wardkeep::policy
