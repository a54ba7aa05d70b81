// Every codec: what is encoded decodes to the same entity, and bodies that are not as written are refused.
#include <gtest/gtest.h>

#include "sample_entities.h"
#include "snapshot/account_codec.h"
#include "snapshot/group_codec.h"
#include "snapshot/instance_profile_codec.h"
#include "snapshot/managed_policy_codec.h"
#include "snapshot/mfa_device_codec.h"
#include "snapshot/oidc_provider_codec.h"
#include "snapshot/role_codec.h"
#include "snapshot/saml_provider_codec.h"
#include "snapshot/user_codec.h"

namespace wardkeep::snapshot {
namespace {

using sample::At;

void ExpectSame(const entity::InlinePolicies& a, const entity::InlinePolicies& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].name, b[i].name);
    EXPECT_EQ(a[i].document->text(), b[i].document->text());
    EXPECT_EQ(a[i].document->kind(), b[i].document->kind());
  }
}

void ExpectSame(const std::vector<entity::AccessKey>& a, const std::vector<entity::AccessKey>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].id, b[i].id);
    EXPECT_EQ(a[i].sealed_secret, b[i].sealed_secret);
    EXPECT_EQ(a[i].status, b[i].status);
    EXPECT_EQ(a[i].create_date, b[i].create_date);
    EXPECT_EQ(a[i].status_changed, b[i].status_changed);
    EXPECT_EQ(a[i].hygiene_warned, b[i].hygiene_warned);
  }
}

// Text that needs escaping, beyond ASCII, and white space that must survive byte for byte.
constexpr const char* kDocument =
    "{\n\t\"Statement\" : [ ]  ,\r\n \"Id\":\"\\u00e9 \xc3\xa9 \xf0\x9f\x94\x91 \\\\ \\\" /\"}\n";

