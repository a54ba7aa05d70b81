#include "service/iam/credential_report_csv.h"

#include <string_view>
#include <vector>

#include "base/time_text.h"
#include "entity/arn.h"

namespace wardkeep::service::iam {
namespace {

constexpr std::string_view kHeader =
    "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_"
    "rotation,"
    "mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,"
    "access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_"
    "rotated,"
    "access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,"
    "cert_1_last_rotated,cert_2_active,cert_2_last_rotated";
constexpr std::string_view kNone = "N/A";
constexpr std::string_view kUnsupported = "not_supported";
constexpr std::size_t kColumnsOfEach = 2;  // keys and certificates

std::string TimeText(const std::optional<base::Instant>& time) {
  return time ? base::FormatIso8601(*time) : std::string(kNone);
}

// Appends fields to one line.
class Line {
 public:
  explicit Line(std::string& out) : out_(out) { out_ += '\n'; }

  Line& Add(std::string_view text) {
    if (!first_) out_ += ',';
    first_ = false;
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
      out_ += text;
      return *this;
    }
    out_ += '"';
    for (const char c : text) out_.append(c == '"' ? 2 : 1, c);
    out_ += '"';
    return *this;
  }
  Line& AddFlag(bool value) { return Add(value ? std::string_view("true") : std::string_view("false")); }

 private:
  std::string& out_;
  bool first_ = true;
};

void AddKey(Line& line, const entity::AccessKey* key, const snapshot::UsageTracker& usage) {
  if (key == nullptr) {
    line.AddFlag(false).Add(kNone).Add(kNone).Add(kNone).Add(kNone);
    return;
  }
  line.AddFlag(key->status == entity::KeyStatus::kActive);
  line.Add(TimeText(key->status_changed.value_or(key->create_date)));
  const std::optional<snapshot::KeyUse> use = usage.KeyUsage(key->id);
  line.Add(use ? TimeText(use->date) : std::string(kNone));
  line.Add(use && !use->region.empty() ? std::string_view(use->region) : kNone);
  line.Add(use && !use->service.empty() ? std::string_view(use->service) : kNone);
}

void AddCertificate(Line& line, const entity::SigningCertificate* certificate) {
  if (certificate == nullptr) {
    line.AddFlag(false).Add(kNone);
    return;
  }
  line.AddFlag(certificate->status == entity::KeyStatus::kActive).Add(TimeText(certificate->last_rotated));
}

// The columns that root and users share, from the keys on.
void AddKeysAndCertificates(Line& line, const std::vector<entity::AccessKey>& keys,
                            const std::vector<entity::SigningCertificate>& certificates,
                            const snapshot::UsageTracker& usage) {
  for (std::size_t i = 0; i < kColumnsOfEach; ++i) AddKey(line, i < keys.size() ? &keys[i] : nullptr, usage);
  for (std::size_t i = 0; i < kColumnsOfEach; ++i) {
    AddCertificate(line, i < certificates.size() ? &certificates[i] : nullptr);
  }
}

std::string LastUseOfPassword(bool has_password, const std::optional<base::Instant>& used) {
  if (!has_password) return std::string(kNone);
  return used ? TimeText(*used) : "no_information";
}

// Whether root has a password is said as in the newest reports of AWS, so that checks of the root user have
// something to go by; older ones said not_supported (data-formats section 6).
void AddRoot(std::string& out, const snapshot::AccountState& account, const snapshot::UsageTracker& usage) {
  const entity::Account& root = account.account();
  const bool has_password = !root.root_password_hash.empty();
  Line line(out);
  line.Add("<root_account>")
      .Add(entity::RootArn(root.id))
      .Add(TimeText(root.create_date))
      .AddFlag(has_password);
  line.Add(LastUseOfPassword(has_password, root.root_password_last_used));
  line.Add(kUnsupported).Add(kUnsupported).AddFlag(!account.MfaDevicesOf(root.id.value()).empty());
  AddKeysAndCertificates(line, root.root_access_keys, root.root_signing_certificates, usage);
}

void AddUser(std::string& out, const snapshot::AccountState& account, const entity::User& user,
             const snapshot::UsageTracker& usage) {
  Line line(out);
  line.Add(user.name).Add(account.UserArn(user)).Add(TimeText(user.create_date));
  const bool has_password = user.login_profile.has_value();
  line.AddFlag(has_password).Add(LastUseOfPassword(has_password, user.password_last_used));
  if (has_password) {
    const base::Instant changed = user.login_profile->password_changed;
    line.Add(TimeText(changed));
    line.Add(TimeText(entity::PasswordExpiry(changed, account.account().password_policy)));
  } else {
    line.Add(kNone).Add(kNone);
  }
  line.AddFlag(!account.MfaDevicesOf(user.id).empty());
  AddKeysAndCertificates(line, user.access_keys, user.signing_certificates, usage);
}

}  // namespace

std::string CredentialReportCsv(const snapshot::AccountState& account, const snapshot::UsageTracker& usage) {
  std::string out(kHeader);
  AddRoot(out, account, usage);
  account.users().ForEach(
      [&](const std::string&, const snapshot::UserPtr& user) { AddUser(out, account, *user, usage); });
  return out;
}

}  // namespace wardkeep::service::iam
