// Every way from credentials to credentials, for every source: what the new session keeps, and when it ends.
#include "auth/issued_session.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "crypto/system_rng.h"

namespace wardkeep::auth {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const base::Instant kBegin = base::FromUnixSeconds(1'700'000'000);
const base::AccountId kAccount("029608264753");
const SignIn kSignIn{"sign-in", kAccount, "AIDAX", 3, 77};

class IssuedSessionTest : public testing::Test {
 public:
  Issue At(base::Instant now, seconds life) { return {now, life, rng_}; }
  static Session Draft(SessionKind kind, const char* principal) {
    Session draft;
    draft.kind = kind;
    draft.account_id = kAccount;
    draft.principal_id = principal;
    return draft;
  }
  Session Role(const char* id, const Session* caller, base::Instant now, seconds life = hours(1),
               seconds maximum = hours(1)) {
    auto made = IssuedSession::Assumed(Draft(SessionKind::kAssumedRole, id), caller, maximum, At(now, life));
    EXPECT_TRUE(made) << (made ? "" : made.error().message);
    return made ? std::move(*made).Take() : Session();
  }
  Session SignedIn() {
    return IssuedSession::SignedIn(Draft(SessionKind::kSessionToken, "AIDAX"), kSignIn, At(kBegin, hours(12)))
        .Take();
  }
  Session LentTo(const Session* caller) {
    return std::move(*IssuedSession::Lent(Draft(SessionKind::kDelegated, "AIDAX"), caller,
                                          {kAccount, "request"}, kBegin,
                                          At(kBegin + minutes(5), minutes(10))))
        .Take();
  }

  crypto::SystemRng rng_;
};

// One row for each pair of source and issuer: the outcome, the issue time and the end, counted in minutes
// from the beginning of the source. All new sessions are asked for twelve hours, 30 minutes after it.
TEST_F(IssuedSessionTest, KeepsItsLimitsInEveryPair) {
  struct Source {
    const char* name;
    std::function<Session(IssuedSessionTest&)> make;  // empty: a long-term key
  };
  const Source sources[] = {
      {"key", {}},
      {"session token",
       [](IssuedSessionTest& t) {
         return std::move(*IssuedSession::FirstHand(Draft(SessionKind::kSessionToken, "AIDAX"), nullptr,
                                                    t.At(kBegin, hours(12))))
             .Take();
       }},
      {"federated",
       [](IssuedSessionTest& t) {
         return std::move(*IssuedSession::FirstHand(Draft(SessionKind::kFederationToken, "AIDAX"), nullptr,
                                                    t.At(kBegin, hours(2))))
             .Take();
       }},
      {"role", [](IssuedSessionTest& t) { return t.Role("AROAR", nullptr, kBegin, hours(1), hours(4)); }},
      {"chained role",
       [](IssuedSessionTest& t) {
         const Session first = t.Role("AROAR", nullptr, kBegin, hours(1), hours(4));
         return t.Role("AROAQ", &first, kBegin);
       }},
      {"console of a user", [](IssuedSessionTest& t) { return t.SignedIn(); }},
      {"console of a role",
       [](IssuedSessionTest& t) {
         const Session role = t.Role("AROAR", nullptr, kBegin);
         return std::move(*IssuedSession::Console(role, kSignIn, hours(1), t.At(kBegin, hours(1)))).Take();
       }},
      {"lent", [](IssuedSessionTest& t) { return t.LentTo(nullptr); }},
  };
  struct Row {
    const char* source;
    const char* issuer;
    int issued;  // minutes from the beginning, -1: refused
    int ends;
  };
  const Row rows[] = {
      {"key", "first hand", 30, 750},
      {"key", "role", 30, 750},
      {"key", "the same role", 30, 750},
      {"key", "lend", 0, 750},
      {"session token", "first hand", -1, 0},
      {"session token", "role", 30, 90},
      {"session token", "the same role", 30, 90},
      {"session token", "lend", 0, 750},
      {"session token", "console", -1, 0},
      {"session token", "credentials", -1, 0},
      {"session token", "narrow", 0, 720},
      {"federated", "first hand", -1, 0},
      {"federated", "console", 0, 120},
      {"federated", "credentials", -1, 0},
      {"federated", "narrow", 0, 120},
      {"role", "first hand", -1, 0},
      {"role", "role", 30, 90},
      {"role", "the same role", 0, 90},
      {"role", "console", 0, 240},
      {"role", "credentials", -1, 0},
      {"role", "narrow", 0, 60},
      {"chained role", "role", 30, 90},
      {"chained role", "the same role", 0, 90},
      {"chained role", "console", 0, 60},
      {"chained role", "narrow", 0, 60},
      {"console of a user", "first hand", -1, 0},
      {"console of a user", "role", 30, 90},
      {"console of a user", "lend", 0, 720},
      {"console of a user", "console", -1, 0},
      {"console of a user", "credentials", 0, 720},
      {"console of a user", "narrow", 0, 720},
      {"console of a role", "role", 30, 60},
      {"console of a role", "console", -1, 0},
      {"console of a role", "credentials", 0, 60},
      {"lent", "role", -1, 0},  // it ended after a quarter of an hour
      {"lent", "lend", -1, 0},
      {"lent", "console", -1, 0},
      {"lent", "credentials", -1, 0},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(row.source) + ", " + row.issuer);
    const auto* source = std::find_if(std::begin(sources), std::end(sources), [&](const Source& one) {
      return std::string_view(one.name) == row.source;
    });
    ASSERT_NE(source, std::end(sources));
    std::optional<Session> caller;
    if (source->make) caller = source->make(*this);
    const Session* from = caller ? &*caller : nullptr;
    const std::string_view issuer = row.issuer;
    const Issue issue = At(kBegin + minutes(30), hours(12));
    const auto made = [&]() -> base::Result<IssuedSession> {
      if (issuer == "first hand")
        return IssuedSession::FirstHand(Draft(SessionKind::kSessionToken, "AIDAX"), from, issue);
      if (issuer == "role")
        return IssuedSession::Assumed(Draft(SessionKind::kAssumedRole, "AROAZ"), from, hours(12), issue);
      if (issuer == "the same role")
        return IssuedSession::Assumed(Draft(SessionKind::kAssumedRole, "AROAR"), from, hours(12), issue);
      if (issuer == "lend")
        return IssuedSession::Lent(Draft(SessionKind::kDelegated, "AIDAY"), from, {kAccount, "other"}, kBegin,
                                   issue);
      if (issuer == "console") return IssuedSession::Console(*from, kSignIn, hours(4), issue);
      if (issuer == "narrow") return IssuedSession::Narrowed(Session(), *from, issue);
      return IssuedSession::CredentialsOf(*from, issue);
    }();
    ASSERT_EQ(made.has_value(), row.issued >= 0);
    if (!made) continue;
    const Session& session = made->session();
    EXPECT_EQ((session.issued_at - kBegin) / minutes(1), row.issued);
    EXPECT_EQ((session.expires_at - kBegin) / minutes(1), row.ends);
    if (from == nullptr) continue;
    EXPECT_NE(session.access_key_id, from->access_key_id);
    if (from->sign_in) {
      EXPECT_EQ(session.sign_in, from->sign_in);
    }
    if (from->ends_by) {
      EXPECT_LE(session.expires_at, *from->ends_by);
    }
    if (issuer == "role" || issuer == "the same role") {
      EXPECT_TRUE(session.is_chained && !session.is_console);
    }
  }
}

// What a deny by aws:TokenIssueTime has ended stays ended, whichever roles lie in between.
TEST_F(IssuedSessionTest, OfARoleByWayOfTheSameRoleIsNoYounger) {
  const Session a = Role("AROAA", nullptr, kBegin, hours(1), hours(2));
  const Session b = Role("AROAB", &a, kBegin + minutes(50));
  EXPECT_EQ(b.issued_at, kBegin + minutes(50));
  const Session again = Role("AROAA", &b, kBegin + minutes(100), hours(1), hours(2));
  EXPECT_EQ(again.issued_at, kBegin);
  EXPECT_EQ(again.expires_at, kBegin + hours(2)) << "MaxSessionDuration from the first on";
  EXPECT_EQ(again.earlier_roles.size(), 1U);
  const Session later = Role("AROAB", &again, kBegin + minutes(105));
  EXPECT_EQ(later.issued_at, kBegin + minutes(50));
  const auto over = IssuedSession::Assumed(Draft(SessionKind::kAssumedRole, "AROAA"), &later, hours(2),
                                           At(kBegin + minutes(121), hours(1)));
  ASSERT_FALSE(over);
  EXPECT_EQ(over.error().code, base::ErrorCode::kLimit);
}

TEST_F(IssuedSessionTest, RefusesAChainThatItCannotRemember) {
  Session last = Role("AROA-", nullptr, kBegin);
  for (std::size_t i = 1; i <= kMostEarlierRoles; ++i)
    last = Role(("AROA" + std::to_string(i)).c_str(), &last, kBegin);
  const auto more = IssuedSession::Assumed(Draft(SessionKind::kAssumedRole, "AROAZ"), &last, hours(1),
                                           At(kBegin, hours(1)));
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().code, base::ErrorCode::kInvalid);
  EXPECT_EQ(Role("AROA3", &last, kBegin).issued_at, kBegin) << "one that is in it";
}

