#include "auth/session_token.h"

#include <gtest/gtest.h>

#include "any_session.h"
#include "auth/authorization_message.h"
#include "auth/byte_writer.h"
#include "auth/session_encoding.h"
#include "base/base64.h"
#include "base/time_text.h"
#include "crypto/system_rng.h"

namespace wardkeep::auth {
namespace {

constexpr const char* kKeyId = "ASIAQNZGKIQY56JQ7WML";

crypto::KeyBytes KeyOf(uint8_t byte) {
  std::array<uint8_t, crypto::KeyBytes::kSize> bytes{};
  bytes.fill(byte);
  return crypto::KeyBytes(bytes);
}

base::Instant At(const char* text) {
  return *base::ParseIsoBasic(text);
}

Session SmallSession() {
  Session session;
  session.kind = SessionKind::kAssumedRole;
  session.access_key_id = kKeyId;
  session.account_id = base::AccountId("029608264753");
  session.principal_id = "AROAQNZGKIQY56JQ7WMLA";
  session.role_name = "deploy";
  session.role_path = "/";
  session.session_name = "ci";
  session.secret = base::Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
  session.issued_at = At("20250101T000000Z");
  session.expires_at = At("20250101T010000Z");
  return session;
}

Session FullSession() {
  Session session = SmallSession();
  session.kind = SessionKind::kSaml;
  session.role_path = "/team/ops/";
  session.user_name = "bob";
  session.session_policy =
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})";
  session.session_policy_arns = {"arn:aws:iam::aws:policy/ReadOnlyAccess",
                                 "arn:aws:iam::029608264753:policy/a/b",
                                 "arn:aws:iam::111111111111:policy/foreign", "", "arn:aws:iam::aws:policy/"};
  session.scope_policies = {"{}", "{ }", "{\n}"};
  session.tags = {{"team", "blue"}, {"empty", ""}, {"caf\xc3\xa9", std::string("\0\xff", 2)}};
  session.transitive_tag_keys = {"empty", "inherited", "team"};
  session.source_identity = "alice";
  session.mfa_authenticated = true;
  session.is_console = true;
  session.sign_in = SignIn{"console-1", base::AccountId("029608264753"), "AIDAQNZGKIQY56JQ7WMLA", 7, ~0ULL};
  session.delegation = DelegationReference{base::AccountId("111111111111"), "request-1"};
  session.ends_by = At("20250101T003000Z");
  session.earlier_roles = {{"AROAQNZGKIQY56JQ7WMLB", At("20241231T230000Z")},
                           {"AROAX", At("20241231T220000Z")}};
  session.mfa_at = At("20241231T235900Z");
  session.is_chained = true;
  session.federated_provider = "arn:aws:iam::029608264753:saml-provider/corp";
  session.is_root = true;
  return session;
}

void ExpectSame(const Session& a, const Session& b) {
  EXPECT_EQ(a.kind, b.kind);
  EXPECT_EQ(a.access_key_id, b.access_key_id);
  EXPECT_EQ(a.account_id, b.account_id);
  EXPECT_EQ(a.principal_id, b.principal_id);
  EXPECT_EQ(a.role_name, b.role_name);
  EXPECT_EQ(a.role_path, b.role_path);
  EXPECT_EQ(a.user_name, b.user_name);
  EXPECT_EQ(a.session_name, b.session_name);
  EXPECT_EQ(a.secret.Reveal(), b.secret.Reveal());
  EXPECT_EQ(a.issued_at, b.issued_at);
  EXPECT_EQ(a.expires_at, b.expires_at);
  EXPECT_EQ(a.session_policy, b.session_policy);
  EXPECT_EQ(a.session_policy_arns, b.session_policy_arns);
  EXPECT_EQ(a.tags, b.tags);
  EXPECT_EQ(a.transitive_tag_keys, b.transitive_tag_keys);
  EXPECT_EQ(a.source_identity, b.source_identity);
  EXPECT_EQ(a.mfa_authenticated, b.mfa_authenticated);
  EXPECT_EQ(a.mfa_at, b.mfa_at);
  EXPECT_EQ(a.is_chained, b.is_chained);
  EXPECT_EQ(a.federated_provider, b.federated_provider);
  EXPECT_EQ(a.is_root, b.is_root);
  EXPECT_EQ(a.is_console, b.is_console);
  EXPECT_EQ(a.sign_in, b.sign_in);
  EXPECT_EQ(a.delegation, b.delegation);
  EXPECT_EQ(a.ends_by, b.ends_by);
  EXPECT_EQ(a.earlier_roles, b.earlier_roles);
}

