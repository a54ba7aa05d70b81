// A write that is refused leaves the account as it was: every writing operation, with references and values
// that only its handler can find wrong.
#include <gtest/gtest.h>

#include <set>

#include "in_process/server.h"

namespace wardkeep::service {
namespace {

using in_process::InProcessServer;
using in_process::Parameters;

constexpr std::string_view kGood =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]})";
constexpr std::string_view kBadTrust =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"arn:aws:iam::111122223333:user/nobody"}}]})";
const std::string kOwn = "arn:aws:iam::111122223333:policy/own";
const std::string kUsed = "arn:aws:iam::111122223333:policy/used";
const std::string kNone = "arn:aws:iam::111122223333:policy/none";
const std::string kNoOidc = "arn:aws:iam::111122223333:oidc-provider/none.example.com";
const std::string kNoSaml = "arn:aws:iam::111122223333:saml-provider/none";
const std::string kNoMfa = "arn:aws:iam::111122223333:mfa/none";
const std::string kAws = "arn:aws:iam::aws:policy/ReadOnlyAccess";

struct BadWrite {
  std::string operation;
  Parameters parameters;
  std::string code;
};

// The account: user bob in group g with a key, inline policy p, policies "own" (two versions) and "used"
// attached to him; role r in profile ip; service-linked role.
void Fill(InProcessServer& server) {
  const std::string good(kGood);
  const auto must = [&](std::string_view operation, const Parameters& parameters) {
    server.Must(server.admin(), "iam", operation, parameters);
  };
  must("CreateUser", {{"UserName", "bob"}});
  must("CreateGroup", {{"GroupName", "g"}});
  must("CreateGroup", {{"GroupName", "h"}});
  must("AddUserToGroup", {{"UserName", "bob"}, {"GroupName", "g"}});
  must("PutGroupPolicy", {{"GroupName", "g"}, {"PolicyName", "p"}, {"PolicyDocument", good}});
  must("PutUserPolicy", {{"UserName", "bob"}, {"PolicyName", "p"}, {"PolicyDocument", good}});
  must("CreatePolicy", {{"PolicyName", "own"}, {"PolicyDocument", good}});
  must("CreatePolicyVersion", {{"PolicyArn", kOwn}, {"PolicyDocument", good}});
  must("CreatePolicy", {{"PolicyName", "used"}, {"PolicyDocument", good}});
  must("AttachUserPolicy", {{"UserName", "bob"}, {"PolicyArn", kUsed}});
  must("CreateRole",
       {{"RoleName", "r"},
        {"AssumeRolePolicyDocument", InProcessServer::Trust(R"({"Service":"ec2.amazonaws.com"})")}});
  must("CreateInstanceProfile", {{"InstanceProfileName", "ip"}});
  must("AddRoleToInstanceProfile", {{"InstanceProfileName", "ip"}, {"RoleName", "r"}});
  must("CreateAccountAlias", {{"AccountAlias", "mine"}});
  server.Must(server.other_admin(), "iam", "CreateAccountAlias", {{"AccountAlias", "theirs"}});
  must("CreateServiceLinkedRole", {{"AWSServiceName", "elasticbeanstalk.amazonaws.com"}});
}