TEST_F(IssuedSessionTest, HandsOnTagsAndSourceIdentity) {
  Session first = Role("AROAA", nullptr, kBegin);
  first.tags = {{"team", "blue"}, {"own", "x"}};
  first.transitive_tag_keys = {"Team"};
  first.source_identity = "alice";
  const Session second = Role("AROAB", &first, kBegin);
  EXPECT_EQ(second.tags, (std::vector<SessionTag>{{"team", "blue"}}));
  EXPECT_EQ(second.transitive_tag_keys, first.transitive_tag_keys);
  EXPECT_EQ(second.source_identity, "alice");
}

// A draft cannot bring an origin of its own, and a lent session not lend on.
TEST_F(IssuedSessionTest, TakesItsOriginFromTheSourceOnly) {
  Session draft = Draft(SessionKind::kSessionToken, "AIDAX");
  draft.is_console = true;
  draft.sign_in = kSignIn;
  draft.ends_by = kBegin;
  const auto made = IssuedSession::FirstHand(std::move(draft), nullptr, At(kBegin, hours(1)));
  ASSERT_TRUE(made);
  EXPECT_FALSE(made->session().is_console || made->session().sign_in || made->session().ends_by);
  const Session lent = LentTo(nullptr);
  EXPECT_EQ(lent.issued_at, kBegin);
  EXPECT_EQ(lent.ends_by, kBegin + minutes(15));
  const Session role = Role("AROAB", &lent, kBegin + minutes(6));
  EXPECT_EQ(role.expires_at, kBegin + minutes(15));
  EXPECT_EQ(role.delegation, lent.delegation);
}

}  // namespace
}  // namespace wardkeep::auth