IssuedSession Issued(Session session) {
  return AnySessionForTests::Issued(std::move(session));
}

class SessionTokenTest : public testing::Test {
 protected:
  crypto::SystemRng rng_;
  crypto::Sealer sealer_{KeyOf(1), rng_};
  SessionTokens tokens_{sealer_};
};

TEST_F(SessionTokenTest, GivesBackWhatWasSealed) {
  for (SessionKind kind :
       {SessionKind::kAssumedRole, SessionKind::kFederationToken, SessionKind::kSessionToken,
        SessionKind::kAssumedRoot, SessionKind::kWebIdentity, SessionKind::kSaml, SessionKind::kDelegated}) {
    for (const bool full : {false, true}) {
      Session session = full ? FullSession() : SmallSession();
      session.kind = kind;
      const IssuedSession issued = Issued(std::move(session));
      const auto token = tokens_.Seal(issued);
      ASSERT_TRUE(token);
      const auto opened = tokens_.Open(kKeyId, *token);
      ASSERT_TRUE(opened);
      ExpectSame(issued.session(), *opened);
    }
  }
}

TEST_F(SessionTokenTest, IsOpaque) {
  const std::string token = *tokens_.Seal(Issued(FullSession()));
  const auto bytes = base::Base64Decode(token);
  ASSERT_TRUE(bytes);
  const std::string text(bytes->begin(), bytes->end());
  for (std::string_view part : {"029608264753", "deploy", "EXAMPLEKEY", "Statement"}) {
    EXPECT_EQ(text.find(part), std::string::npos) << part;
  }
  EXPECT_NE(token, *tokens_.Seal(Issued(FullSession())));
}

TEST_F(SessionTokenTest, IsRefusedWithAnyByteFlipped) {
  const std::string token = *tokens_.Seal(Issued(FullSession()));
  const auto bytes = *base::Base64Decode(token);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (int mask : {1, 0x80, 0xff}) {
      auto changed = bytes;
      changed[i] = static_cast<uint8_t>(changed[i] ^ mask);
      EXPECT_FALSE(tokens_.Open(kKeyId, base::Base64Encode(changed))) << i;
    }
  }
}

TEST_F(SessionTokenTest, IsRefusedWithAnyCharacterChanged) {
  const std::string token = *tokens_.Seal(Issued(FullSession()));
  for (std::size_t i = 0; i < token.size(); ++i) {
    for (char other : {'A', 'B', '/', '=', '-', ' ', '\0'}) {
      if (token[i] == other) continue;
      std::string changed = token;
      changed[i] = other;
      EXPECT_FALSE(tokens_.Open(kKeyId, changed)) << i;
    }
  }
}

TEST_F(SessionTokenTest, IsRefusedWhenCutOrExtended) {
  const std::string token = *tokens_.Seal(Issued(SmallSession()));
  for (std::size_t i = 0; i < token.size(); ++i) EXPECT_FALSE(tokens_.Open(kKeyId, token.substr(0, i))) << i;
  for (const char* extra : {"=", "A", "AAAA", "\n", " "}) EXPECT_FALSE(tokens_.Open(kKeyId, token + extra));
  EXPECT_FALSE(tokens_.Open(kKeyId, token + token));
  EXPECT_FALSE(tokens_.Open(kKeyId, std::string(1000000, 'A')));
}

TEST_F(SessionTokenTest, IsBoundToItsKeyIdAndInstallation) {
  const std::string token = *tokens_.Seal(Issued(SmallSession()));
  EXPECT_FALSE(tokens_.Open("ASIAQNZGKIQY56JQ7WMM", token));
  EXPECT_FALSE(tokens_.Open("", token));
  EXPECT_FALSE(SessionTokens(crypto::Sealer(KeyOf(2), rng_)).Open(kKeyId, token));
  EXPECT_TRUE(SessionTokens(crypto::Sealer(KeyOf(1), rng_)).Open(kKeyId, token));
  const auto message = AuthorizationMessages(sealer_).Seal(base::AccountId("029608264753"), "text");
  EXPECT_FALSE(tokens_.Open(kKeyId, *message));
}