std::vector<BadWrite> BadWrites() {
  const std::string good(kGood);
  const std::string trust = InProcessServer::Trust(R"({"Service":"ec2.amazonaws.com"})");
  const Parameters aws_tag = {{"Tags.member.1.Key", "k"},
                              {"Tags.member.1.Value", "1"},
                              {"Tags.member.2.Key", "k"},
                              {"Tags.member.2.Value", "2"}};
  const Parameters one_tag = {{"Tags.member.1.Key", "k"}, {"Tags.member.1.Value", "1"}};
  const auto with = [](Parameters first, const Parameters& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
  };
  return {
      {"AddRoleToInstanceProfile", {{"InstanceProfileName", "ip"}, {"RoleName", "none"}}, "NoSuchEntity"},
      {"AddRoleToInstanceProfile", {{"InstanceProfileName", "ip"}, {"RoleName", "r"}}, "LimitExceeded"},
      {"AddUserToGroup", {{"GroupName", "none"}, {"UserName", "bob"}}, "NoSuchEntity"},
      {"AddUserToGroup", {{"GroupName", "g"}, {"UserName", "none"}}, "NoSuchEntity"},
      {"AttachGroupPolicy", {{"GroupName", "g"}, {"PolicyArn", kNone}}, "NoSuchEntity"},
      {"AttachRolePolicy", {{"RoleName", "r"}, {"PolicyArn", kNone}}, "NoSuchEntity"},
      {"AttachRolePolicy",
       {{"RoleName", "r"},
        {"PolicyArn", "arn:aws:iam::aws:policy/aws-service-role/AWSElasticBeanstalkServiceRolePolicy"}},
       "PolicyNotAttachable"},
      {"AttachUserPolicy", {{"UserName", "bob"}, {"PolicyArn", kNone}}, "NoSuchEntity"},
      {"ChangePassword", {{"OldPassword", "a"}, {"NewPassword", "Tide-42-lantern"}}, "NoSuchEntity"},
      {"CreateAccessKey", {{"UserName", "none"}}, "NoSuchEntity"},
      {"CreateAccountAlias", {{"AccountAlias", "theirs"}}, "EntityAlreadyExists"},
      {"CreateGroup", {{"GroupName", "G"}}, "EntityAlreadyExists"},
      {"CreateInstanceProfile", {{"InstanceProfileName", "IP"}}, "EntityAlreadyExists"},
      {"CreateInstanceProfile", with({{"InstanceProfileName", "ip2"}}, aws_tag), "InvalidInput"},
      {"CreateLoginProfile", {{"UserName", "bob"}, {"Password", "short"}}, "PasswordPolicyViolation"},
      {"CreatePolicy", {{"PolicyName", "OWN"}, {"PolicyDocument", good}}, "EntityAlreadyExists"},
      {"CreatePolicy", {{"PolicyName", "new"}, {"PolicyDocument", "{}"}}, "MalformedPolicyDocument"},
      {"CreatePolicy", with({{"PolicyName", "new"}, {"PolicyDocument", good}}, aws_tag), "InvalidInput"},
      {"CreatePolicyVersion", {{"PolicyArn", kNone}, {"PolicyDocument", good}}, "NoSuchEntity"},
      {"CreatePolicyVersion", {{"PolicyArn", kOwn}, {"PolicyDocument", "{}"}}, "MalformedPolicyDocument"},
      {"CreateRole", {{"RoleName", "R"}, {"AssumeRolePolicyDocument", trust}}, "EntityAlreadyExists"},
      {"CreateRole",
       {{"RoleName", "n"}, {"AssumeRolePolicyDocument", std::string(kBadTrust)}},
       "MalformedPolicyDocument"},
      {"CreateRole",
       {{"RoleName", "n"}, {"AssumeRolePolicyDocument", trust}, {"PermissionsBoundary", kNone}},
       "NoSuchEntity"},
      {"CreateRole", with({{"RoleName", "n"}, {"AssumeRolePolicyDocument", trust}}, aws_tag), "InvalidInput"},
      {"CreateServiceLinkedRole", {{"AWSServiceName", "elasticbeanstalk.amazonaws.com"}}, "InvalidInput"},
      {"CreateUser", {{"UserName", "BOB"}}, "EntityAlreadyExists"},
      {"CreateUser", {{"UserName", "n"}, {"PermissionsBoundary", kNone}}, "NoSuchEntity"},
      {"CreateUser", with({{"UserName", "n"}}, aws_tag), "InvalidInput"},
      {"DeleteAccessKey", {{"UserName", "bob"}, {"AccessKeyId", "AKIAIOSFODNN7EXAMPLE"}}, "NoSuchEntity"},
      {"DeleteAccountAlias", {{"AccountAlias", "theirs"}}, "NoSuchEntity"},
      {"DeleteAccountPasswordPolicy", {}, "NoSuchEntity"},
      {"DeleteGroup", {{"GroupName", "g"}}, "DeleteConflict"},
      {"DeleteGroupPolicy", {{"GroupName", "g"}, {"PolicyName", "none"}}, "NoSuchEntity"},
      {"DeleteInstanceProfile", {{"InstanceProfileName", "ip"}}, "DeleteConflict"},
      {"DeleteLoginProfile", {{"UserName", "bob"}}, "NoSuchEntity"},
      {"DeletePolicy", {{"PolicyArn", kUsed}}, "DeleteConflict"},
      {"DeletePolicy", {{"PolicyArn", kOwn}}, "DeleteConflict"},
      {"DeletePolicy", {{"PolicyArn", kAws}}, "AccessDenied"},
      {"DeletePolicyVersion", {{"PolicyArn", kOwn}, {"VersionId", "v1"}}, "DeleteConflict"},
      {"DeletePolicyVersion", {{"PolicyArn", kOwn}, {"VersionId", "v9"}}, "NoSuchEntity"},
      {"DeleteRole", {{"RoleName", "r"}}, "DeleteConflict"},
      {"DeleteRole", {{"RoleName", "AWSServiceRoleForElasticBeanstalk"}}, "UnmodifiableEntity"},
      {"DeleteRolePermissionsBoundary", {{"RoleName", "r"}}, "NoSuchEntity"},
      {"DeleteRolePolicy", {{"RoleName", "r"}, {"PolicyName", "none"}}, "NoSuchEntity"},
      {"DeleteServiceLinkedRole", {{"RoleName", "r"}}, "InvalidInput"},
      {"DeleteUser", {{"UserName", "bob"}}, "DeleteConflict"},
      {"DeleteUserPermissionsBoundary", {{"UserName", "bob"}}, "NoSuchEntity"},
      {"DeleteUserPolicy", {{"UserName", "bob"}, {"PolicyName", "none"}}, "NoSuchEntity"},
      {"DetachGroupPolicy", {{"GroupName", "g"}, {"PolicyArn", kUsed}}, "NoSuchEntity"},
      {"DetachRolePolicy", {{"RoleName", "r"}, {"PolicyArn", kUsed}}, "NoSuchEntity"},
      {"DetachUserPolicy", {{"UserName", "bob"}, {"PolicyArn", kOwn}}, "NoSuchEntity"},
      {"PutAccountProperties",
       {{"Properties.entry.1.key", "WardkeepPasswords/MinimumStrength"}, {"Properties.entry.1.value", "x"}},
       "InvalidInput"},
      {"PutGroupPolicy",
       {{"GroupName", "g"}, {"PolicyName", "q"}, {"PolicyDocument", "{"}},
       "MalformedPolicyDocument"},
      {"PutRolePermissionsBoundary", {{"RoleName", "r"}, {"PermissionsBoundary", kNone}}, "NoSuchEntity"},
      {"PutRolePolicy",
       {{"RoleName", "r"}, {"PolicyName", "q"}, {"PolicyDocument", "{"}},
       "MalformedPolicyDocument"},
      {"PutUserPermissionsBoundary", {{"UserName", "bob"}, {"PermissionsBoundary", kNone}}, "NoSuchEntity"},
      {"PutUserPolicy",
       {{"UserName", "bob"},
        {"PolicyName", "q"},
        {"PolicyDocument", InProcessServer::Allow("s3:*", "arn:aws:s3:::" + std::string(2100, 'x'))}},
       "LimitExceeded"},
      {"RemoveRoleFromInstanceProfile",
       {{"InstanceProfileName", "ip"}, {"RoleName", "none"}},
       "NoSuchEntity"},
      {"RemoveUserFromGroup", {{"GroupName", "h"}, {"UserName", "bob"}}, "NoSuchEntity"},
      {"SetDefaultPolicyVersion", {{"PolicyArn", kOwn}, {"VersionId", "v9"}}, "NoSuchEntity"},
      {"SetSecurityTokenServicePreferences", {{"GlobalEndpointTokenVersion", "v3Token"}}, "ValidationError"},
      {"TagInstanceProfile", with({{"InstanceProfileName", "ip"}}, aws_tag), "InvalidInput"},
      {"TagPolicy", with({{"PolicyArn", kOwn}}, aws_tag), "InvalidInput"},
      {"TagRole", with({{"RoleName", "r"}}, aws_tag), "InvalidInput"},
      {"TagUser", with({{"UserName", "bob"}}, aws_tag), "InvalidInput"},
      {"UntagInstanceProfile", {{"InstanceProfileName", "none"}, {"TagKeys.member.1", "k"}}, "NoSuchEntity"},
      {"UntagPolicy", {{"PolicyArn", kNone}, {"TagKeys.member.1", "k"}}, "NoSuchEntity"},
      {"UntagRole", {{"RoleName", "none"}, {"TagKeys.member.1", "k"}}, "NoSuchEntity"},
      {"UntagUser", {{"UserName", "none"}, {"TagKeys.member.1", "k"}}, "NoSuchEntity"},
      {"UpdateAccessKey",
       {{"UserName", "bob"}, {"AccessKeyId", "AKIAIOSFODNN7EXAMPLE"}, {"Status", "Active"}},
       "NoSuchEntity"},
      {"UpdateAccountPasswordPolicy", {{"MaxPasswordAge", "0"}}, "ValidationError"},
      {"UpdateAssumeRolePolicy",
       {{"RoleName", "r"}, {"PolicyDocument", std::string(kBadTrust)}},
       "MalformedPolicyDocument"},
      {"UpdateGroup", {{"GroupName", "g"}, {"NewGroupName", "H"}}, "EntityAlreadyExists"},
      {"UpdateGroup", {{"GroupName", "g"}, {"NewGroupName", "h"}, {"NewPath", "/x/"}}, "EntityAlreadyExists"},
      {"UpdateLoginProfile", {{"UserName", "bob"}, {"PasswordResetRequired", "true"}}, "NoSuchEntity"},
      {"UpdateRole", {{"RoleName", "none"}, {"Description", "d"}}, "NoSuchEntity"},
      {"UpdateRoleDescription", {{"RoleName", "none"}, {"Description", "d"}}, "NoSuchEntity"},
      {"AddClientIDToOpenIDConnectProvider",
       {{"OpenIDConnectProviderArn", kNoOidc}, {"ClientID", "app"}},
       "NoSuchEntity"},
      {"CreateOpenIDConnectProvider", {{"Url", "http://id.example.com"}}, "ValidationError"},
      {"CreateSAMLProvider",
       {{"Name", "s"}, {"SAMLMetadataDocument", std::string(1200, 'x')}},
       "InvalidInput"},
      {"CreateVirtualMFADevice", with({{"VirtualMFADeviceName", "m"}}, aws_tag), "InvalidInput"},
      {"DeactivateMFADevice", {{"UserName", "bob"}, {"SerialNumber", kNoMfa}}, "NoSuchEntity"},
      {"DeleteOpenIDConnectProvider", {{"OpenIDConnectProviderArn", kNoOidc}}, "NoSuchEntity"},
      {"DeleteSAMLProvider", {{"SAMLProviderArn", kNoSaml}}, "NoSuchEntity"},
      {"DeleteVirtualMFADevice", {{"SerialNumber", kNoMfa}}, "NoSuchEntity"},
      {"DisableOutboundWebIdentityFederation", {}, "FeatureDisabled"},
      {"EnableMFADevice",
       {{"UserName", "bob"},
        {"SerialNumber", kNoMfa},
        {"AuthenticationCode1", "123456"},
        {"AuthenticationCode2", "654321"}},
       "NoSuchEntity"},
      {"RemoveClientIDFromOpenIDConnectProvider",
       {{"OpenIDConnectProviderArn", kNoOidc}, {"ClientID", "app"}},
       "NoSuchEntity"},
      {"ResyncMFADevice",
       {{"UserName", "bob"},
        {"SerialNumber", kNoMfa},
        {"AuthenticationCode1", "123456"},
        {"AuthenticationCode2", "654321"}},
       "NoSuchEntity"},
      {"TagMFADevice", with({{"SerialNumber", kNoMfa}}, one_tag), "NoSuchEntity"},
      {"TagOpenIDConnectProvider", with({{"OpenIDConnectProviderArn", kNoOidc}}, one_tag), "NoSuchEntity"},
      {"TagSAMLProvider", with({{"SAMLProviderArn", kNoSaml}}, one_tag), "NoSuchEntity"},
      {"UntagMFADevice", {{"SerialNumber", kNoMfa}, {"TagKeys.member.1", "k"}}, "NoSuchEntity"},
      {"UntagOpenIDConnectProvider",
       {{"OpenIDConnectProviderArn", kNoOidc}, {"TagKeys.member.1", "k"}},
       "NoSuchEntity"},
      {"UntagSAMLProvider", {{"SAMLProviderArn", kNoSaml}, {"TagKeys.member.1", "k"}}, "NoSuchEntity"},
      {"UpdateOpenIDConnectProvider",
       {{"OpenIDConnectProviderArn", kNoOidc}, {"RemoveContextProvider", "true"}},
       "NoSuchEntity"},
      {"UpdateOpenIDConnectProviderThumbprint",
       {{"OpenIDConnectProviderArn", kNoOidc}, {"ThumbprintList.member.1", std::string(40, 'a')}},
       "NoSuchEntity"},
      {"UpdateSAMLProvider", {{"SAMLProviderArn", kNoSaml}}, "NoSuchEntity"},
      {"UpdateUser",
       {{"UserName", "bob"}, {"NewUserName", "Admin"}, {"NewPath", "/x/"}},
       "EntityAlreadyExists"},
      {"UpdateUser", {{"UserName", "none"}, {"NewPath", "/x/"}}, "NoSuchEntity"},
  };
}

