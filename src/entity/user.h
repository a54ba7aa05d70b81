// An IAM user with everything it owns: keys, inline policies, attachments, memberships. One stored document
// each.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "entity/access_key.h"
#include "entity/inline_policy.h"
#include "entity/login_profile.h"
#include "entity/service_credential.h"
#include "entity/signing_certificate.h"
#include "entity/ssh_public_key.h"
#include "entity/signin_place.h"
#include "entity/tag.h"

namespace wardkeep::entity {

struct User {
  std::string id;    // AIDA...
  std::string name;  // as given; unique in the account ignoring ASCII case
  std::string path = "/";
  base::Instant create_date;
  Tags tags;
  std::string permissions_boundary;  // policy ARN, empty for none
  InlinePolicies inline_policies;
  std::vector<std::string> attached_policies;  // policy ARNs in order of attachment
  std::vector<std::string> group_ids;          // AGPA..., in order of joining
  std::vector<AccessKey> access_keys;          // in order of creation
  std::optional<LoginProfile> login_profile;   // the console password
  std::vector<SshPublicKey> ssh_public_keys;   // this and the next two: in order of creation
  std::vector<SigningCertificate> signing_certificates;
  std::vector<ServiceCredential> service_credentials;
  std::optional<base::Instant> password_last_used;
  SigninPlaces signin_places;    // with its password
};

}  // namespace wardkeep::entity