TEST_F(SessionTokenTest, OpensAfterExpiryAndSaysSo) {
  const auto session = tokens_.Open(kKeyId, *tokens_.Seal(Issued(SmallSession())));
  ASSERT_TRUE(session);
  EXPECT_FALSE(session->IsExpired(At("20250101T005959Z")));
  EXPECT_TRUE(session->IsExpired(At("20250101T010000Z")));
  EXPECT_TRUE(session->IsExpired(At("20260101T000000Z")));
}

TEST_F(SessionTokenTest, PercentIsOverAHundredExactlyWhenTheTokenIsTooLarge) {
  int previous = 0;
  bool fitted = false;
  bool failed = false;
  for (std::size_t size = 0; size < 3200; ++size) {
    Session session = SmallSession();
    session.session_policy = std::string(size, 'x');
    const int percent = PackedSizePercent(session);
    EXPECT_GE(percent, previous) << size;
    const auto token = tokens_.Seal(Issued(std::move(session)));
    EXPECT_EQ(percent <= 100, token.has_value()) << size;
    if (token) {
      EXPECT_LE(token->size(), kMaxSessionTokenSize);
    } else {
      EXPECT_EQ(token.error().code, base::ErrorCode::kLimit);
    }
    (token ? fitted : failed) = true;
    previous = percent;
  }
  EXPECT_TRUE(fitted && failed);
}

TEST_F(SessionTokenTest, PercentGrowsWithEachPart) {
  Session session = SmallSession();
  EXPECT_EQ(PackedSizePercent(session), 0);
  session.session_policy = std::string(100, 'x');
  const int with_policy = PackedSizePercent(session);
  EXPECT_GT(with_policy, 0);
  for (int i = 0; i < 20; ++i) session.tags.push_back({"key" + std::to_string(i), std::string(50, 'v')});
  const int with_tags = PackedSizePercent(session);
  EXPECT_GT(with_tags, with_policy);
  for (int i = 0; i < 10; ++i)
    session.session_policy_arns.push_back("arn:aws:iam::aws:policy/" + std::string(20, 'p'));
  EXPECT_GT(PackedSizePercent(session), with_tags);
  session.user_name = std::string(5000, 'u');
  EXPECT_GT(PackedSizePercent(session), 100);
}

// AWS allows 2,048 characters of policy and ARNs together; they must fit beside long names.
TEST_F(SessionTokenTest, HoldsAPolicyOfTheFullLength) {
  Session session = SmallSession();
  session.role_name = std::string(64, 'r');
  session.session_name = std::string(64, 's');
  session.source_identity = std::string(64, 'i');
  session.session_policy = std::string(2048, 'x');
  EXPECT_TRUE(tokens_.Seal(Issued(std::move(session))));
}

TEST_F(SessionTokenTest, IsPaddedToAMinimum) {
  for (std::size_t minimum : {0U, 1U, 100U, 1000U, 1001U, 1002U, 1003U, 4095U, 4096U, 1000000U}) {
    const auto token = tokens_.Seal(Issued(FullSession()), minimum);
    ASSERT_TRUE(token);
    EXPECT_GE(token->size(), std::min<std::size_t>(minimum, kMaxSessionTokenSize));
    EXPECT_LE(token->size(), kMaxSessionTokenSize);
    const auto opened = tokens_.Open(kKeyId, *token);
    ASSERT_TRUE(opened) << minimum;
    ExpectSame(FullSession(), *opened);
  }
}

