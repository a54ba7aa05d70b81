// Decisions in process over generated policies, linear and indexed: workloads W1 to W4 and W6 of the
// performance notes at 10 to 10,000 statements, for a request that hits the first statement, the last, none,
// or a deny. Every setup is checked once before it is timed: same decision with the index and without, and
// the expected verdict.
//
//   policy_workloads_bench --benchmark_filter=W1
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "wardkeep/evaluate.h"
#include "wardkeep/parse.h"

namespace wardkeep::policy {
namespace {

constexpr const char* kAccount = "111122223333";

std::string Number(int64_t i) {
  return std::to_string(i);
}

std::string Quoted(const std::string& text) {
  return '"' + text + '"';
}

PolicyPtr Make(const std::string& statements, DocumentKind kind = DocumentKind::kIdentity) {
  const ParseOutcome parsed = ParseDocument(R"({"Version":"2012-10-17","Statement":[)" + statements + "]}",
                                            kind, {.partition = "aws", .accept_full_access_rcp = true});
  if (!parsed.document) std::abort();
  return Compile(*parsed.document);
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

// A policy set of one policy per layer and level, and the same with indexes.
class Layers {
 public:
  enum Slot : std::size_t {
    kIdentity,
    kBoundary,
    kSession,
    kResource,
    kScp,
    kRcp,
    kFullScp,
    kFullRcp,
    kSlots
  };

  // Guards at every level of the organization, not only at the root and the account.
  void GuardEveryLevel() { every_level_ = true; }
  void Add(Slot slot, PolicyPtr policy) {
    views_[slot].push_back(policy.get());
    policies_.push_back(std::move(policy));
  }
  PolicySet View(bool indexed) {
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
    std::vector<PolicySet::Level>& levels = levels_[indexed ? 1 : 0];
    const auto repeat = [&](Slot slot, std::size_t depth) {
      PolicySet::Level level;
      level.policies = layer(slot, level.index);
      levels.insert(levels.end(), depth, level);
    };
    levels.clear();
    if (views_[kScp].empty()) return set;
    repeat(kScp, 1);
    repeat(every_level_ ? kScp : kFullScp, 3);
    repeat(kScp, 1);
    repeat(kRcp, 1);
    repeat(every_level_ ? kRcp : kFullRcp, 2);
    set.service_control = std::span(levels).first(5);
    set.resource_control = std::span(levels).last(3);
    return set;
  }

 private:
  std::vector<PolicyPtr> policies_;
  std::array<std::vector<const CompiledPolicy*>, kSlots> views_;
  std::array<PolicyIndexPtr, kSlots> indexes_;
  std::array<std::vector<PolicySet::Level>, 2> levels_;
  bool every_level_ = false;
};

void Decide(benchmark::State& state, Layers& layers, const Request& request, Verdict verdict, bool indexed) {
  const PolicySet plain = layers.View(false);
  const PolicySet set = layers.View(true);
  const Decision decision = Evaluate(request, set);
  if (decision.verdict != verdict || decision != Evaluate(request, plain)) std::abort();
  const PolicySet& timed = indexed ? set : plain;
  for (auto _ : state) benchmark::DoNotOptimize(Evaluate(request, timed));
  if (indexed) state.counters["bytes"] = static_cast<double>(set.indexes.identity->bytes());
}

std::string Join(int64_t first, int64_t end, const std::function<std::string(int64_t)>& statement) {
  std::string text;
  for (int64_t i = first; i < end; ++i) text += (i == first ? "" : ",") + statement(i);
  return text;
}

// `count` statements in policies of up to 50.
void AddIdentity(Layers& layers, int64_t count, const std::function<std::string(int64_t)>& statement) {
  constexpr int64_t kPerPolicy = 50;
  for (int64_t i = 0; i < count; i += kPerPolicy) {
    layers.Add(Layers::kIdentity, Make(Join(i, std::min(count, i + kPerPolicy), statement)));
  }
}

std::string Key(int64_t i) {
  return Bucket(i) + "/team" + Number(i) + "/report/2026/01.csv";
}

struct Ask {
  const char* name;
  std::function<Request(int64_t)> request;
  Verdict verdict;
};

void Register(const std::string& workload, const std::function<std::string(int64_t)>& statement,
              const std::vector<Ask>& asks) {
  for (const bool indexed : {true, false}) {
    for (const Ask& ask : asks) {
      const auto run = [=](benchmark::State& state) {
        Layers layers;
        AddIdentity(layers, state.range(0), statement);
        Decide(state, layers, ask.request(state.range(0)), ask.verdict, indexed);
      };
      benchmark::RegisterBenchmark((workload + (indexed ? "/indexed/" : "/linear/") + ask.name).c_str(), run)
          ->Arg(10)
          ->Arg(100)
          ->Arg(1000)
          ->Arg(10000);
    }
  }
}

// The last statement of a shape among n.
int64_t Last(int64_t n, int64_t shape) {
  return n - 10 + shape;
}

void RegisterIdentityOnly() {
  const auto miss = [](int64_t) { return MakeRequest("arn:aws:s3:::other/team/report.csv"); };
  Register("W1", PlainStatement,
           {{"hit_first", [](int64_t) { return MakeRequest(Key(0)); }, Verdict::kAllowed},
            {"hit_last", [](int64_t n) { return MakeRequest(Key(n - 1)); }, Verdict::kAllowed},
            {"miss", miss, Verdict::kImplicitDeny}});
  Register("W2", MixedStatement,
           {{"hit_first", [](int64_t) { return MakeRequest(Key(0)); }, Verdict::kAllowed},
            {"hit_last", [](int64_t n) { return MakeRequest(Key(Last(n, 9))); }, Verdict::kAllowed},
            {"hit_unlisted_action", [](int64_t n) { return MakeRequest(Key(Last(n, 4)), "s3:HeadObject"); },
             Verdict::kAllowed},
            {"miss", miss, Verdict::kImplicitDeny},
            {"deny", [](int64_t n) { return MakeRequest(Key(Last(n, 3))); }, Verdict::kExplicitDeny}});
  const auto home = [](int64_t i) { return Bucket(i) + "/home/ann/notes.txt"; };
  Register("W3", ExcludingStatement,
           {{"hit_first", [=](int64_t) { return MakeRequest(home(0)); }, Verdict::kAllowed},
            {"hit_last", [=](int64_t n) { return MakeRequest(home(Last(n, 8))); }, Verdict::kAllowed},
            {"miss", miss, Verdict::kImplicitDeny},
            {"deny", [=](int64_t n) { return MakeRequest(home(Last(n, 8)), "s3:DeleteObject"); },
             Verdict::kExplicitDeny}});
}

// W4: another account's bucket, `n` statements in the identity policies and in the resource policy, service
// control policies at five levels, resource control policies at three, boundary and session. The full access
// policy is attached everywhere; guards that deny stand at the root and the account, or at every level.
void RegisterLayered() {
  const std::string open = Statement("Allow", R"("Action":"*")", R"("Resource":"*")");
  const std::string guard =
      open + "," + Statement("Deny", R"("Action":["organizations:*","account:*"])", R"("Resource":"*")") +
      "," +
      Statement("Deny", R"("NotAction":["iam:*","s3:*"])", R"("Resource":"*")",
                R"({"StringNotEquals":{"aws:RequestedRegion":"eu-west-1"}})");
  const auto to_all = [](std::string statement) { return statement.insert(1, R"("Principal":"*",)"); };
  const auto run = [=](benchmark::State& state, bool indexed, bool every_level) {
    Layers layers;
    if (every_level) layers.GuardEveryLevel();
    layers.Add(Layers::kFullScp, Make(open, DocumentKind::kServiceControl));
    layers.Add(Layers::kFullRcp, Make(to_all(open), DocumentKind::kResourceControl));
    const int64_t n = state.range(0);
    AddIdentity(layers, n, MixedStatement);
    layers.Add(Layers::kBoundary,
               Make(Statement("Allow", R"("Action":["s3:*","sqs:*"])", R"("Resource":"*")"),
                    DocumentKind::kPermissionsBoundary));
    layers.Add(Layers::kSession, Make(Statement("Allow", R"("Action":"s3:Get*")", R"("Resource":"*")"),
                                      DocumentKind::kSession));
    layers.Add(Layers::kResource, Make(Join(0, n, [&](int64_t i) { return to_all(MixedStatement(i)); }),
                                       DocumentKind::kResource));
    layers.Add(Layers::kScp, Make(guard, DocumentKind::kServiceControl));
    layers.Add(Layers::kRcp, Make(to_all(open) + "," +
                                      to_all(Statement("Deny", R"("Action":"s3:*")", R"("Resource":"*")",
                                                       R"({"Bool":{"aws:SecureTransport":"false"}})")),
                                  DocumentKind::kResourceControl));
    Request request = MakeRequest(Key(Last(n, 9)));
    request.resource_account = "444455556666";
    Decide(state, layers, request, Verdict::kAllowed, indexed);
  };
  for (const bool indexed : {true, false}) {
    for (const bool every_level : {false, true}) {
      const std::string name = std::string("W4/") + (indexed ? "indexed/" : "linear/") +
                               (every_level ? "guarded_everywhere" : "hit_last");
      benchmark::RegisterBenchmark(name.c_str(),
                                   [=](benchmark::State& state) { run(state, indexed, every_level); })
          ->Arg(10)
          ->Arg(100)
          ->Arg(1000);
    }
  }
}

std::string Repeat(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

// W6: patterns that nearly match a key of 8,192 times 'a'.
void RegisterHostile() {
  struct Hostile {
    const char* name;
    std::string pattern;
  };
  const Hostile patterns[] = {{"stars_8", Repeat("*a", 8) + "*b"},
                              {"stars_2000", Repeat("*a", 2000) + "*b"},
                              {"stars_2000_open", Repeat("*a", 2000) + "*b*"},
                              {"long_text", "*" + Repeat("a", 4000) + "b*"},
                              {"questions", "*" + Repeat("a?", 2000) + "ab*"}};
  for (const bool indexed : {true, false}) {
    for (const Hostile& hostile : patterns) {
      const std::string pattern = hostile.pattern;
      benchmark::RegisterBenchmark(
          (std::string("W6") + (indexed ? "/indexed/" : "/linear/") + hostile.name).c_str(),
          [=](benchmark::State& state) {
            Layers layers;
            layers.Add(Layers::kIdentity,
                       Make(Statement("Allow", R"("Action":"*")",
                                      R"("Resource":)" + Quoted("arn:aws:s3:::" + pattern))));
            Decide(state, layers, MakeRequest("arn:aws:s3:::" + std::string(8192, 'a')),
                   Verdict::kImplicitDeny, indexed);
          });
    }
  }
}

void BuildIndex(benchmark::State& state) {
  Layers layers;
  AddIdentity(layers, state.range(0), MixedStatement);
  const PolicySet set = layers.View(false);
  for (auto _ : state) benchmark::DoNotOptimize(MakeIndex(set.identity));
}
BENCHMARK(BuildIndex)->Arg(20)->Arg(100)->Arg(1000)->Arg(10000);

}  // namespace
}  // namespace wardkeep::policy

int main(int argc, char** argv) {
  wardkeep::policy::RegisterIdentityOnly();
  wardkeep::policy::RegisterLayered();
  wardkeep::policy::RegisterHostile();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
