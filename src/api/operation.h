// The operation table: everything the pipeline must know of an operation before and after its handler runs.
// Generated from models/<service>.json (shapes, errors, paging) and models/authorization/<service>.json (what
// the caller must be allowed to do). Constant data; share freely between threads.
//
//   const api::Service* iam = api::FindService("iam");
//   const api::Operation* operation = api::FindOperation(*iam, "CreateUser");
//
// Resource templates say how the ARN an operation acts on follows from its request:
//   kAny          `*`
//   kName         the entity called request.<member>, its ARN with its real path; an unknown name, path `/`.
//                 With default_caller: the calling user when the member is absent
//   kNewName      the entity about to be created: request.<member> under request.<path_member> (default `/`)
//   kArn          the ARN in request.<member>; type kEntity: a user, group, role or policy
//   kCaller       the calling user
//   kAccessKey    the user who owns the access key id in request.<member>
//   kUrl          the OIDC provider named by the URL in request.<member>, without its scheme
//   kServiceRole  the service-linked role of the service principal in request.<member>, suffix in path_member
//   kDeletionTask the role named in the service-linked-role deletion task id in request.<member>
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "api/shape.h"

namespace wardkeep::api {

struct Service;

enum class Protocol : uint8_t { kQuery, kJson, kRestJson, kEc2 };
enum class Access : uint8_t { kRead, kWrite };
// kPolicy: allowed only if policies allow it. kDenyOnly: refused only by an explicit deny. kExempt: never
// refused.
enum class Authorize : uint8_t { kPolicy, kDenyOnly, kExempt };

enum class ResourceType : uint8_t {
  kAny,
  kUser,
  kGroup,
  kRole,
  kInstanceProfile,
  kPolicy,
  kMfa,
  kOidcProvider,
  kSamlProvider,
  kServerCertificate,
  kEntity,
  kDelegationRequest,
  kRoleTemplate,
  kAccessReport,
  kFederatedUser,
  kRoot,
};
enum class ResourceSource : uint8_t {
  kAny,
  kName,
  kNewName,
  kArn,
  kCaller,
  kAccessKey,
  kUrl,
  kServiceRole,
  kDeletionTask,
};

struct ResourceTemplate {
  ResourceType type = ResourceType::kAny;
  ResourceSource source = ResourceSource::kAny;
  const Member* member = nullptr;
  const Member* path_member = nullptr;
  bool default_caller = false;
};

// An action the caller needs on the resource. `when`: only if the request carries that member (and it is not
// empty).
struct RequiredAction {
  std::string_view action;
  const Member* when = nullptr;
};

// kRequest: the value of `member` in the request; a key ending in "/*" is one key per tag of the member.
// The others are looked up: tags, permissions boundary, owning service or owner of the resource, claims of
// the assertion.
enum class KeySource : uint8_t {
  kRequest,
  kResourceTags,
  kResourceBoundary,
  kResourceService,
  kResourceOwner,
  kAssertion
};
struct ConditionKey {
  std::string_view key;
  KeySource source = KeySource::kRequest;
  const Member* member = nullptr;
};

struct PassRole {
  const Member* role = nullptr;  // nullptr: the operation passes no role
  std::string_view service = {};
};

struct Pagination {
  std::string_view input_token = {}, output_token = {}, limit_key = {}, more_results = {};
  std::span<const std::string_view> result_keys = {};
};

struct ErrorInfo {
  std::string_view shape;  // "NoSuchEntityException"
  std::string_view code;   // "NoSuchEntity"
  int http_status = 400;
};

struct Operation {
  const Service* service = nullptr;
  std::string_view name;
  const Shape* input = nullptr;   // never nullptr
  const Shape* output = nullptr;  // never nullptr
  bool has_output = false;        // the model has an output structure: the response carries a result element
  bool unsigned_request = false;
  bool heavy = false;
  bool regional = false;   // not offered by the service's global host
  bool owner_may = false;  // the owner of the resource needs no permission, but a denial holds
  Access access = Access::kWrite;
  Authorize authorize = Authorize::kPolicy;
  std::string_view http_method = "POST";
  std::string_view http_uri = "/";
  int http_status = 200;
  std::string_view result_wrapper = {};
  std::span<const ErrorInfo* const> errors = {};
  std::span<const RequiredAction> actions = {};  // the first is the operation's own
  ResourceTemplate resource = {};
  ResourceTemplate renamed = {};  // must be allowed too when its member or path_member is present
  std::span<const ConditionKey> keys = {};
  std::span<const std::string_view> mask = {};  // member names never written to logs or audit, at any depth
  PassRole pass_role = {};
  const Pagination* pagination = nullptr;
};

// How the validator words its messages (wire-protocols.md section 6).
struct ValidationStyle {
  bool show_values = true;       // "Value 'x' at" against "Value at"
  bool show_null = true;         // "Value null at" against "Value at"
  bool show_enum_values = true;  // whether the enum clause ends with ": [A, B]"
};

// Query and its sister of EC2: parameters of a form in, XML out.
constexpr bool TakesForms(Protocol protocol) {
  return protocol == Protocol::kQuery || protocol == Protocol::kEc2;
}

struct Service {
  std::string_view name;  // "iam", the file name of the model
  std::string_view id;    // "IAM"
  std::string_view version;
  Protocol protocol = Protocol::kQuery;
  std::string_view signing_name, endpoint_prefix, target_prefix, json_version, xml_namespace;
  bool is_partial = false;  // the model has only those operations that are served
  ValidationStyle validation = {};
  std::span<const Operation> operations = {};  // sorted by name
  std::span<const ErrorInfo> errors = {};
};

std::span<const Service* const> Services();
const Service* FindService(std::string_view name);
std::span<const Operation> Operations(const Service& service);
// Binary search by exact name; nullptr when unknown.
const Operation* FindOperation(const Service& service, std::string_view name);

}  // namespace wardkeep::api