TEST(SessionEncoding, RefusesEveryTruncationAndForeignByte) {
  const std::string bytes = EncodeSession(FullSession());
  ASSERT_TRUE(DecodeSession(bytes));
  EXPECT_EQ(EncodedSize(FullSession()), bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) EXPECT_FALSE(DecodeSession(bytes.substr(0, i))) << i;
  EXPECT_TRUE(DecodeSession(bytes + std::string(10, '\0')));
  EXPECT_FALSE(DecodeSession(bytes + "x"));
  std::string other = bytes;
  other[0] = 3;
  EXPECT_FALSE(DecodeSession(other)) << "version";
  other = bytes;
  other[1] = 8;
  EXPECT_FALSE(DecodeSession(other)) << "kind";
  other = bytes;
  other[2] = static_cast<char>(other[2] & ~32);
  EXPECT_FALSE(DecodeSession(other)) << "a console session without a sign-in";
}

// What earlier releases wrote: the same without what came with version 2, which are the flags from 16 on and
// the parts between the identity provider and the session policy.
std::string OfTheFirstVersion(SessionKind kind, uint8_t flags) {
  ByteWriter out;
  out.Byte(1);
  out.Byte(static_cast<uint8_t>(kind));
  out.Byte(flags);
  out.Number(1735689600);
  out.Number(1735693200);
  for (const char* text :
       {"029608264753", "AROAQNZGKIQY56JQ7WMLA", "deploy", "/", "", "ci", "secret", "", ""}) {
    out.Text(text);
  }
  if ((flags & 16) != 0) out.Text("console-1");
  out.Text("policy");
  for (int i = 0; i < 3; ++i) out.Number(0);
  return std::move(out).Take();
}

TEST(SessionEncoding, ReadsSessionsOfTheFirstVersionUnlessNothingCouldEndThem) {
  const auto session = DecodeSession(OfTheFirstVersion(SessionKind::kAssumedRole, 4));
  ASSERT_TRUE(session);
  EXPECT_EQ(session->session_policy, "policy");
  EXPECT_EQ(session->issued_at, At("20250101T000000Z"));
  EXPECT_TRUE(session->is_chained && !session->is_console && !session->sign_in && !session->ends_by);
  EXPECT_TRUE(DecodeSession(OfTheFirstVersion(SessionKind::kSessionToken, 0)));
  EXPECT_FALSE(DecodeSession(OfTheFirstVersion(SessionKind::kSessionToken, 16))) << "of the console";
  EXPECT_FALSE(DecodeSession(OfTheFirstVersion(SessionKind::kAssumedRole, 16))) << "of the console";
  EXPECT_FALSE(DecodeSession(OfTheFirstVersion(SessionKind::kDelegated, 0))) << "lent";
}

class AuthorizationMessageTest : public SessionTokenTest {
 protected:
  AuthorizationMessages messages_{sealer_};
  base::AccountId account_{"029608264753"};
};

TEST_F(AuthorizationMessageTest, OpensForItsAccountOnly) {
  const auto message = messages_.Seal(account_, R"({"allowed":false})");
  ASSERT_TRUE(message);
  EXPECT_EQ(message->find_first_of("+/="), std::string::npos);
  EXPECT_EQ(messages_.Open(account_, *message), R"({"allowed":false})");
  EXPECT_EQ(messages_.Open(base::AccountId("111111111111"), *message), std::nullopt);
}

TEST_F(AuthorizationMessageTest, IsRefusedWhenChangedOrCut) {
  const std::string message = *messages_.Seal(account_, "text");
  for (std::size_t i = 0; i < message.size(); ++i) {
    std::string changed = message;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_EQ(messages_.Open(account_, changed), std::nullopt) << i;
    EXPECT_EQ(messages_.Open(account_, message.substr(0, i)), std::nullopt) << i;
  }
  EXPECT_EQ(messages_.Open(account_, std::string(20000, 'A')), std::nullopt);
}

TEST_F(AuthorizationMessageTest, IsNeverTooLongToBeDecoded) {
  std::string plain;
  while (messages_.Seal(account_, plain)) plain += std::string(13, 'x');
  EXPECT_GT(plain.size(), 7000U);
  plain.resize(plain.size() - 13);
  const auto message = messages_.Seal(account_, plain);
  EXPECT_LE(message->size(), kMaxAuthorizationMessageSize);
  EXPECT_EQ(messages_.Open(account_, *message), plain);
}

}  // namespace
}  // namespace wardkeep::auth