// Of credentials beside access keys, delegation requests and what needs an organization.
std::vector<BadWrite> BadCredentialWrites() {
  const std::string key = "APKAXXXXXXXXXXXXXXXX";
  const std::string certificate = "NONEXISTENTCERTID12345678901";
  const std::string credential = "ACCAXXXXXXXXXXXXXXXXX";
  const std::string request = "00000000-0000-4000-8000-000000000000";
  const Parameters none = {{"ServerCertificateName", "none"}};
  const Parameters tag = {
      {"ServerCertificateName", "none"}, {"Tags.member.1.Key", "k"}, {"Tags.member.1.Value", "v"}};
  return {
      {"AcceptDelegationRequest", {{"DelegationRequestId", request}}, "NoSuchEntity"},
      {"AcquireRole", {{"TemplateArn", "arn:aws:iam::aws:role-template/none"}}, "NoSuchEntity"},
      {"AssociateDelegationRequest", {{"DelegationRequestId", request}}, "NoSuchEntity"},
      {"CreateDelegationRequest",
       {{"Description", "d"},
        {"RequestorWorkflowId", "workflow"},
        {"NotificationChannel", "mail"},
        {"SessionDuration", "300"},
        {"Permissions.PolicyTemplateArn", kOwn}},
       "InvalidInput"},
      {"CreateServiceSpecificCredential",
       {{"UserName", "bob"}, {"ServiceName", "s3.amazonaws.com"}},
       "NoSuchEntity"},
      {"DeleteSSHPublicKey", {{"UserName", "bob"}, {"SSHPublicKeyId", key}}, "NoSuchEntity"},
      {"DeleteServerCertificate", none, "NoSuchEntity"},
      {"DeleteServiceSpecificCredential",
       {{"UserName", "bob"}, {"ServiceSpecificCredentialId", credential}},
       "NoSuchEntity"},
      {"DeleteSigningCertificate", {{"UserName", "bob"}, {"CertificateId", certificate}}, "NoSuchEntity"},
      {"DisableOrganizationsRootCredentialsManagement", {}, "OrganizationNotFoundException"},
      {"DisableOrganizationsRootSessions", {}, "OrganizationNotFoundException"},
      {"EnableOrganizationsRootCredentialsManagement", {}, "OrganizationNotFoundException"},
      {"EnableOrganizationsRootSessions", {}, "OrganizationNotFoundException"},
      {"RejectDelegationRequest", {{"DelegationRequestId", request}}, "NoSuchEntity"},
      {"ResetServiceSpecificCredential",
       {{"UserName", "bob"}, {"ServiceSpecificCredentialId", credential}},
       "NoSuchEntity"},
      {"SendDelegationToken", {{"DelegationRequestId", request}}, "NoSuchEntity"},
      {"TagServerCertificate", tag, "NoSuchEntity"},
      {"UntagServerCertificate",
       {{"ServerCertificateName", "none"}, {"TagKeys.member.1", "k"}},
       "NoSuchEntity"},
      {"UpdateDelegationRequest", {{"DelegationRequestId", request}}, "NoSuchEntity"},
      {"UpdateSSHPublicKey",
       {{"UserName", "bob"}, {"SSHPublicKeyId", key}, {"Status", "Active"}},
       "NoSuchEntity"},
      {"UpdateServerCertificate", none, "NoSuchEntity"},
      {"UpdateServiceSpecificCredential",
       {{"UserName", "bob"}, {"ServiceSpecificCredentialId", credential}, {"Status", "Active"}},
       "NoSuchEntity"},
      {"UpdateSigningCertificate",
       {{"UserName", "bob"}, {"CertificateId", certificate}, {"Status", "Active"}},
       "NoSuchEntity"},
      {"UploadSSHPublicKey",
       {{"UserName", "bob"}, {"SSHPublicKeyBody", "key"}},
       "UnrecognizedPublicKeyEncoding"},
      {"UploadServerCertificate",
       {{"ServerCertificateName", "c"}, {"CertificateBody", "body"}, {"PrivateKey", "key"}},
       "MalformedCertificate"},
      {"UploadSigningCertificate",
       {{"UserName", "bob"}, {"CertificateBody", "body"}},
       "MalformedCertificate"},
  };
}

