#include "auth/session_encoding.h"

#include <algorithm>

#include "auth/byte_reader.h"
#include "auth/byte_writer.h"

namespace wardkeep::auth {
namespace {

constexpr uint8_t kVersion = 2;
// Of tokens without what the last flags stand for, and without the earlier roles.
constexpr uint8_t kFirstVersion = 1;

enum Flag : uint8_t {
  kMfa = 1,
  kMfaTime = 2,
  kChained = 4,
  kRoot = 8,
  kConsole = 16,
  kSignIn = 32,
  kDelegation = 64,
  kEndsBy = 128,
};
constexpr uint8_t kFlagsOfFirstVersion = kMfa | kMfaTime | kChained | kRoot;

// A policy ARN is its length times four plus one of these, then what follows the common beginning.
enum ArnForm : uint64_t { kWholeArn = 0, kAwsManagedArn = 1, kOwnAccountArn = 2, kArnForms = 3 };
constexpr std::string_view kAwsManagedStart = "arn:aws:iam::aws:policy/";

std::string OwnAccountStart(const base::AccountId& account_id) {
  return "arn:aws:iam::" + account_id.value() + ":policy/";
}

uint64_t Seconds(base::Instant t) {
  return static_cast<uint64_t>(std::max<int64_t>(0, base::ToUnixSeconds(t)));
}

base::Instant FromSeconds(uint64_t seconds) {
  constexpr uint64_t kYear9999 = 253402300799;
  return base::FromUnixSeconds(static_cast<int64_t>(std::min(seconds, kYear9999)));
}

void WriteArns(const Session& session, ByteWriter& out) {
  const std::string own_start = OwnAccountStart(session.account_id);
  out.Number(session.session_policy_arns.size());
  for (std::string_view arn : session.session_policy_arns) {
    ArnForm form = kWholeArn;
    if (arn.starts_with(kAwsManagedStart)) {
      form = kAwsManagedArn;
      arn.remove_prefix(kAwsManagedStart.size());
    } else if (arn.starts_with(own_start)) {
      form = kOwnAccountArn;
      arn.remove_prefix(own_start.size());
    }
    out.Number(arn.size() * 4 + form);
    out.Raw(arn);
  }
}

bool ReadArns(ByteReader& in, Session& session) {
  const std::string own_start = OwnAccountStart(session.account_id);
  for (uint64_t left = in.Number(); left > 0 && in.ok(); --left) {
    const uint64_t head = in.Number();
    const uint64_t form = head % 4;
    if (form >= kArnForms) return false;
    std::string arn;
    if (form == kAwsManagedArn) arn = kAwsManagedStart;
    if (form == kOwnAccountArn) arn = own_start;
    arn += in.Raw(head / 4);
    session.session_policy_arns.push_back(std::move(arn));
  }
  return in.ok();
}

// A transitive key is the number of the tag that has it, from 1, or 0 and the key itself (a tag of an earlier
// session).
void WriteTransitiveKeys(const Session& session, ByteWriter& out) {
  out.Number(session.transitive_tag_keys.size());
  for (const std::string& key : session.transitive_tag_keys) {
    const auto tag = std::ranges::find(session.tags, key, &SessionTag::key);
    if (tag != session.tags.end()) {
      out.Number(static_cast<uint64_t>(tag - session.tags.begin()) + 1);
    } else {
      out.Number(0);
      out.Text(key);
    }
  }
}

bool ReadTransitiveKeys(ByteReader& in, Session& session) {
  for (uint64_t left = in.Number(); left > 0 && in.ok(); --left) {
    const uint64_t number = in.Number();
    if (number > session.tags.size()) return false;
    session.transitive_tag_keys.emplace_back(number == 0 ? in.Text() : session.tags[number - 1].key);
  }
  return in.ok();
}

// What the session comes from.
void WriteOrigin(const Session& session, ByteWriter& out) {
  if (session.sign_in) {
    out.Text(session.sign_in->id);
    out.Text(session.sign_in->account_id.value());
    out.Text(session.sign_in->owner);
    out.Number(session.sign_in->generation);
    out.Number(session.sign_in->password_mark);
  }
  if (session.delegation) {
    out.Text(session.delegation->account_id.value());
    out.Text(session.delegation->request_id);
  }
  if (session.ends_by) out.Number(Seconds(*session.ends_by));
  out.Number(session.earlier_roles.size());
  for (const EarlierRole& role : session.earlier_roles) {
    out.Text(role.role_id);
    out.Number(Seconds(role.issued_at));
  }
}

bool ReadOrigin(ByteReader& in, uint8_t flags, Session& session) {
  session.is_console = (flags & kConsole) != 0;
  if ((flags & kSignIn) != 0) {
    SignIn& sign_in = session.sign_in.emplace();
    sign_in.id = in.Text();
    sign_in.account_id = base::AccountId(in.Text());
    sign_in.owner = in.Text();
    sign_in.generation = in.Number();
    sign_in.password_mark = in.Number();
  }
  if ((flags & kDelegation) != 0) {
    DelegationReference& delegation = session.delegation.emplace();
    delegation.account_id = base::AccountId(in.Text());
    delegation.request_id = in.Text();
  }
  if ((flags & kEndsBy) != 0) session.ends_by = FromSeconds(in.Number());
  for (uint64_t left = in.Number(); left > 0 && in.ok(); --left) {
    EarlierRole role;
    role.role_id = in.Text();
    role.issued_at = FromSeconds(in.Number());
    session.earlier_roles.push_back(std::move(role));
  }
  return in.ok() && (!session.is_console || session.sign_in);
}

// A console session or a delegated one of the first version does not say what would end it.
bool CanBeEnded(const Session& session, uint8_t version) {
  return version != kFirstVersion || session.kind != SessionKind::kDelegated;
}

uint8_t FlagsOf(const Session& session) {
  return static_cast<uint8_t>((session.mfa_authenticated ? kMfa : 0) | (session.mfa_at ? kMfaTime : 0) |
                              (session.is_chained ? kChained : 0) | (session.is_root ? kRoot : 0) |
                              (session.is_console ? kConsole : 0) | (session.sign_in ? kSignIn : 0) |
                              (session.delegation ? kDelegation : 0) | (session.ends_by ? kEndsBy : 0));
}

void WritePolicyAndTags(const Session& session, ByteWriter& out) {
  out.Text(session.session_policy);
  WriteArns(session, out);
  out.Number(session.tags.size());
  for (const SessionTag& tag : session.tags) {
    out.Text(tag.key);
    out.Text(tag.value);
  }
  WriteTransitiveKeys(session, out);
  out.Number(session.scope_policies.size());
  for (const std::string& policy : session.scope_policies) out.Text(policy);
}

bool ReadScopePolicies(ByteReader& in, Session& session) {
  const uint64_t count = in.Number();
  if (count > kMostScopePolicies) return false;
  for (uint64_t i = 0; i < count; ++i) session.scope_policies.emplace_back(in.Text());
  return in.ok() && std::ranges::none_of(session.scope_policies, &std::string::empty);
}

bool ReadPolicyAndTags(ByteReader& in, Session& session) {
  session.session_policy = in.Text();
  if (!ReadArns(in, session)) return false;
  for (uint64_t left = in.Number(); left > 0 && in.ok(); --left) {
    SessionTag tag;
    tag.key = in.Text();
    tag.value = in.Text();
    session.tags.push_back(std::move(tag));
  }
  return ReadTransitiveKeys(in, session);
}

}  // namespace

std::string EncodeSession(const Session& session) {
  ByteWriter out;
  out.Byte(kVersion);
  out.Byte(static_cast<uint8_t>(session.kind));
  out.Byte(FlagsOf(session));
  out.Number(Seconds(session.issued_at));
  out.Number(Seconds(session.expires_at));
  if (session.mfa_at) out.Number(Seconds(*session.mfa_at));
  out.Text(session.account_id.value());
  out.Text(session.principal_id);
  out.Text(session.role_name);
  out.Text(session.role_path);
  out.Text(session.user_name);
  out.Text(session.session_name);
  out.Text(session.secret.Reveal());
  out.Text(session.source_identity);
  out.Text(session.federated_provider);
  WriteOrigin(session, out);
  WritePolicyAndTags(session, out);
  return std::move(out).Take();
}

std::optional<Session> DecodeSession(std::string_view bytes) {
  ByteReader in(bytes);
  const uint8_t version = in.Byte();
  if (version != kVersion && version != kFirstVersion) return std::nullopt;
  Session session;
  const uint8_t kind = in.Byte();
  if (kind < static_cast<uint8_t>(SessionKind::kAssumedRole) ||
      kind > static_cast<uint8_t>(SessionKind::kDelegated)) {
    return std::nullopt;
  }
  session.kind = static_cast<SessionKind>(kind);
  const uint8_t flags = in.Byte();
  if (version == kFirstVersion && (flags & ~kFlagsOfFirstVersion) != 0) return std::nullopt;
  if (!CanBeEnded(session, version)) return std::nullopt;
  session.mfa_authenticated = (flags & kMfa) != 0;
  session.is_chained = (flags & kChained) != 0;
  session.is_root = (flags & kRoot) != 0;
  session.issued_at = FromSeconds(in.Number());
  session.expires_at = FromSeconds(in.Number());
  if ((flags & kMfaTime) != 0) session.mfa_at = FromSeconds(in.Number());
  session.account_id = base::AccountId(in.Text());
  session.principal_id = in.Text();
  session.role_name = in.Text();
  session.role_path = in.Text();
  session.user_name = in.Text();
  session.session_name = in.Text();
  session.secret = base::Secret(std::string(in.Text()));
  session.source_identity = in.Text();
  session.federated_provider = in.Text();
  if (version != kFirstVersion && !ReadOrigin(in, flags, session)) return std::nullopt;
  if (!ReadPolicyAndTags(in, session)) return std::nullopt;
  if (version != kFirstVersion && !ReadScopePolicies(in, session)) return std::nullopt;
  if (in.rest().find_first_not_of('\0') != std::string_view::npos) return std::nullopt;
  return session;
}

std::size_t EncodedPolicyAndTagSize(const Session& session) {
  ByteWriter out;
  WritePolicyAndTags(session, out);
  return std::move(out).Take().size();
}

std::size_t EncodedSize(const Session& session) {
  const base::Secret encoded(EncodeSession(session));
  return encoded.Reveal().size();
}

}  // namespace wardkeep::auth