TEST(UserCodec, RoundTripsEveryMember) {
  entity::User user = sample::User("AIDA1", "Al=,.@-ice");
  user.path = "/div/\"quoted\"/";
  user.create_date = base::Instant(std::chrono::microseconds(1'700'000'000'123'456));
  user.tags = {{"A", ""}, {"k\xc3\xa9y", "v / +"}};
  user.permissions_boundary = "arn:aws:iam::aws:policy/X";
  // B and b: names of databases written when the case of names counted.
  user.inline_policies = {
      {"B", sample::Identity("{}")}, {"a", sample::Identity(kDocument)}, {"b", sample::Identity("{}")}};
  user.attached_policies = {"arn:2", "arn:1"};
  user.group_ids = {"AGPA2", "AGPA1"};
  user.access_keys = {sample::Key("AKIA2"), sample::Key("AKIA1")};
  user.access_keys[1].status = entity::KeyStatus::kInactive;
  user.access_keys[1].status_changed = At(7);
  user.access_keys[0].hygiene_warned = At(8);
  user.password_last_used = At(9);
  user.signin_places = {{entity::SigninPlaceKind::kAddress, "4:0a000001", At(10)},
                        {entity::SigninPlaceKind::kDevice, "0123abcd", At(11)}};
  user.login_profile =
      entity::LoginProfile{"$argon2id$now", At(5), At(7), true, At(8), {"$argon2id$1", "$argon2id$0"}, 7200};

  const auto read = DecodeUser(EncodeUser(user));
  ASSERT_TRUE(read) << read.error().ToString();
  EXPECT_EQ(read->id, user.id);
  EXPECT_EQ(read->name, user.name);
  EXPECT_EQ(read->path, user.path);
  EXPECT_EQ(read->create_date, user.create_date);
  EXPECT_EQ(read->tags, user.tags);
  EXPECT_EQ(read->permissions_boundary, user.permissions_boundary);
  ExpectSame(read->inline_policies, user.inline_policies);
  EXPECT_EQ(read->attached_policies, user.attached_policies);
  EXPECT_EQ(read->group_ids, user.group_ids);
  ExpectSame(read->access_keys, user.access_keys);
  EXPECT_EQ(read->password_last_used, user.password_last_used);
  ASSERT_EQ(read->signin_places.size(), 2U);
  EXPECT_EQ(read->signin_places[1].kind, entity::SigninPlaceKind::kDevice);
  EXPECT_EQ(read->signin_places[1].text, "0123abcd");
  EXPECT_EQ(read->signin_places[1].last_success, At(11));
  ASSERT_TRUE(read->login_profile);
  EXPECT_EQ(read->login_profile->password_hash, "$argon2id$now");
  EXPECT_EQ(read->login_profile->create_date, At(5));
  EXPECT_EQ(read->login_profile->password_changed, At(7));
  EXPECT_TRUE(read->login_profile->password_reset_required);
  EXPECT_EQ(read->login_profile->former_hashes, user.login_profile->former_hashes);
  EXPECT_EQ(read->login_profile->hygiene_warned, At(8));
  EXPECT_EQ(read->login_profile->max_signin_session_duration, 7200);
}

TEST(UserCodec, RoundTripsAnEmptyUser) {
  const auto read = DecodeUser(EncodeUser(sample::User("AIDA1", "a")));
  ASSERT_TRUE(read) << read.error().ToString();
  EXPECT_TRUE(read->tags.empty());
  EXPECT_FALSE(read->password_last_used);
  EXPECT_FALSE(read->login_profile);
}

TEST(OidcProviderCodec, RoundTripsEveryMember) {
  entity::OidcProvider provider;
  provider.id = "uuid";
  provider.name = "Host.example.com/a/";
  provider.create_date = At(3);
  provider.client_ids = {"b", "a \"quoted\""};
  provider.thumbprints = {"0123", "89AB"};
  provider.tags = {{"k", "v"}};
  provider.propagation.context_provider =
      entity::ContextProvider{"sub", "user", "type", {{"a", "b"}, {"c \"d\"", ""}}};
  provider.propagation.identity_center_instance = "arn:aws:sso:::instance/ssoins-1";
  const auto read = DecodeOidcProvider(EncodeOidcProvider(provider));
  ASSERT_TRUE(read) << read.error().ToString();
  EXPECT_EQ(read->id, provider.id);
  EXPECT_EQ(read->name, provider.name);
  EXPECT_EQ(read->create_date, provider.create_date);
  EXPECT_EQ(read->client_ids, provider.client_ids);
  EXPECT_EQ(read->thumbprints, provider.thumbprints);
  EXPECT_EQ(read->tags, provider.tags);
  ASSERT_TRUE(read->propagation.context_provider);
  EXPECT_EQ(read->propagation.context_provider->subject_source_key, "sub");
  EXPECT_EQ(read->propagation.context_provider->subject_type_value, "user");
  EXPECT_EQ(read->propagation.context_provider->subject_type_source_key, "type");
  EXPECT_EQ(read->propagation.context_provider->keys, provider.propagation.context_provider->keys);
  EXPECT_EQ(read->propagation.identity_center_instance, "arn:aws:sso:::instance/ssoins-1");
}

TEST(SamlProviderCodec, RoundTripsEveryMember) {
  entity::SamlProvider provider;
  provider.id = "SAMLSP1";
  provider.name = "Corp";
  provider.create_date = At(3);
  provider.valid_until = At(4);
  provider.metadata = std::make_shared<const std::string>("<a b=\"c\">\n\xc3\xa9</a>");
  provider.encryption_mode = "Required";
  provider.private_keys = {{"SAMLPK2", std::string("\x00\xff", 2), At(5)}, {"SAMLPK1", "x", At(6)}};
  provider.tags = {{"k", "v"}};
  provider.issuer = "https://idp.example.com";
  provider.key_hashes = {"ab", "cd"};
  provider.propagation.context_provider = entity::ContextProvider{"NameID", "", "", {}};
  const auto read = DecodeSamlProvider(EncodeSamlProvider(provider));
  ASSERT_TRUE(read) << read.error().ToString();
  EXPECT_EQ(read->id, provider.id);
  EXPECT_EQ(read->name, provider.name);
  EXPECT_EQ(read->create_date, provider.create_date);
  EXPECT_EQ(read->valid_until, provider.valid_until);
  EXPECT_EQ(*read->metadata, *provider.metadata);
  EXPECT_EQ(read->encryption_mode, provider.encryption_mode);
  ASSERT_EQ(read->private_keys.size(), 2U);
  EXPECT_EQ(read->private_keys[0].id, "SAMLPK2");
  EXPECT_EQ(read->private_keys[0].sealed_key, provider.private_keys[0].sealed_key);
  EXPECT_EQ(read->private_keys[1].create_date, At(6));
  EXPECT_EQ(read->tags, provider.tags);
  EXPECT_EQ(read->issuer, provider.issuer);
  EXPECT_EQ(read->key_hashes, provider.key_hashes);
  ASSERT_TRUE(read->propagation.context_provider);
  EXPECT_TRUE(read->propagation.context_provider->keys.empty());
  EXPECT_TRUE(read->propagation.identity_center_instance.empty());
}

TEST(GroupCodec, RoundTripsEveryMember) {
  entity::Group group = sample::Group("AGPA1", "Admins");
  group.path = "/x/";
  group.inline_policies = {{"a", sample::Identity(kDocument)}};
  group.attached_policies = {"arn:1"};
  const auto read = DecodeGroup(EncodeGroup(group));
  ASSERT_TRUE(read) << read.error().ToString();
  EXPECT_EQ(read->id, group.id);
  EXPECT_EQ(read->name, group.name);
  EXPECT_EQ(read->path, group.path);
  EXPECT_EQ(read->create_date, group.create_date);
  ExpectSame(read->inline_policies, group.inline_policies);
  EXPECT_EQ(read->attached_policies, group.attached_policies);
}

TEST(RoleCodec, RoundTripsEveryMember) {
  entity::Role role = sample::Role("AROA1", "R");
  role.trust_policy = sample::Trust(kDocument);
  role.trust_principals = {{"AIDA1", "123456789012"}, {"AROA2", "999999999999"}};
  role.has_description = true;
  role.max_session_duration = 43200;
  role.max_signin_session_duration = 7'776'000;
  role.tags = {{"k", "v"}};
  role.permissions_boundary = "arn:b";
  role.inline_policies = {{"a", sample::Identity("{}")}};
  role.attached_policies = {"arn:1", "arn:0"};
  role.linked_service = "ec2.amazonaws.com";
  const auto read = DecodeRole(EncodeRole(role));
  ASSERT_TRUE(read) << read.error().ToString();
  EXPECT_EQ(read->trust_policy->text(), kDocument);
  EXPECT_EQ(read->trust_policy->kind(), policy::DocumentKind::kTrust);
  EXPECT_EQ(read->trust_principals, role.trust_principals);
  EXPECT_TRUE(read->has_description) << "an empty description is not an absent one";
  EXPECT_EQ(read->description, "");
  EXPECT_EQ(read->max_session_duration, 43200);
  EXPECT_EQ(read->max_signin_session_duration, 7'776'000);
  EXPECT_EQ(read->tags, role.tags);
  EXPECT_EQ(read->permissions_boundary, role.permissions_boundary);
  ExpectSame(read->inline_policies, role.inline_policies);
  EXPECT_EQ(read->attached_policies, role.attached_policies);
  EXPECT_TRUE(read->is_service_linked());
}

TEST(ManagedPolicyCodec, RoundTripsEveryMember) {
  entity::ManagedPolicy policy = sample::Policy("ANPA1", "P");
  policy.path = "/team/";
  policy.description = "what it is for";
  policy.update_date = At(77);
  policy.versions.push_back({7, sample::Identity(kDocument), At(70)});
  policy.default_version = 7;
  policy.next_version = 9;
  policy.tags = {{"k", "v"}};
  const auto read = DecodeManagedPolicy(EncodeManagedPolicy(policy));
  ASSERT_TRUE(read) << read.error().ToString();
  EXPECT_EQ(read->description, policy.description);
  EXPECT_EQ(read->update_date, policy.update_date);
  EXPECT_EQ(read->default_document().document->text(), kDocument);
  EXPECT_EQ(read->default_document().create_date, At(70));
  EXPECT_EQ(read->next_version, 9U);
  EXPECT_EQ(read->versions.size(), 2U);
  EXPECT_EQ(read->FindVersion(2), nullptr);
  EXPECT_EQ(read->tags, policy.tags);
}

TEST(InstanceProfileCodec, RoundTripsEveryMember) {
  entity::InstanceProfile profile;
  profile.id = "AIPA1";
  profile.name = "P";
  profile.path = "/p/";
  profile.create_date = At(1);
  profile.role_id = "AROA1";
  profile.tags = {{"k", "v"}};
  const auto read = DecodeInstanceProfile(EncodeInstanceProfile(profile));
  ASSERT_TRUE(read) << read.error().ToString();
  EXPECT_EQ(read->id, profile.id);
  EXPECT_EQ(read->name, profile.name);
  EXPECT_EQ(read->path, profile.path);
  EXPECT_EQ(read->create_date, profile.create_date);
  EXPECT_EQ(read->role_id, profile.role_id);
  EXPECT_EQ(read->tags, profile.tags);
}

TEST(AccountCodec, RoundTripsEveryMember) {
  entity::Account account = sample::Account();
  account.email = "root@example.com";
  account.alias = "acme";
  account.root_access_keys = {sample::Key("AKIAROOT")};
  account.root_password_hash = "$argon2id$...";
  account.root_password_reset_required = true;
  account.root_mfa_required = false;
  account.global_endpoint_token_version = 2;
  account.root_password_changed = At(3);
  account.root_password_last_used = At(4);
  account.root_signin_places = {{entity::SigninPlaceKind::kAddress, "4:0a000001", At(5)}};
  account.password_policy = entity::PasswordPolicy{12, true, false, true, false, true, 90, 5, false};
  account.properties = {{"PasswordPolicy/MinimumStrength", "50"}};
  account.outbound_issuer_id = "uuid";
  account.token_keys = {{"kid", "RS256", std::string("\x00\xff", 2), "{\"kty\":\"RSA\"}", At(4)}};
  account.outbound_federation_enabled = true;
  account.closed_at = At(11);
  const auto read = DecodeAccount(EncodeAccount(account));
  ASSERT_TRUE(read) << read.error().ToString();
  EXPECT_EQ(read->id, account.id);
  EXPECT_EQ(read->name, account.name);
  EXPECT_EQ(read->email, account.email);
  EXPECT_EQ(read->alias, account.alias);
  EXPECT_EQ(read->create_date, account.create_date);
  ExpectSame(read->root_access_keys, account.root_access_keys);
  EXPECT_EQ(read->root_password_hash, account.root_password_hash);
  EXPECT_TRUE(read->root_password_reset_required);
  EXPECT_FALSE(read->root_mfa_required);
  EXPECT_EQ(read->global_endpoint_token_version, 2);
  EXPECT_EQ(read->root_password_changed, At(3));
  EXPECT_EQ(read->root_password_last_used, At(4));
  ASSERT_EQ(read->root_signin_places.size(), 1U);
  EXPECT_EQ(read->root_signin_places[0].text, "4:0a000001");
  EXPECT_EQ(read->password_policy, account.password_policy);
  EXPECT_EQ(read->properties, account.properties);
  EXPECT_EQ(read->outbound_issuer_id, "uuid");
  ASSERT_EQ(read->token_keys.size(), 1U);
  EXPECT_EQ(read->token_keys[0].id, "kid");
  EXPECT_EQ(read->token_keys[0].algorithm, "RS256");
  EXPECT_EQ(read->token_keys[0].sealed_key, account.token_keys[0].sealed_key);
  EXPECT_EQ(read->token_keys[0].public_jwk, account.token_keys[0].public_jwk);
  EXPECT_EQ(read->token_keys[0].create_date, At(4));
  EXPECT_TRUE(read->outbound_federation_enabled);
  EXPECT_EQ(read->closed_at, At(11));
}

TEST(MfaDeviceCodec, RoundTripsEveryMember) {
  entity::MfaDevice device;
  device.serial_number = "arn:aws:iam::123456789012:mfa/team/Phone";
  device.name = "Phone";
  device.create_date = At(7);
  device.tags = {{"A", "b"}};
  device.totp =
      entity::Totp{std::string("\x00\xff sealed", 9), {entity::TotpHash::kSha512, 60}, -3, 56'666'666};
  for (const auto kind : {entity::MfaKind::kVirtual, entity::MfaKind::kHardware}) {
    for (const bool assigned : {false, true}) {
      device.kind = kind;
      device.owner_id = assigned ? "AIDA1" : "";
      device.enable_date = assigned ? std::optional(At(8)) : std::nullopt;
      const auto read = DecodeMfaDevice(EncodeMfaDevice(device));
      ASSERT_TRUE(read) << read.error().ToString();
      EXPECT_EQ(read->serial_number, device.serial_number);
      EXPECT_EQ(read->kind, device.kind);
      EXPECT_EQ(read->name, device.name);
      EXPECT_EQ(read->create_date, device.create_date);
      EXPECT_EQ(read->tags, device.tags);
      EXPECT_EQ(read->owner_id, device.owner_id);
      EXPECT_EQ(read->enable_date, device.enable_date);
      ASSERT_TRUE(read->totp);
      EXPECT_EQ(read->totp->sealed_seed, device.totp->sealed_seed);
      EXPECT_EQ(read->totp->form, device.totp->form);
      EXPECT_EQ(read->totp->drift_steps, device.totp->drift_steps);
      EXPECT_EQ(read->totp->last_used_step, device.totp->last_used_step);
    }
  }
}

TEST(MfaDeviceCodec, RoundTripsAPasskey) {
  entity::MfaDevice device;
  device.serial_number = "arn:aws:iam::123456789012:u2f/user/ann/key-ABC";
  device.kind = entity::MfaKind::kFido;
  device.name = "key";
  device.create_date = At(7);
  device.owner_id = "AIDA1";
  device.enable_date = At(7);
  device.fido = entity::FidoCredential{std::string("\x00\x01\xff", 3), std::string("\x00key", 4), -257,
                                       4294967295U, std::string(16, '\0')};
  const auto read = DecodeMfaDevice(EncodeMfaDevice(device));
  ASSERT_TRUE(read) << read.error().ToString();
  EXPECT_EQ(read->kind, entity::MfaKind::kFido);
  EXPECT_FALSE(read->totp);
  ASSERT_TRUE(read->fido);
  EXPECT_EQ(read->fido->credential_id, device.fido->credential_id);
  EXPECT_EQ(read->fido->public_key, device.fido->public_key);
  EXPECT_EQ(read->fido->algorithm, -257);
  EXPECT_EQ(read->fido->sign_count, 4294967295U);
  EXPECT_EQ(read->fido->aaguid, device.fido->aaguid);
  device.owner_id.clear();
  device.enable_date.reset();
  EXPECT_FALSE(DecodeMfaDevice(EncodeMfaDevice(device)));  // a passkey is always somebody's
}

TEST(MfaDeviceCodec, RefusesWhatDoesNotGoTogether) {
  const char* const kBodies[] = {
      R"({"v":1,"serial":"s","kind":"paper","created":1,"seed":"AA==","hash":"sha1","period":30,"drift":0,"last_step":-1})",
      R"({"v":1,"serial":"s","kind":"virtual","created":1})",
      R"({"v":1,"serial":"s","kind":"virtual","created":1,"seed":"AA==","hash":"md5","period":30,"drift":0,"last_step":-1})",
      R"({"v":1,"serial":"s","kind":"virtual","created":1,"seed":"AA==","hash":"sha1","period":0,"drift":0,"last_step":-1})",
      R"({"v":1,"serial":"s","kind":"virtual","created":1,"seed":"AA==","hash":"sha1","period":30,"drift":0,"last_step":-1,"owner":"A"})",
      R"({"v":1,"serial":"s","kind":"virtual","created":1,"seed":"AA==","hash":"sha1","period":30,"drift":0,"last_step":-1,"enabled":1})",
  };
  for (const char* body : kBodies) EXPECT_FALSE(DecodeMfaDevice(body)) << body;
}

TEST(Codecs, RefuseBodiesThatAreNotAsWritten) {
  struct Case {
    const char* body;
    const char* named;  // what the error must name
  };
  const Case cases[] = {
      {"", "not JSON"},
      {"{", "not JSON"},
      {"[]", "version"},
      {"{}", "version"},
      {R"({"v":"1"})", "version"},
      {R"({"v":2,"id":"AIDA1","name":"a","path":"/","created":1})", "format version 2"},
      {R"({"v":1})", "`id` is missing"},
      {R"({"v":1,"id":""})", "`id` is empty"},
      {R"({"v":1,"id":7})", "`id` is not a string"},
      {R"({"v":1,"id":"AIDA1","id":"AIDA2"})", "not JSON"},
      {R"({"v":1,"id":"A","name":"a","path":"/"})", "`created`"},
      {R"({"v":1,"id":"A","name":"a","path":"/","created":"now"})", "`created`"},
      {R"({"v":1,"id":"A","name":"a","path":"/","created":1,"tags":[["k"]]})", "`tags`"},
      {R"({"v":1,"id":"A","name":"a","path":"/","created":1,"tags":{}})", "`tags`"},
      {R"({"v":1,"id":"A","name":"a","path":"/","created":1,"attached":[1]})", "`attached`"},
      {R"({"v":1,"id":"A","name":"a","path":"/","created":1,"keys":[{"id":"K","sealed":"*","created":1}]})",
       "`sealed` is not base64"},
      {R"({"v":1,"id":"A","name":"a","path":"/","created":1,"keys":[3]})", "`keys`"},
      {R"({"v":1,"id":"A","name":"a","path":"/","created":1,
           "inline":[{"name":"b","document":"{}"},{"name":"a","document":"{}"}]})",
       "`inline` is not sorted"},
  };
  for (const auto& c : cases) {
    const auto read = DecodeUser(c.body);
    ASSERT_FALSE(read) << c.body;
    EXPECT_EQ(read.error().code, base::ErrorCode::kCorrupt) << c.body;
    EXPECT_NE(read.error().message.find(c.named), std::string::npos) << read.error().message;
  }
}

TEST(Codecs, RefuseAPolicyWhoseDefaultVersionIsGone) {
  entity::ManagedPolicy policy = sample::Policy("ANPA1", "P");
  policy.default_version = 3;
  EXPECT_FALSE(DecodeManagedPolicy(EncodeManagedPolicy(policy)));
}

TEST(Codecs, IgnoreMembersTheyDoNotKnow) {
  EXPECT_TRUE(DecodeGroup(R"({"v":1,"id":"A","name":"a","path":"/","created":1,"later":{"x":[1]}})"));
}

}  // namespace
}  // namespace wardkeep::snapshot