std::vector<BadWrite> AllBadWrites() {
  std::vector<BadWrite> all = BadWrites();
  for (const BadWrite& write : BadCredentialWrites()) all.push_back(write);
  return all;
}

TEST(RefusedWrites, LeaveTheAccountAsItWas) {
  InProcessServer server;
  Fill(server);
  const std::string before = server.StoredDocuments();
  const auto* published = server.directory->Find(base::AccountId(InProcessServer::kAccount)).get();
  for (const BadWrite& write : AllBadWrites()) {
    SCOPED_TRACE(write.operation);
    EXPECT_EQ(server.Call(server.admin(), "iam", write.operation, write.parameters).Text("Code"), write.code);
    EXPECT_EQ(server.StoredDocuments(), before);
    EXPECT_EQ(server.directory->Find(base::AccountId(InProcessServer::kAccount)).get(), published);
  }
}

TEST(RefusedWrites, OutboundFederationIsEnabledOnce) {
  InProcessServer server;
  server.Must(server.admin(), "iam", "EnableOutboundWebIdentityFederation", {});
  const std::string before = server.StoredDocuments();
  EXPECT_EQ(server.Call(server.admin(), "iam", "EnableOutboundWebIdentityFederation", {}).Text("Code"),
            "FeatureEnabled");
  EXPECT_EQ(server.StoredDocuments(), before);
}

// The table above must grow with the product.
TEST(RefusedWrites, EveryWritingOperationIsTried) {
  std::set<std::string> tried;
  for (const BadWrite& write : AllBadWrites()) tried.insert("iam:" + write.operation);
  tried.insert("iam:EnableOutboundWebIdentityFederation");  // in a test of its own
  const InProcessServer server;
  for (const std::string& name : server.registry.Names()) {
    const pipeline::Handler* handler = server.registry.Find(name.substr(0, 3), name.substr(4));
    // The credential report of an account can always be made.
    if (name == "iam:GenerateCredentialReport") continue;
    EXPECT_TRUE(!handler->writes || tried.contains(name)) << name;
  }
}

}  // namespace
}  // namespace wardkeep::service
