#include "snapshot/user_codec.h"

#include <utility>

#include "snapshot/credential_parts.h"
#include "snapshot/owned_parts.h"
#include "snapshot/password_parts.h"

namespace wardkeep::snapshot {

std::string EncodeUser(const entity::User& user) {
  json::Writer out = BeginBody();
  out.Key("id").String(user.id).Key("name").String(user.name).Key("path").String(user.path);
  WriteTime(out, "created", user.create_date);
  WritePairs(out, "tags", user.tags);
  WriteText(out, "boundary", user.permissions_boundary);
  WriteInlinePolicies(out, user.inline_policies);
  WriteTexts(out, "attached", user.attached_policies);
  WriteTexts(out, "groups", user.group_ids);
  WriteAccessKeys(out, "keys", user.access_keys);
  if (user.login_profile) WriteLoginProfile(out, "login", *user.login_profile);
  WriteSshKeys(out, "ssh_keys", user.ssh_public_keys);
  WriteSigningCertificates(out, "certificates", user.signing_certificates);
  WriteServiceCredentials(out, "service_credentials", user.service_credentials);
  if (user.password_last_used) WriteTime(out, "password_used", *user.password_last_used);
  WriteSigninPlaces(out, "signin_places", user.signin_places);
  return EndBody(std::move(out));
}

base::Result<entity::User> DecodeUser(std::string_view body) {
  BodyReader reader("user", body);
  const BodyFields fields = reader.root();
  entity::User user;
  user.id = fields.Text("id");
  user.name = fields.Text("name");
  user.path = fields.Text("path");
  user.create_date = fields.Time("created");
  user.tags = fields.OptionalPairs("tags");
  user.permissions_boundary = fields.OptionalText("boundary");
  user.inline_policies = ReadInlinePolicies(fields);
  user.attached_policies = fields.OptionalTexts("attached");
  user.group_ids = fields.OptionalTexts("groups");
  user.access_keys = ReadAccessKeys(fields, "keys");
  user.login_profile = ReadLoginProfile(fields, "login");
  user.ssh_public_keys = ReadSshKeys(fields, "ssh_keys");
  user.signing_certificates = ReadSigningCertificates(fields, "certificates");
  user.service_credentials = ReadServiceCredentials(fields, "service_credentials");
  user.password_last_used = fields.OptionalTime("password_used");
  user.signin_places = ReadSigninPlaces(fields, "signin_places");
  WK_TRY(reader.Finish());
  return user;
}

}  // namespace wardkeep::snapshot
