// Many policies in one layer: the evaluator gives the same decisions and explanations with an index over them
// and without, and with the action catalogue in the index and without. (On few policies the differential test
// holds both to the specification.)
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "catalog/action_catalogue.h"
#include "differential/generate.h"
#include "differential/run.h"
#include "differential/vocabulary.h"
#include "policy_case/difference.h"
#include "wardkeep/parse.h"

namespace wardkeep::differential {
namespace {

using policy::DocumentKind;

class Outcomes {
 public:
  void Compare(const policy::Request& request, const policy::PolicySet& plain,
               const policy::PolicySet& indexed) {
    policy::Explanation one;
    policy::Explanation other;
    const policy::Decision decision = policy::Evaluate(request, plain);
    EXPECT_EQ(policy_case::Describe(policy::Evaluate(request, indexed)), policy_case::Describe(decision));
    EXPECT_EQ(policy::Evaluate(request, plain, &one), decision);
    EXPECT_EQ(policy::Evaluate(request, indexed, &other), decision);
    EXPECT_EQ(one.missing_context_keys, other.missing_context_keys);
    ASSERT_EQ(one.matched.size(), other.matched.size());
    for (std::size_t i = 0; i < one.matched.size(); ++i) EXPECT_EQ(one.matched[i].ref, other.matched[i].ref);
    ++counts_[static_cast<std::size_t>(decision.verdict)];
    if (decision.statement && decision.statement->policy >= 64) ++late_;
  }
  int Of(policy::Verdict verdict) const { return counts_[static_cast<std::size_t>(verdict)]; }
  int late() const { return late_; }

 private:
  int counts_[3] = {};
  int late_ = 0;
};

std::vector<policy::PolicyPtr> MakePolicies(DocumentKind kind, std::size_t theme, std::size_t count,
                                            uint64_t seed) {
  const Knobs knobs;
  std::vector<policy::PolicyPtr> policies;
  for (uint64_t i = 0; policies.size() < count; ++i) {
    const std::vector<uint8_t> bytes = SeededBytes(seed, i);
    ByteSource source(bytes);
    const policy::ParseOutcome parsed =
        policy::ParseDocument(GenerateDocument(source, knobs, kind, theme), kind);
    if (!parsed.document) continue;
    // With a Deny in every tenth document few requests would ever be allowed.
    bool denies = false;
    for (const auto& statement : parsed.document->statements)
      denies |= statement.effect == policy::Effect::kDeny;
    if (denies && i % 50 != 0) continue;
    policies.push_back(policy::Compile(*parsed.document));
  }
  return policies;
}

// The action catalogue of the services that the themes ask for, as an index takes it.
std::vector<std::string> KnownActions() {
  std::vector<std::string> known;
  for (const char* prefix : {"iam", "kms", "s3", "sqs", "sts"}) {
    const auto service = catalog::FindService(prefix);
    if (!service) continue;
    const catalog::ServiceFacts facts = catalog::LoadService(*service);
    for (const catalog::ActionFacts& action : facts.actions()) {
      known.push_back(std::string(prefix) + ":" + base::AsciiLower(action.name));
    }
  }
  EXPECT_GT(known.size(), 300U);
  std::sort(known.begin(), known.end());
  return known;
}

// The same policies as three levels of an organization, each by itself and under one index.
struct ThreeLevels {
  explicit ThreeLevels(policy::PolicySet::Policies policies) {
    const std::size_t third = policies.size() / 3;
    levels = {{policies.first(third)}, {policies.subspan(third, third)}, {policies.subspan(2 * third)}};
    index = policy::MakeLevelsIndex(levels);
    plain.service_control = levels;
    indexed.service_control = index->levels();
    indexed.indexes.service_control = index.get();
  }
  std::vector<policy::PolicySet::Level> levels;
  policy::LevelsIndexPtr index;
  policy::PolicySet plain, indexed;
};

void CompareLayer(DocumentKind kind, std::size_t theme, std::size_t count, uint64_t seed,
                  Outcomes& outcomes) {
  const std::vector<policy::PolicyPtr> policies = MakePolicies(kind, theme, count, seed);
  std::vector<const policy::CompiledPolicy*> views;
  for (const policy::PolicyPtr& policy : policies) views.push_back(policy.get());
  const std::vector<std::string> known = KnownActions();
  const std::vector<std::string_view> known_views(known.begin(), known.end());
  const policy::PolicyIndexPtr index = policy::MakeIndex(views);
  const policy::PolicyIndexPtr knowing = policy::MakeIndex(views, known_views);
  policy::PolicySet plain;
  policy::PolicySet indexed;
  policy::PolicySet with_catalogue;
  const policy::PolicySet::Level plain_level[] = {{views, nullptr}};
  const policy::PolicySet::Level indexed_level[] = {{index->policies(), index.get()}};
  const policy::PolicySet::Level knowing_level[] = {{knowing->policies(), knowing.get()}};
  if (kind == DocumentKind::kServiceControl) {
    plain.service_control = plain_level;
    indexed.service_control = indexed_level;
    with_catalogue.service_control = knowing_level;
  } else {
    plain.identity = views;
    indexed.identity = index->policies();
    indexed.indexes.identity = index.get();
    with_catalogue.identity = knowing->policies();
    with_catalogue.indexes.identity = knowing.get();
  }
  const ThreeLevels organization(views);
  Outcomes of_levels;
  for (uint64_t i = 0; i < 100; ++i) {
    const std::vector<uint8_t> bytes = SeededBytes(seed + 1, i);
    ByteSource source(bytes);
    const policy::Request request = GenerateRequest(source, theme);
    outcomes.Compare(request, plain, indexed);
    of_levels.Compare(request, organization.plain, organization.indexed);
    EXPECT_EQ(policy::Evaluate(request, with_catalogue), policy::Evaluate(request, plain));
  }
}

TEST(LargeProgram, IsDecidedAlikeWithAnIndexAndWithout) {
  Outcomes outcomes;
  uint64_t seed = 100;
  for (const std::size_t count : {1U, 9U, 40U, 300U, 900U}) {
    for (std::size_t theme = 0; theme < Themes().size(); ++theme) {
      CompareLayer(DocumentKind::kIdentity, theme, count, ++seed, outcomes);
      CompareLayer(DocumentKind::kServiceControl, theme, count, ++seed, outcomes);
    }
  }
  for (const auto verdict :
       {policy::Verdict::kAllowed, policy::Verdict::kExplicitDeny, policy::Verdict::kImplicitDeny}) {
    EXPECT_GT(outcomes.Of(verdict), 150) << "verdict " << static_cast<int>(verdict);
  }
  EXPECT_GT(outcomes.late(), 10);
}

}  // namespace
}  // namespace wardkeep::differential
